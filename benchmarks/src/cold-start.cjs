// As cold-start.mjs, in a program that is CommonJS.
const cpu = process.cpuUsage();
const start = performance.now();
const took = () => [performance.now() - start, process.cpuUsage(cpu)];
const [name, host] = process.argv.slice(2);
const { Nango } = require({ ours: '@x/node', vendor: '@nangohq/node' }[name]);
const nango = new Nango({ apiKey: '00000000-0000-4000-8000-000000000000', host });
const constructed = took();
nango.getConnection('github', 'c1').then(() => {
    const answered = took();
    process.getBuiltinModule('fs').writeSync(1, JSON.stringify({ constructed, answered }));
    process.exit();
});
