// The floor of a cold start: the same call through node:http and nothing else.
const start = performance.now();
const { Agent, get } = process.getBuiltinModule('node:http');
const agent = new Agent({ keepAlive: true });
const constructed = performance.now() - start;
const headers = { authorization: 'Bearer 00000000-0000-4000-8000-000000000000', accept: 'application/json' };
get(`${process.argv[3]}/connections/c1?provider_config_key=github`, { agent, headers }, (incoming) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString());
        process.getBuiltinModule('fs').writeSync(1, JSON.stringify({ constructed, answered: performance.now() - start }));
        process.exit();
    });
});
