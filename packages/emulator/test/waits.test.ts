import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EmulatorControl, type RunningEmulator, startEmulator } from '../src/index.js';
import { noon, scene } from './support/scene.js';

let receiver: Server;
let status: number;
let emulator: RunningEmulator;
let byHttp: EmulatorControl;
beforeEach(async () => {
    status = 200;
    receiver = createServer((request, response) => {
        request.resume();
        response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
    emulator = await startEmulator({ port: 0, seed: scene, webhookUrl, frozenAt: noon });
    byHttp = new EmulatorControl(emulator.url);
});
afterEach(async () => {
    await emulator.close();
    receiver.close();
    receiver.closeAllConnections();
});

const get = (path: string) => fetch(emulator.url + path, { headers: { Authorization: `Bearer ${emulator.apiKey}` } });
const controls = { 'in process': () => emulator.control, 'over HTTP': () => byHttp };

describe.each(Object.entries(controls))('waiting for requests, %s', (_, control) => {
    test('resolves once enough have been answered, to all that fit', async () => {
        const waiting = control().waitForRequest({ operation: 'listConnections', times: 2 });
        await get('/connections');
        await get('/integrations');
        await get('/connections?limit=1');
        expect(await waiting).toMatchObject([
            { path: '/connections', status: 200, operation: 'listConnections' },
            { path: '/connections', query: '?limit=1' },
        ]);
    });

    test('counts those that are there already, until the log is emptied', async () => {
        await get('/connections');
        expect(await control().waitForRequest({ method: 'get', path: '/conn*', status: 200 })).toHaveLength(1);
        await control().reset();
        await expect(control().waitForRequest({ path: '/connections', timeout: 1 })).rejects.toThrow(
            'There were no requests at all.',
        );
    });

    test('knows every name of a request, and those that a fault struck', async () => {
        await control().fault({ type: 'status', status: 503 });
        await get('/connections/octo?provider_config_key=github');
        expect(await control().waitForRequest({ operation: 'getToken', status: 503 })).toMatchObject([{ fault: 'status' }]);
    });

    test('gives up after its limit, and says what did arrive', async () => {
        await get('/connections');
        await get('/nothing-there');
        await control().fault({ type: 'status', status: 500 });
        await get('/integrations');
        const waiting = control().waitForRequest({ operation: 'listConnections', times: 2, timeout: 1 });
        await expect(waiting).rejects.toMatchObject({
            status: 408,
            code: 'timeout',
            message:
                'After 1 ms there was 1 of 2 × listConnections request. What there was: GET /connections 200 (listConnections); ' +
                'GET /nothing-there 200; GET /integrations 500 (listIntegrations, fault status).',
        });
    });

    test('ends with the reason of its signal, and leaves nothing behind', async () => {
        const abort = new AbortController();
        const waiting = control().waitForRequest({ operation: 'triggerSync', signal: abort.signal });
        abort.abort(new Error('enough'));
        await expect(waiting).rejects.toThrow('enough');
        await expect(control().waitForRequest({ signal: AbortSignal.abort(new Error('at once')) })).rejects.toThrow('at once');
    });

    test('refuses what it does not know', async () => {
        await expect(control().waitForRequest({ operation: 'listConection' as never })).rejects.toThrow(
            'did you mean listConnections?',
        );
        await expect(control().waitForRequest({ time: 2 } as never)).rejects.toThrow(
            'unknown option "time"; did you mean times?',
        );
        await expect(control().waitForRequest({ path: 'connections' })).rejects.toThrow('a path begins with a slash');
    });
});

describe.each(Object.entries(controls))('waiting for deliveries, %s', (_, control) => {
    const about = { providerConfigKey: 'github', connectionId: 'octo' };

    test('resolves when they have been delivered', async () => {
        const waiting = control().waitForDelivery({ type: 'sync', connectionId: 'octo', times: 2 });
        for (const model of ['A', 'B', 'C'])
            await control().sendWebhook({ type: model === 'C' ? 'auth' : 'sync', model, ...about });
        expect((await waiting).map(({ body, status }) => [body, status])).toEqual([
            [{ type: 'sync', model: 'A', ...about }, 'delivered'],
            [{ type: 'sync', model: 'B', ...about }, 'delivered'],
        ]);
        expect(await control().waitForDelivery({ type: 'auth', provider_config_key: 'github' } as never)).toHaveLength(1);
    });

    test('of those that failed, too', async () => {
        status = 400;
        await control().sendWebhook({ type: 'sync', ...about });
        expect(await control().waitForDelivery({ status: 'failed' })).toMatchObject([{ attempts: [{ status: 400 }] }]);
    });

    test('says what became of the others, and that the clock stands still', async () => {
        status = 503;
        await control().sendWebhook({ type: 'sync', ...about });
        await control().settle();
        await expect(control().waitForDelivery({ type: 'sync', timeout: 1 })).rejects.toThrow(
            /^After 1 ms there was no sync webhook that was delivered\. What there was: sync pending at http:\S+\/hooks \(503\)\. The clock stands still/,
        );
    });

    test('says that none is sent without an address', async () => {
        await control().settings({ webhook_url: null });
        await expect(control().waitForDelivery({ timeout: 1 })).rejects.toThrow(
            'None is sent: the environment has no webhook_url',
        );
    });
});

test('closing ends the waiting', async () => {
    const waiting = emulator.control.waitForRequest({ operation: 'triggerSync' });
    const refused = expect(waiting).rejects.toThrow();
    await emulator.close();
    await refused;
});

test('the limit is real time also where timers are faked', async () => {
    vi.useFakeTimers();
    try {
        await expect(emulator.control.waitForRequest({ operation: 'triggerSync', timeout: 1 })).rejects.toThrow('After 1 ms');
    } finally {
        vi.useRealTimers();
    }
});
