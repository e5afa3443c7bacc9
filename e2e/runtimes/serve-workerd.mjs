// Runs a module in workerd and answers one request: `node serve-workerd.mjs <miniflare> <script> <body>`. A process of its own, since
// Miniflare asks for a newer Node than the tests run on.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [miniflare, scriptPath, body] = process.argv.slice(2);
const { Miniflare } = await import(pathToFileURL(miniflare).href);
const worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: readFileSync(scriptPath, 'utf8') }],
    compatibilityDate: '2026-07-01',
    compatibilityFlags: [],
});
const response = await worker.dispatchFetch('http://worker/', { method: 'POST', body });
console.log(await response.text());
await worker.dispose();
