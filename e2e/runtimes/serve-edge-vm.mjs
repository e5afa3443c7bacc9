// Runs a script in the edge runtime's VM and answers one request: `node serve-edge-vm.mjs <vm> <script> <body>`.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [vmPath, scriptPath, body] = process.argv.slice(2);
const { EdgeVM } = (await import(pathToFileURL(vmPath).href)).default;
const vm = new EdgeVM({ extend: (context) => Object.assign(context, { body, EdgeRuntime: 'edge-runtime' }) });
vm.evaluate(readFileSync(scriptPath, 'utf8'));
console.log(
    await vm.evaluate(`suite.answer(new Request('http://edge/', { method: 'POST', body })).then((response) => response.text())`),
);
