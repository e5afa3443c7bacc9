// The wire contract in docs/contract and what cites it: each "contract 8.2" names a section that is there, links hold, and what users see
// when they hover over a name (the built declarations) states the fact itself, without a section number.
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
const OTHER_WORD = /\b(?:contract(?:'s)? section|section of the contract|contract §|contract,? row)/i;
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

for (const { at } of packages) {
    for (const file of sourcesIn(`${at}dist`).filter((name) => name.endsWith('.d.ts'))) {
        const cited = readFileSync(file, 'utf8').match(/.*\bcontract \d.*/gi) ?? [];
        for (const line of cited) problems.push(`${shown(file)}: "${line.trim()}": state the fact`);
    }
}

report(problems, `${sections.size - 1} sections of the contract, each citation names one of them`);
