// The floor of a cold start: the same call through node:http and nothing else.
const cpu = process.cpuUsage();
const start = performance.now();
const took = () => [performance.now() - start, process.cpuUsage(cpu)];
const { Agent, get } = process.getBuiltinModule('node:http');
const agent = new Agent({ keepAlive: true });
const constructed = took();
const headers = { authorization: 'Bearer 00000000-0000-4000-8000-000000000000', accept: 'application/json' };
get(`${process.argv[3]}/connections/c1?provider_config_key=github`, { agent, headers }, (incoming) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString());
        const answered = took();
        process.getBuiltinModule('fs').writeSync(1, JSON.stringify({ constructed, answered }));
        process.exit();
    });
});
