// The wire contract in docs/contract and what cites it: each "contract 8.2" names a section that is there, links hold, and what users see
// when they hover over a name (TSDoc) states the fact itself, without a section number.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, report, root, shown, sourcesIn } from './workspace.mjs';

const folder = join(root, 'docs/contract');
const problems = [];

const slug = (heading) =>
    heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');

const sections = new Set();
const anchors = new Map();
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
for (const page of pages) {
    const headings = [...readFileSync(join(folder, page), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
    anchors.set(join(folder, page), new Set(headings.map(slug)));
    for (const heading of headings) sections.add(/^\d+(?:\.\d+)?(?= )/.exec(heading)?.[0]);
}

for (const page of pages) {
    for (const [, target] of readFileSync(join(folder, page), 'utf8').matchAll(/\]\(([^)]+)\)/g)) {
        const [path, anchor] = target.split('#');
        const file = path === '' ? join(folder, page) : join(folder, path);
        if (!existsSync(file)) problems.push(`docs/contract/${page}: ${target} is not there`);
        else if (anchor !== undefined && !anchors.get(file)?.has(anchor))
            problems.push(`docs/contract/${page}: no heading for ${target}`);
    }
}

const CITATION = /\bcontract ((?:\d+(?:\.\d+)?)(?:(?:, | and |–)\d+(?:\.\d+)?)*)/gi;
const OTHER_WORD = /\b(?:wire contract \d|contract(?:'s)? section \d|section \d\S* of the contract|contract §)/i;
const tracked = execFileSync('git', ['ls-files', '-z', '--', '*.ts', '*.js', '*.mjs', '*.mts', '*.tsx', '*.md'], {
    cwd: root,
    encoding: 'utf8',
});
for (const name of tracked.split('\0')) {
    // Of old versions, and of this rule itself.
    if (name === '' || /CHANGELOG|check-contract/.test(name) || !existsSync(join(root, name))) continue;
    readFileSync(join(root, name), 'utf8')
        .split('\n')
        .forEach((line, index) => {
            for (const [, cited] of line.matchAll(CITATION)) {
                for (const number of cited.split(/, | and |–/)) {
                    if (!sections.has(number)) problems.push(`${name}:${index + 1}: there is no contract ${number}`);
                }
            }
            if (OTHER_WORD.test(line)) problems.push(`${name}:${index + 1}: say "contract 8.2"`);
        });
}

// The replay's own titles: `contract: '8.2'` of a row.
for (const file of sourcesIn(join(root, 'packages/emulator/test/contract-replay'))) {
    for (const [, number] of readFileSync(file, 'utf8').matchAll(/\bcontract: '(\d+(?:\.\d+)?)/g)) {
        if (!sections.has(number)) problems.push(`${shown(file)}: there is no contract ${number}`);
    }
}

// What users see when they hover over a name states the fact itself. The emulator's own rooms are seen by nobody but its builders.
for (const { folder, at } of packages) {
    if (folder === 'emulator') continue;
    for (const file of sourcesIn(`${at}src`)) {
        if (/\.test\.ts$/.test(file)) continue;
        for (const [comment] of readFileSync(file, 'utf8').matchAll(/\/\*\*[\s\S]*?\*\//g)) {
            const line = /.*\bcontract \d.*/i.exec(comment)?.[0];
            if (line) problems.push(`${shown(file)}: "${line.trim()}" is seen by users: state the fact, link a page of docs`);
        }
    }
}

report(problems, `${sections.size - 1} sections of the contract, each citation names one of them`);
