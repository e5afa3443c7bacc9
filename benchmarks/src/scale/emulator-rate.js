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

/** Starts the emulator in a process of its own. */
export async function startEmulatorProcess(env, execArgv = []) {
    const child = fork(fileURLToPath(new URL('./emulator-process.js', import.meta.url)), { env: { ...process.env, ...env }, execArgv });
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

/** @returns by route: CPU µs per request, and what one core answers in a second */
export async function measureRate({ rounds = 5, calls = 4_000, concurrency = 32, only } = {}) {
    const upstream = await startUpstream();
    const emulator = await startEmulatorProcess({ UPSTREAM: upstream.url });
    const results = {};
    for (const [name, { headers, ...route }] of Object.entries(routes)) {
        if (only && !name.includes(only)) continue;
        const load = { url: emulator.url, ...route, headers: { ...headersOf(emulator.apiKey), ...headers }, calls, concurrency };
        await send(load);
        const taken = [];
        for (let round = 0; round < rounds; round++) {
            await emulator.ask();
            await send(load);
            taken.push(((await emulator.ask()).cpu * 1_000) / calls);
        }
        results[name] = { micros: median(taken), least: Math.min(...taken), rate: 1e6 / median(taken) };
    }
    emulator.stop();
    upstream.stop();
    return results;
}
