// How many requests a second one core answers: the CPU time of the emulator's process, which does not depend on what else the machine does.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ask, message } from '../processes.js';
import { median } from '../statistics.js';
import { send } from './load.js';

const headersOf = (apiKey) => ({ authorization: `Bearer ${apiKey}`, accept: 'application/json' });
const ofConnection = { 'provider-config-key': 'github', 'connection-id': 'c1' };
const issue = JSON.stringify({ title: 'A bug', body: 'b'.repeat(800), labels: ['bug'] });

const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': String(issue.length) },
    body: issue,
};
/** What node:http alone takes for as much. */
const floors = {
    'node:http alone, 600 bytes': { path: () => '/' },
    'node:http alone, 60 kB': { path: () => '/page' },
    'node:http alone, asking a provider': { path: () => '/user' },
    'node:http alone, asking a provider, POST': { path: () => '/issues', ...post },
};
const [short, long, asking, posting] = Object.keys(floors);

export const routes = {
    getConnection: { floor: short, path: (i) => `/connections/c${(i % 20) + 1}?provider_config_key=github` },
    'listConnections, 20 of them': { floor: short, path: () => '/connections' },
    'listRecords, a page of 100 (60 kB)': { floor: long, path: () => '/records?model=Issue&limit=100', headers: ofConnection },
    'proxy GET': { floor: asking, path: () => '/proxy/user', headers: ofConnection },
    'proxy POST': { floor: posting, path: () => '/proxy/issues', ...post, headers: { ...ofConnection, ...post.headers } },
};

/** Starts the emulator, or the floor beside it, in a process of its own. */
export async function startServerProcess(script, env = {}, execArgv = []) {
    const file = fileURLToPath(new URL(script, import.meta.url));
    const child = fork(file, { env: { ...process.env, ...env }, execArgv });
    const { url, apiKey } = await message(child);
    return { url, apiKey, ask: () => ask(child), stop: () => child.disconnect() };
}

export async function startUpstream() {
    const server = createServer((request, response) => {
        request.resume().on('end', () => {
            response.setHeader('content-type', 'application/json');
            response.end('{"id":1,"login":"octo","name":"Octo Cat"}');
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/**
 * The floor of each route is measured in each round beside it: on a machine that others use, a ratio to it says more than a time.
 *
 * @returns by route: CPU µs per request, how often its floor that is, and what one core answers in a second
 */
export async function measureRate({ rounds = 5, calls = 4_000, concurrency = 32, only } = {}) {
    const upstream = await startUpstream();
    const emulator = await startServerProcess('./emulator-process.js', { UPSTREAM: upstream.url });
    const bare = await startServerProcess('./bare-process.js', { UPSTREAM: upstream.url });
    const measured = Object.entries(routes).filter(([name]) => !only || name.includes(only));
    const jobs = [
        ...Object.entries(floors).map(([name, load]) => [name, bare, { headers: {}, ...load }]),
        ...measured.map(([name, { headers, floor: _, ...load }]) => [
            name,
            emulator,
            { ...load, headers: { ...headersOf(emulator.apiKey), ...headers } },
        ]),
    ];
    const taken = Object.fromEntries(jobs.map(([name]) => [name, []]));
    for (let round = -1; round < rounds; round++) {
        for (const [name, server, load] of jobs) {
            await server.ask();
            await send({ url: server.url, ...load, calls, concurrency });
            // The first round warms up.
            if (round >= 0) taken[name].push(((await server.ask()).cpu * 1_000) / calls);
        }
    }
    for (const part of [emulator, bare, upstream]) part.stop();
    return Object.fromEntries(
        jobs.map(([name]) => {
            const floor = taken[routes[name]?.floor ?? name];
            const micros = median(taken[name]);
            return [name, { micros, ratio: median(taken[name].map((one, round) => one / floor[round])), rate: 1e6 / micros }];
        }),
    );
}
