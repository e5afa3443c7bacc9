// Puts the recipes of e2e/frameworks and the table of frameworks × checks into docs/webhook-recipes.md, the table from the results that
// `pnpm e2e` left. With --check nothing is written, and a page that would change is an error.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { report, root } from './workspace.mjs';

const check = process.argv.includes('--check');
const folder = `${root}node_modules/.cache/e2e-frameworks/`;
const page = `${root}docs/webhook-recipes.md`;
const [start, end] = ['<!-- frameworks:start -->', '<!-- frameworks:end -->'];
/** As in e2e/frameworks/framework-checks.ts, whose order the results have too. */
const checks = [
    'signed',
    'unicode',
    '300 kB',
    'charset',
    'duplicate',
    'foreign formatting',
    'unsigned',
    'forged',
    'wrongly wired',
];
const problems = [];

const results = (existsSync(folder) ? readdirSync(folder) : [])
    .map((file) => JSON.parse(readFileSync(folder + file, 'utf8')))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
if (results.length === 0) problems.push('there are no results: run `pnpm e2e` first');

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = [
    row(['Framework', 'Version', 'Runs on', ...checks]),
    `|${'---|'.repeat(3 + checks.length)}`,
    ...results.map(({ name, version, runsOn, passed }) =>
        row([name, version, runsOn, ...checks.map((title) => (passed.includes(title) ? '✓' : '✗'))]),
    ),
].join('\n');

const before = readFileSync(page, 'utf8');
const [from, to] = [before.indexOf(start), before.indexOf(end)];
if (from === -1 || to === -1) problems.push(`docs/webhook-recipes.md lacks the markers ${start} and ${end}`);
const shown = new Set();
const withRecipes = before.replace(/(<!-- recipe: ([\w.-]+) -->\n)```ts\n.*?```/gs, (_block, marker, file) => {
    shown.add(file);
    return `${marker}\`\`\`ts\n${readFileSync(`${root}e2e/frameworks/recipes/${file}`, 'utf8')}\`\`\``;
});
for (const file of readdirSync(`${root}e2e/frameworks/recipes`))
    if (file !== 'receiver.ts' && !shown.has(file))
        problems.push(`docs/webhook-recipes.md does not show e2e/frameworks/recipes/${file}`);

if (problems.length === 0) {
    const [a, b] = [withRecipes.indexOf(start), withRecipes.indexOf(end)];
    const updated = `${withRecipes.slice(0, a + start.length)}\n${table}\n${withRecipes.slice(b)}`;
    if (!check) writeFileSync(page, updated);
    else if (updated !== before) problems.push('docs/webhook-recipes.md is stale: run `pnpm e2e` and `pnpm frameworks-table`');
}
report(problems, `frameworks: ${results.length} in the table`);
