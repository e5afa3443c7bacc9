// What a burst of calls costs that finds no open connection: node src/tls-burst.js [--calls 200] [--latency 50] [--rounds 5]
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeCertificate } from './certificate.js';
import { runScript } from './processes.js';
import { median } from './statistics.js';

const { values } = parseArgs({
    options: {
        calls: { type: 'string', default: '200' },
        latency: { type: 'string', default: '50' },
        rounds: { type: 'string', default: '5' },
    },
});
const clients = [
    'ours',
    'maxSockets 10',
    'maxSockets 25',
    'maxSockets 50',
    'maxSockets 100',
    'vendor',
    'undici',
    'allowH2 1',
    'allowH2 2',
];
const runtime = { program: process.execPath, flags: [] };
const { cert, key, file, remove } = makeCertificate();
const env = { ...process.env, TLS_KEY: key, TLS_CERT: cert, DELAY: String(Number(values.latency) / 2) };

/** One burst of a cold process at a cold server. */
async function burst(client) {
    const server = fork(fileURLToPath(new URL('./tls-burst-server.js', import.meta.url)), { env });
    const { port } = await message(server);
    const args = [client, `https://127.0.0.1:${port}`, values.calls];
    const taken = await runScript(runtime, 'tls-burst-client.js', args, { NODE_EXTRA_CA_CERTS: file });
    server.send('counts');
    const counts = await message(server);
    server.disconnect();
    return { ...taken, ...counts };
}

const message = (child) => new Promise((resolve) => child.once('message', resolve));

const taken = Object.fromEntries(clients.map((client) => [client, []]));
for (let round = 0; round < Number(values.rounds); round++) for (const client of clients) taken[client].push(await burst(client));
remove();

const columns = ['connections', 'full', 'resumed', 'requests', 'wall', 'cpu'];
console.log(
    `${values.calls} calls at once, ${values.latency} ms there and back, Node ${process.versions.node}, median of ${values.rounds} rounds\n`,
);
console.log(
    `| client | connections | full handshakes | resumed | requests | last answer, ms | CPU, ms |\n|---|${'---:|'.repeat(columns.length)}`,
);
for (const client of clients) {
    const cells = columns.map((column) => Math.round(median(taken[client].map((one) => one[column]))));
    console.log(`| ${client} | ${cells.join(' | ')} |`);
}
