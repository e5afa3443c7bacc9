// Many clients in one process: what each takes, what they share, what is left when they are gone. Prints what was counted.
import { createServer } from 'node:http';

const [name, count] = [process.argv[2], Number(process.argv[3])];
const { Nango } = await import(name);
const gc = globalThis.gc;
const answer = JSON.stringify({
    id: 1,
    connection_id: 'c1',
    provider_config_key: 'github',
    credentials: { type: 'API_KEY', apiKey: 'the key of a provider' },
});

const sockets = new Set();
let asked = 0;
const server = createServer((_, response) => {
    asked++;
    response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': answer.length,
        'x-ratelimit-limit': '1000000',
        'x-ratelimit-remaining': '999999',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + 60),
    });
    response.end(answer);
}).on('connection', (socket) => sockets.add(socket));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const host = `http://127.0.0.1:${server.address().port}`;

const heap = () => {
    gc();
    gc();
    return process.memoryUsage().heapUsed;
};
const timers = () => process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind)).length;
/** With all that a client may keep: limits, retries, tokens. */
const make = (apiKey) => new Nango({ apiKey, host, ...(name === '@x/node' && { tokenCache: {} }) });
const keyOf = (index) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** Constructs clients, each with a key of its own or all with one, and has each ask once, ten at a time. */
async function round(keyed) {
    const before = heap();
    const begun = performance.now();
    const clients = Array.from({ length: count }, (_, index) => make(keyOf(keyed ? index : 0)));
    const construct = ((performance.now() - begun) / count) * 1_000;
    const idle = (heap() - before) / count;
    const refs = clients.map((client) => new WeakRef(client));
    const socketsBefore = sockets.size;
    let at = 0;
    await Promise.all(
        Array.from({ length: 10 }, async () => {
            while (at < count) await clients[at++].getToken('github', 'c1');
        }),
    );
    const used = (heap() - before) / count;
    const left = timers();
    clients.length = 0;
    // References are let go after the turn in which they were looked at; what finalizers hold goes in the next collection.
    for (let turn = 0; turn < 3; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        gc();
    }
    return {
        construct,
        idle,
        used,
        sockets: sockets.size - socketsBefore,
        timers: left,
        alive: refs.filter((ref) => ref.deref() !== undefined).length,
        after: (heap() - before) / count,
    };
}

// What is loaded at the first call is no client's.
for (let index = 0; index < 20; index++) await make(keyOf(index)).getToken('github', 'c1');
const sameKey = await round(false);
const ownKeys = await round(true);
const ownKeysAgain = await round(true);
console.log(JSON.stringify({ asked, rounds: { sameKey, ownKeys, ownKeysAgain } }));
process.exit();
