// Bundles each package as a user's bundler would, and compares with the budgets in sizes.json, and with the sizes that pages state:
// `3.1 kB<!-- size: @x/webhooks, node -->`. With --write those are put right. Needs a build.
import { readFileSync, writeFileSync } from 'node:fs';
import { measures, weigh } from './weigh.mjs';
import { packages, report, root } from './workspace.mjs';

const { budgets, aims } = JSON.parse(readFileSync(`${root}scripts/sizes.json`, 'utf8'));

const problems = [];
const row = (name, cells) => console.log(name.padEnd(24) + cells.map((cell) => cell.padEnd(28)).join(''));
row(
    'bytes, gzip',
    Object.values(measures).map(([, , title]) => title),
);
// Commands: nobody bundles them.
const names = packages.filter(({ manifest }) => !manifest.bin).map(({ manifest }) => manifest.name);
for (const name of [...names, '@x/proxy + @x/webhooks', '@x/webhooks/fetch']) {
    const cells = [];
    for (const [measure, [target, figure]] of Object.entries(measures)) {
        const { [figure]: bytes, nodeImports } = await weigh(name, target);
        const budget = budgets[name]?.[measure];
        const aim = aims[name]?.[measure];
        cells.push(`${bytes} of ${budget}${aim && bytes > aim ? `, aim ${aim}` : ''}`);
        if (budget === undefined) problems.push(`sizes.json has no ${measure} budget for ${name}`);
        else if (bytes > budget) problems.push(`${name}, ${measure}: ${bytes} bytes, budget ${budget}`);
        if (target === 'workers' && nodeImports.length > 0)
            problems.push(`${name} for Workers imports ${nodeImports.join(', ')}`);
    }
    row(name, cells);
}
const stated = /(\d+\.\d) kB<!-- size: ([@\w/]+), (node|workers) -->/g;
for (const page of ['README.md', ...packages.map(({ folder }) => `packages/${folder}/README.md`)]) {
    let text = readFileSync(root + page, 'utf8');
    for (const [claim, figure, entry, target] of text.matchAll(stated)) {
        const bytes = await weigh(entry, target);
        const right = ((target === 'node' ? bytes.size : bytes.single) / 1000).toFixed(1);
        if (figure === right) continue;
        if (process.argv.includes('--write')) text = text.replace(claim, claim.replace(figure, right));
        else problems.push(`${page}: ${entry} for ${target} is ${right} kB, not ${figure}: node scripts/check-sizes.mjs --write`);
    }
    if (process.argv.includes('--write')) writeFileSync(root + page, text);
}
report(problems, 'sizes: within budget, and no node: import for Workers');
