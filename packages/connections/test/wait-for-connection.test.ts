import { NangoInputError, NangoTimeoutError } from '@x/core';
import { expect, test } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { Connections } from '../src/index.js';
import { startServer } from './server.js';

/** Row `wait-for-connection` of docs/migration.md. */

const github = { id: 1, connection_id: 'c1', provider_config_key: 'github' };
const gitlab = { id: 2, connection_id: 'c2', provider_config_key: 'gitlab' };

test('first asks as the vendor does, then, when that finds nothing, by the tag that a session without end user leaves', async () => {
    await using server = await startServer((url) => ({
        body: { connections: url.searchParams.has('tags[end_user_id]') ? [github] : [gitlab] },
    }));
    expect(await new Connections(server.options).waitForConnection('github', 'u 1')).toEqual(github);
    expect(server.asked.map(decodeURIComponent)).toEqual([
        'GET /connections?endUserId=u 1',
        'GET /connections?integrationId=github&tags[end_user_id]=u 1',
    ]);
});

test('one request is enough when the end user has the connection', async () => {
    await using server = await startServer(() => ({ body: { connections: [gitlab, github] } }));
    expect(await new Connections(server.options).waitForConnection('github', 'u1')).toEqual(github);
    expect(server.asked).toHaveLength(1);
});

test('looks again each interval until it is there', async () => {
    await using server = await startServer((_url, count) => ({ body: { connections: count < 6 ? [] : [github] } }));
    const found = await new Connections(server.options).waitForConnection('github', 'u1', { interval: 5, timeout: 10_000 });
    expect(found).toEqual(github);
    expect(server.asked.length).toBe(6);
});

test('gives up after the timeout with a last look, and says so', async () => {
    const clock = fakeClock();
    await using server = await startServer(() => ({ body: { connections: [] } }));
    const given = new Connections(server.options)
        .waitForConnection('github', 'u1', { interval: 60_000, timeout: 50_000 })
        .catch((error) => error);
    await clock.passWait(50_000);
    const failure = await given;
    expect(failure).toBeInstanceOf(NangoTimeoutError);
    expect(failure).toMatchObject({ operation: 'waitForConnection', timeout: 50_000, scope: 'total' });
    expect(server.asked).toHaveLength(4);
});

test('a server that does not answer cannot hold it past the timeout', async () => {
    const clock = fakeClock();
    const connections = new Connections({
        apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b',
        rateLimit: false,
        fetch: () => new Promise(() => undefined),
    });
    const given = connections.waitForConnection('github', 'u1', { timeout: 50_000 }).catch((error) => error);
    await eventually(() => expect(clock.timers).toContain(50_000));
    await clock.pass(50_000);
    const failure = await given;
    expect(failure).toBeInstanceOf(NangoTimeoutError);
    expect(failure).toMatchObject({ operation: 'waitForConnection', timeout: 50_000, scope: 'total' });
    expect(failure.cause).toBeInstanceOf(NangoTimeoutError);
});

test('by default waits 10 s after the first look, then 2 s, for 68 s in all', async () => {
    const clock = fakeClock();
    const started = Date.now();
    const looks: number[] = [];
    await using server = await startServer((url) => {
        if (url.searchParams.has('endUserId')) looks.push(Date.now() - started);
        return { body: { connections: [] } };
    });
    const failure = new Connections(server.options).waitForConnection('github', 'u1').catch((error) => error);
    await clock.passWait(10_000);
    for (let look = 0; look < 29; look++) await clock.passWait(2_000);
    expect(await failure).toBeInstanceOf(NangoTimeoutError);
    expect(looks).toEqual([0, ...Array.from({ length: 30 }, (_, look) => 10_000 + look * 2_000)]);
});

test.each<number | false>([false, Number.POSITIVE_INFINITY])(
    'with timeout %s waits until it is there, whatever time the client gives a call',
    async (timeout) => {
        const clock = fakeClock();
        let there = false;
        let asked = 0;
        let answer = () => {};
        const connections = new Connections({
            apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b',
            rateLimit: false,
            totalTimeout: 50,
            fetch: async () => {
                asked++;
                if (there) await new Promise<void>((resolve) => (answer = resolve));
                return Response.json({ connections: there ? [github] : [] });
            },
        });
        const waiting = connections.waitForConnection('github', 'u1', { timeout });
        await clock.passWait(10_000);
        for (let look = 0; look < 300; look++) await clock.passWait(2_000);
        const before = asked;
        there = true;
        await clock.passWait(2_000);
        await eventually(() => expect(asked).toBe(before + 1));
        // Longer than the client's own limit.
        await clock.pass(51);
        answer();
        expect(await waiting).toEqual(github);
    },
);

test('without a timeout a signal still ends the wait', async () => {
    await using server = await startServer(() => ({ body: { connections: [] } }));
    const controller = new AbortController();
    const options = { timeout: false, interval: 1, signal: controller.signal } as const;
    const waiting = new Connections(server.options).waitForConnection('github', 'u1', options).catch((error) => error);
    await eventually(() => expect(server.asked.length).toBeGreaterThan(4));
    const reason = new Error('the user left');
    controller.abort(reason);
    expect(await waiting).toBe(reason);
});

test('a signal ends the wait at once, with its reason', async () => {
    await using server = await startServer(() => ({ body: { connections: [] } }));
    const controller = new AbortController();
    const reason = new Error('the user left');
    const waiting = new Connections(server.options)
        .waitForConnection('github', 'u1', { signal: controller.signal })
        .catch((error) => error);
    await eventually(() => expect(server.asked.length).toBe(2));
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    const again = new Connections(server.options).waitForConnection('github', 'u1', { signal: controller.signal });
    await expect(again).rejects.toBe(reason);
});

test.each([
    [['', 'u1'], 'integrationId'],
    [['github', undefined], 'userId'],
    [['github', 'u1', { timeout: 0 }], 'timeout'],
    [['github', 'u1', { timeout: true }], 'timeout'],
    [['github', 'u1', { interval: false }], 'interval'],
    [['github', 'u1', { interval: Number.NaN }], 'interval'],
])('refuses %j', async (args, parameter) => {
    await using server = await startServer(() => ({ body: {} }));
    const call = new Connections(server.options).waitForConnection(...(args as [string, string]));
    await expect(call).rejects.toBeInstanceOf(NangoInputError);
    await expect(call).rejects.toMatchObject({ parameter });
    expect(server.asked).toEqual([]);
});
