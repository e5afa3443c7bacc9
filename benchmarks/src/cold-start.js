// Import, construct, first answer, in ms above bare Node: measured from the first line of the program.
// Arguments: client, esm|cjs, host.
const [name, format, host] = process.argv.slice(2);
const start = performance.now();
const specifier = { ours: '@x/node', vendor: '@nangohq/node' }[name];
const { createRequire } = process.getBuiltinModule('node:module');
const { Nango } = format === 'cjs' ? createRequire(import.meta.url)(specifier) : await import(specifier);
const nango = new Nango({ apiKey: '00000000-0000-4000-8000-000000000000', host });
const constructed = performance.now();
await nango.getConnection('github', 'c1');
process.send({ constructed: constructed - start, answered: performance.now() - start });
process.disconnect();
process.exit();
