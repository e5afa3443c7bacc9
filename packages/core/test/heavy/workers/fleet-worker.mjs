// One process of a fleet: makes its calls, many at once, and reports how it went. Runs on the built package, as users do.
import { Client, callForResponse, operation } from '../../../dist/node/index.js';
import { redisStore } from '../../../dist/portable/redis/index.js';

const { url, calls, redisUrl, worker } = JSON.parse(process.env.FLEET_WORKER);
const read = operation({ name: 'numbered', method: 'GET', path: '/{n}', idempotent: true });

let questions = 0;
let store;
let connection;
if (redisUrl) {
    const { Redis } = await import('ioredis');
    connection = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
    connection.on('error', () => undefined);
    const counted = Object.create(connection);
    counted.eval = (...args) => {
        questions += 1;
        return connection.eval(...args);
    };
    Object.defineProperty(counted, 'status', { get: () => connection.status });
    store = redisStore(counted);
}
const said = [];
const client = new Client({
    apiKey: '5f0e1a2b-0000-4000-8000-c0ffee5ec4e7',
    host: url,
    logger: { warn: (message) => void (message.includes('store') && said.push(message)) },
    rateLimit: store ? { store } : {},
});

// All processes of the fleet begin together.
await new Promise((resolve) => {
    process.send({ ready: true });
    process.once('message', resolve);
});
const failures = [];
await Promise.all(
    Array.from({ length: calls }, (_, n) =>
        callForResponse(client, read, { path: { n: `${worker}-${n}` } }).catch((error) => void failures.push(String(error))),
    ),
);
connection?.disconnect();
process.send({ done: { ok: calls - failures.length, failures: failures.slice(0, 3), questions, said } }, () => process.exit(0));
