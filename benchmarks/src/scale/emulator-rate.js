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

export const routes = {
    getConnection: { path: (i) => `/connections/c${(i % 20) + 1}?provider_config_key=github` },
    'listConnections, 20': { path: () => '/connections' },
    'records, a page of 100': { path: () => '/records?model=Issue&limit=100', headers: ofConnection },
    'proxy GET': { path: () => '/proxy/user', headers: ofConnection },
    'proxy POST': {
        method: 'POST',
        path: () => '/proxy/issues',
        headers: { ...ofConnection, 'content-type': 'application/json', 'content-length': String(issue.length) },
        body: issue,
    },
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
 * The floor is measured in each round beside the routes: on a machine that others use, a ratio to it says more than a time.
 *
 * @returns by route: CPU µs per request, how often the floor that is, and what one core answers in a second
 */
export async function measureRate({ rounds = 5, calls = 4_000, concurrency = 32, only } = {}) {
    const upstream = await startUpstream();
    const emulator = await startServerProcess('./emulator-process.js', { UPSTREAM: upstream.url });
    const bare = await startServerProcess('./bare-process.js');
    const measured = Object.entries(routes).filter(([name]) => !only || name.includes(only));
    const jobs = [
        ['node:http alone', bare, { path: () => '/' }],
        ...measured.map(([name, { headers, ...route }]) => [
            name,
            emulator,
            { ...route, headers: { ...headersOf(emulator.apiKey), ...headers } },
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
    const floor = taken['node:http alone'];
    return Object.fromEntries(
        jobs.map(([name]) => {
            const micros = median(taken[name]);
            return [name, { micros, ratio: median(taken[name].map((one, round) => one / floor[round])), rate: 1e6 / micros }];
        }),
    );
}
