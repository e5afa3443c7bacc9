// Bundles each package as a user's bundler would, and compares with the budgets in sizes.json, and with the sizes that pages state:
// `3.1 kB<!-- size: @x/webhooks, node -->`. With --write those are put right. Needs a build.
import { readFileSync, writeFileSync } from 'node:fs';
import { targets, weigh } from './weigh.mjs';
import { packages, report, root } from './workspace.mjs';

const { budgets, aims } = JSON.parse(readFileSync(`${root}scripts/sizes.json`, 'utf8'));

const problems = [];
console.log(
    `${'bytes, gzip'.padEnd(16)}${Object.keys(targets)
        .map((name) => name.padStart(16) + ' '.repeat(name === 'node' ? 30 : 12))
        .join('')}`,
);
for (const one of packages) {
    // Commands: nobody bundles them.
    if (one.manifest.bin) continue;
    const cells = [];
    for (const target of Object.keys(targets)) {
        const budget = budgets[one.folder]?.[target];
        const { size, all, nodeImports } = await weigh(one.manifest.name, target);
        const aim = aims[one.folder]?.[target];
        cells.push(`${size} of ${budget}`.padStart(16) + (aim && size > aim ? `, aim ${aim}` : '').padEnd(12));
        if (all > size) cells.push(`+ ${all - size} on demand`.padEnd(18));
        if (budget === undefined) problems.push(`sizes.json has no ${target} budget for ${one.folder}`);
        else if (size > budget) problems.push(`${one.manifest.name} for ${target}: ${size} bytes, budget ${budget}`);
        if (target === 'workers' && nodeImports.length > 0)
            problems.push(`${one.manifest.name} for Workers imports ${nodeImports.join(', ')}`);
    }
    console.log(one.folder.padEnd(16) + cells.join(''));
}
const stated = /(\d+\.\d) kB<!-- size: ([@\w/]+), (node|workers) -->/g;
for (const page of ['README.md', ...packages.map(({ folder }) => `packages/${folder}/README.md`)]) {
    let text = readFileSync(root + page, 'utf8');
    for (const [claim, figure, entry, target] of text.matchAll(stated)) {
        const right = ((await weigh(entry, target)).size / 1000).toFixed(1);
        if (figure === right) continue;
        if (process.argv.includes('--write')) text = text.replace(claim, claim.replace(figure, right));
        else problems.push(`${page}: ${entry} for ${target} is ${right} kB, not ${figure}: node scripts/check-sizes.mjs --write`);
    }
    if (process.argv.includes('--write')) writeFileSync(root + page, text);
}
report(problems, 'sizes: within budget, and no node: import for Workers');
