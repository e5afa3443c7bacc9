// `@x/core/internal` is under core's own semver, with no lockstep: every name says in etc/core-internal.since.json with which version of core it
// came, and a package that uses it asks for that version at least.
import { readdirSync, readFileSync } from 'node:fs';
import { packages, report, root, shown, sourcesIn } from './workspace.mjs';

const where = 'etc/core-internal.since.json';
const since = JSON.parse(readFileSync(root + where, 'utf8'));
const core = packages.find(({ folder }) => folder === 'core');
const source = `${core.at}src/internal/index.ts`;
const exported = namesIn(readFileSync(source, 'utf8'), /^export (?:type )?\{([^}]*)\} from/gm);
const changes = pendingChanges();
const next = raised(core.manifest.version, changes.get('@x/core'));
const problems = [];

for (const name of exported) {
    if (since[name] === undefined)
        problems.push(`${where}: say that ${name} came with ${raised(core.manifest.version, 'minor')}`);
    else if (compare(since[name], next) > 0)
        problems.push(`${name} comes with core ${since[name]} by ${where}, but the next one is ${next}: add a changeset of core`);
}
for (const name of Object.keys(since)) {
    if (exported.includes(name)) continue;
    if (changes.get('@x/core') === 'major') problems.push(`${where}: ${name} is gone with this major of core; take it out`);
    else problems.push(`${shown(source)} has no ${name} any more: packages in use import it, so that is a major of core`);
}
for (const { folder, at, manifest } of packages) {
    const range = manifest.dependencies?.['@x/core'];
    if (!range) continue;
    const least = /\d+\.\d+\.\d+/.exec(range)?.[0] ?? core.manifest.version;
    for (const file of sourcesIn(`${at}src`).filter((one) => !one.endsWith('.test.ts'))) {
        for (const name of namesIn(readFileSync(file, 'utf8'), /^import (?:type )?\{([^}]*)\} from '@x\/core\/internal'/gm)) {
            const from = since[name];
            if (from === undefined || compare(from, least) <= 0) continue;
            // What is not released yet can't be asked for yet: changesets raises the bound of what is released together with it.
            if (compare(from, core.manifest.version) > 0 && changes.has(manifest.name)) continue;
            const how =
                compare(from, core.manifest.version) > 0
                    ? `add a changeset of ${manifest.name}`
                    : `make it "workspace:^${from}" in packages/${folder}/package.json`;
            problems.push(`${shown(file)} uses ${name} of core ${from}, and ${manifest.name} allows ${least}: ${how}`);
        }
    }
}
report(problems, `core internal: ${exported.length} names, and whoever uses one asks for a core that has it`);

function namesIn(text, pattern) {
    return [...text.matchAll(pattern)].flatMap(([, names]) =>
        names
            .split(',')
            .map((name) =>
                name
                    .trim()
                    .replace(/^type /, '')
                    .replace(/ as .*/, ''),
            )
            .filter(Boolean),
    );
}

/** Package → the largest kind of release that a changeset asks for. */
function pendingChanges() {
    const kinds = ['patch', 'minor', 'major'];
    const pending = new Map();
    for (const file of readdirSync(`${root}.changeset`).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
        const [, header = ''] = readFileSync(`${root}.changeset/${file}`, 'utf8').split('---\n');
        for (const [, name, kind] of header.matchAll(/^["']?([^"':\n]+)["']?:\s*(\w+)/gm))
            if (kinds.indexOf(kind) > kinds.indexOf(pending.get(name))) pending.set(name, kind);
    }
    return pending;
}

function raised(version, kind) {
    const [major, minor, patch] = version.split('.').map(Number);
    if (kind === 'major') return `${major + 1}.0.0`;
    if (kind === 'minor') return `${major}.${minor + 1}.0`;
    return kind === 'patch' ? `${major}.${minor}.${patch + 1}` : version;
}

function compare(one, other) {
    const [a, b] = [one, other].map((version) => version.split('.').map(Number));
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
