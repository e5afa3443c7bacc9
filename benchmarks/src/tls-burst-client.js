// Calls at once from a cold process: node src/tls-burst-client.js <client> <host> <calls>. Prints when the last was answered, and the CPU time.
import { Agent } from 'node:https';

const [name, host, calls] = process.argv.slice(2);
const key = '00000000-0000-4000-8000-000000000000';
const [kind, number] = name.split(' ');

async function overUndici(options) {
    const { Agent: Dispatcher, fetch } = await import('undici');
    const dispatcher = new Dispatcher(options);
    return (url, init) => fetch(url, { ...init, dispatcher });
}

async function open() {
    if (kind === 'vendor') {
        const { Nango } = await import('@nangohq/node');
        return new Nango({ apiKey: key, host });
    }
    const { Nango } = await import('@x/node');
    const options = { apiKey: key, host };
    if (kind === 'maxSockets') options.httpsAgent = new Agent({ keepAlive: true, maxSockets: Number(number) });
    if (kind === 'undici') options.fetch = await overUndici({});
    if (kind === 'allowH2') options.fetch = await overUndici({ allowH2: true, connections: Number(number), pipelining: 100 });
    return new Nango(options);
}

const nango = await open();
const cpuBefore = process.cpuUsage();
const before = performance.now();
await Promise.all(Array.from({ length: Number(calls) }, () => nango.getConnection('github', 'c1')));
const wall = performance.now() - before;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ wall, cpu: (user + system) / 1_000 }));
process.exit();
