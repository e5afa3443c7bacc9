import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createEmulator, type RunningEmulator, type Seed, startEmulator } from '../../src/index.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
});

const seed: Seed = {
    integrations: [{ provider: 'unauthenticated', unique_key: 'none' }],
    connections: [{ provider_config_key: 'none', connection_id: 'c1', credentials: { type: 'NONE' } }],
};

/** A receiver that answers as asked, and counts. */
async function receiver() {
    const state = { status: 200, bodies: [] as Record<string, unknown>[], url: '' };
    const server = createServer(async (request, response) => {
        let text = '';
        for await (const chunk of request) text += chunk;
        state.bodies.push(JSON.parse(text));
        response.writeHead(state.status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close().closeAllConnections());
    state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return state;
}

describe('a restart', () => {
    async function started(): Promise<RunningEmulator> {
        const emulator = await startEmulator({ port: 0, seed });
        stops.push(() => emulator.close());
        return emulator;
    }
    const ask = (emulator: RunningEmulator) =>
        fetch(`${emulator.url}/connections`, { headers: { authorization: `Bearer ${emulator.apiKey}` } });

    /** The status; 0 when nobody answers. */
    const answered = (emulator: RunningEmulator) =>
        ask(emulator).then(
            (response) => response.status,
            () => 0,
        );

    test('refuses connections, cuts off what is under way, and keeps the state', async () => {
        const emulator = await started();
        const { control } = emulator;
        await control.fault({ type: 'latency', ms: 3_600_000, path: '/health' });
        const underWay = fetch(`${emulator.url}/health`).catch((error: Error) => error);
        await expect.poll(async () => (await control.faults())[0]?.struck).toBe(1);
        await control.restart(3600);
        expect(await underWay).toBeInstanceOf(TypeError);
        await expect(ask(emulator)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
        await control.restart(0);
        await expect.poll(() => answered(emulator)).toBe(200);
    });

    test('ends by itself', async () => {
        const emulator = await started();
        await emulator.control.restart(0.01);
        await expect
            .poll(() =>
                ask(emulator).then(
                    (response) => response.status,
                    () => 0,
                ),
            )
            .toBe(200);
    });

    test('asked for over HTTP is confirmed before it begins; close() ends it', async () => {
        const emulator = await started();
        const restart = await fetch(`${emulator.url}/_emulator/restart`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ seconds: 3600 }),
        });
        expect(await restart.json()).toEqual({ ok: true });
        await expect.poll(() => answered(emulator)).toBe(0);
        await emulator.close();
    });

    test('in process refuses all but the control calls, and reset() ends it', async () => {
        const emulator = createEmulator({ seed });
        const health = () => emulator.fetch(new Request('http://localhost:3003/health'));
        await emulator.control.restart(3600);
        await expect(health()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
        await emulator.control.reset();
        expect((await health()).status).toBe(200);
    });
});

describe('the circuit breaker (contract 17.1)', () => {
    async function failing(settings: object) {
        const at = await receiver();
        at.status = 400;
        const emulator = createEmulator({ seed, webhookUrl: at.url });
        await emulator.control.freeze();
        await emulator.control.settings({ webhook_url: at.url, ...settings });
        const send = async (times: number) => {
            for (let count = 0; count < times; count++) await emulator.control.sendWebhook({ type: 'auth' });
            await emulator.control.settle();
        };
        return { at, emulator, send };
    }

    test('opens after 5 failures in 10 s, for 60 s; then one trial decides', async () => {
        const { at, emulator, send } = await failing({ webhook_breaker: true });
        await send(7);
        expect(at.bodies).toHaveLength(5);
        expect((await emulator.control.deliveries()).map(({ status }) => status)).toEqual([
            ...Array(5).fill('failed'),
            'skipped',
            'skipped',
        ]);
        await emulator.control.advance(60_000);
        await send(2);
        expect(at.bodies).toHaveLength(6);
        await emulator.control.advance(60_000);
        at.status = 200;
        await send(3);
        expect(at.bodies).toHaveLength(9);
    });

    test('forgets failures that are older than 10 s', async () => {
        const { at, emulator, send } = await failing({ webhook_breaker: true });
        await send(4);
        await emulator.control.advance(10_000);
        await send(4);
        expect(at.bodies).toHaveLength(8);
    });

    test('is not there unless it is asked for', async () => {
        const { at, send } = await failing({});
        await send(9);
        expect(at.bodies).toHaveLength(9);
    });
});

describe('deleting a connection', () => {
    const remove = (emulator: ReturnType<typeof createEmulator>, path: string) =>
        emulator.fetch(
            new Request(`http://localhost:3003${path}/c1?provider_config_key=none`, {
                method: 'DELETE',
                headers: { authorization: `Bearer ${emulator.apiKey}` },
            }),
        );

    test.each(['/connections', '/connection'])('on %s sends an auth webhook when the setting is on', async (path) => {
        const at = await receiver();
        const emulator = createEmulator({ seed, webhookUrl: at.url });
        await emulator.control.settings({ webhooks: { on_connection_deletion: true } });
        await remove(emulator, path);
        await emulator.control.settle();
        expect(at.bodies).toMatchObject([
            { type: 'auth', operation: 'deletion', success: true, connectionId: 'c1', providerConfigKey: 'none' },
        ]);
    });

    test('sends nothing otherwise', async () => {
        const at = await receiver();
        const emulator = createEmulator({ seed, webhookUrl: at.url });
        await remove(emulator, '/connections');
        await emulator.control.settle();
        expect(at.bodies).toEqual([]);
    });
});
