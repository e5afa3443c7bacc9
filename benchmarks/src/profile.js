// Where a call's CPU time goes: node src/profile.js <client> <job>, e.g. node src/profile.js ours 'getConnection, 50 at a time'
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { clients } from './clients.js';
import { jobs } from './jobs.js';
import { startServer } from './processes.js';

const [name = 'ours', job = 'getConnection, 50 at a time'] = process.argv.slice(2);
const { calls, gzip, warmUp, run } = jobs[job];
const server = await startServer(gzip ? { GZIP: '1' } : {});
const client = await clients[name](`http://127.0.0.1:${server.port}`);
await warmUp?.(client);
await run(client, calls);

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 100 });
await session.post('Profiler.start');
await run(client, 5 * calls);
const { profile } = await session.post('Profiler.stop');
session.disconnect();
server.stop();

const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
const busy = profile.samples.map((id) => frames.get(id)).filter(({ functionName }) => functionName !== '(idle)');
print('what', busy.map(group));
const inFiles = busy.filter(({ url }) => url.startsWith('file:'));
print('module', inFiles.map(source));
print(
    'function',
    inFiles.map((frame) => `${source(frame)} ${frame.functionName || '(anonymous)'}`),
);

/** Counts samples, the most frequent first. */
function print(title, keys) {
    const counts = new Map();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    console.log(`\n% of the CPU time of ${name} on ${job}, by ${title}`);
    for (const [key, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 25))
        console.log(`${((100 * count) / busy.length).toFixed(1).padStart(6)}  ${key}`);
}

function group(frame) {
    const { functionName, url } = frame;
    if (/^write(v|Latin1String|Utf8String|Buffer)$/.test(functionName) && url === '') return 'writing to the socket (the kernel)';
    if (functionName === '(garbage collector)') return 'garbage collection';
    if (url.startsWith('file:')) return source(frame).startsWith('@x/') ? 'the client' : source(frame);
    return url.startsWith('node:internal/deps/undici') ? "Node's fetch" : 'Node';
}

/** The module that a function of a bundled file was written in: esbuild leaves its path in a comment. */
function source({ url, lineNumber }) {
    const path = fileURLToPath(url);
    const folder = /([^/]+)\/dist\//.exec(path)?.[1];
    const lines = readFileSync(path, 'utf8').split('\n');
    for (let at = lineNumber; at >= 0; at--) {
        const found = /^\/\/ (?:.*node_modules\/|src\/)(\S+)/.exec(lines[at]);
        if (found) return lines[at].includes('node_modules/') ? found[1].split('/')[0] : `@x/${folder}/${found[1]}`;
    }
    return path.split('/node_modules/').pop().split('/').slice(-2).join('/');
}
