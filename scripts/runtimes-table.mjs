// Puts the table of runtimes into README.md, from the results that `pnpm e2e` left. With --check nothing is written, and a table that
// would change is an error.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { report, root } from './workspace.mjs';

const check = process.argv.includes('--check');
const folder = `${root}node_modules/.cache/e2e-runtimes/`;
const [start, end] = ['<!-- runtimes:start -->', '<!-- runtimes:end -->'];
const problems = [];

const results = (existsSync(folder) ? readdirSync(folder) : [])
    .map((file) => JSON.parse(readFileSync(folder + file, 'utf8')))
    .sort(
        (a, b) =>
            order(a) - order(b) || a.name.localeCompare(b.name, 'en', { numeric: true }) || a.loaded.localeCompare(b.loaded),
    );
if (results.length === 0) problems.push('there are no results: run `pnpm e2e` first');

const rows = results.map(
    ({ name, loaded, transport, passed, of }) => `| ${name} | ${loaded} | ${transport} | ${passed} of ${of} |`,
);
const table = `${start}
| Runtime | Packages loaded as | Requests go through | Conformance cases passed |
|---|---|---|---|
${rows.join('\n')}
${end}`;

const readme = readFileSync(`${root}README.md`, 'utf8');
const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
if (from === -1 || to === -1) problems.push(`README.md lacks the markers ${start} and ${end}`);
else if (problems.length === 0) {
    const updated = readme.slice(0, from) + table + readme.slice(to + end.length);
    if (!check) writeFileSync(`${root}README.md`, updated);
    else if (updated !== readme)
        problems.push('the table of runtimes in README.md is stale: run `pnpm e2e` and `pnpm runtimes-table`');
}
report(problems, `runtimes: ${results.length} in the table`);

function order({ name }) {
    const groups = ['Node', 'Bun', 'Deno', 'Cloudflare', 'Edge', 'Next', 'Lambda'];
    return groups.findIndex((group) => name.startsWith(group));
}
