// Import, construct, first answer: ms from the first line of the program, so above bare Node. Arguments: client, host.
const start = performance.now();
const [name, host] = process.argv.slice(2);
const { Nango } = await import({ ours: '@x/node', vendor: '@nangohq/node' }[name]);
const nango = new Nango({ apiKey: '00000000-0000-4000-8000-000000000000', host });
const constructed = performance.now() - start;
await nango.getConnection('github', 'c1');
// Not over an IPC channel, which would have loaded a part of Node's network code before the start.
process.getBuiltinModule('fs').writeSync(1, JSON.stringify({ constructed, answered: performance.now() - start }));
process.exit();
