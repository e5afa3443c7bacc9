// Measures the CPU time of one call, with the gate and retries on and off in turn.
import { Client, callForResponse, operation } from '../../../dist/node/index.js';

const read = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const make = (options) =>
    new Client({ apiKey: '5f0e1a2b-0000-4000-8000-c0ffee5ec4e7', host: process.env.COST_WORKER, ...options });
const clients = { off: make({ retry: false, rateLimit: false }), on: make({ rateLimit: { isolated: true } }) };

async function round(client, calls) {
    const before = process.cpuUsage();
    let left = calls;
    await Promise.all(
        Array.from({ length: 50 }, async () => {
            while (left-- > 0) await callForResponse(client, read, { path: { connectionId: 'c' } });
        }),
    );
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
}
const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];

for (const client of Object.values(clients)) await round(client, 5_000);
const times = { off: [], on: [] };
for (let i = 0; i < 15; i++) {
    // In turn, so that whatever else the machine does meets both alike.
    for (const name of i % 2 ? ['on', 'off'] : ['off', 'on']) times[name].push(await round(clients[name], 3_000));
}
process.send({ off: middle(times.off), on: middle(times.on) }, () => process.exit(0));
