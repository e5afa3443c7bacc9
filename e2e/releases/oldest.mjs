// Runs in a project that has a package and the oldest versions of ours that it allows: `node oldest.mjs <package> <versions>`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [name, versions] = process.argv.slice(2);
const fromPackage = createRequire(createRequire(import.meta.url).resolve(name));
for (const [dependency, version] of Object.entries(JSON.parse(versions))) {
    const manifest = JSON.parse(readFileSync(fromPackage.resolve(`${dependency}/package.json`), 'utf8'));
    assert.equal(manifest.version, version, `${name} got another ${dependency}`);
}
// A name that the oldest does not export fails here, before a line runs.
const exported = await import(name);
const clients = Object.values(exported).filter((one) => typeof one === 'function' && 'product' in one);
for (const Client of clients) new Client({ apiKey: 'e0e0e0e0-0000-4000-8000-000000000001' });
console.log(`${name} works with the oldest: ${clients.length} clients made`);
