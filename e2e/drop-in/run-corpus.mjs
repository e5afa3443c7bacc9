// Runs the call sites of one folder of a scratch project, and prints what each gave as JSON: node run-corpus.mjs <folder>, the world on stdin.
import { readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [folder] = process.argv.slice(2);
const world = JSON.parse(await text(process.stdin));
const results = {};
// In the order of their names: what one changes, the next one finds, with either client.
for (const file of readdirSync(folder).sort()) {
    if (!/\.c?js$/.test(file) || file === 'world.js') continue;
    const { sites } = await import(pathToFileURL(`${folder}/${file}`).href);
    for (const [name, run] of Object.entries(sites)) {
        try {
            results[`${file}: ${name}`] = { resolved: (await run(world)) ?? null };
        } catch (error) {
            results[`${file}: ${name}`] = { rejected: String(error) };
        }
    }
}
console.log(JSON.stringify(results));
