// Import, construct, first answer: ms from the first line of the program, so above bare Node. Arguments: client, host.
const cpu = process.cpuUsage();
const start = performance.now();
const took = () => [performance.now() - start, process.cpuUsage(cpu)];
const [name, host] = process.argv.slice(2);
const { Nango } = await import({ ours: '@x/node', vendor: '@nangohq/node' }[name]);
const nango = new Nango({ apiKey: '00000000-0000-4000-8000-000000000000', host });
const constructed = took();
await nango.getConnection('github', 'c1');
const answered = took();
// Not over an IPC channel, which would have loaded a part of Node's network code before the start.
process.getBuiltinModule('fs').writeSync(1, JSON.stringify({ constructed, answered }));
process.exit();
