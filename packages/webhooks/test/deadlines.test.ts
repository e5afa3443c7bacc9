import { defaultApiKey, type RunningEmulator, startEmulator } from '@x/emulator';
import { Nango } from '@x/node';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { confirmConnection, createWebhookHandler, type WebhookHandlerOptions } from '../src/fetch/index.js';
import { signWebhook } from '../src/index.js';
import { createWebhookHandler as createNodeHandler } from '../src/node/index.js';
import { type Listening, listen, signingKey } from './deliver.js';
import { actionBody, authBody, forwardBody, syncBody } from './events.js';

afterEach(() => void vi.useRealTimers());
const never = () => new Promise<never>(() => {});

function receiver(options: WebhookHandlerOptions<unknown, never>) {
    const handle = createWebhookHandler({ signingKey, onError() {}, ...options });
    return async (body: object): Promise<string> => {
        const response = await handle(new Request('http://localhost/', { method: 'POST', ...signWebhook(body, { signingKey }) }));
        const { outcome, error } = (await response.json()) as { outcome?: string; error?: { code: string } };
        return `${response.status} ${outcome ?? error?.code}`;
    };
}

/** What is answered, and after how many ms of the fake clock. */
async function timed(answer: Promise<string>): Promise<[string, number]> {
    const started = Date.now();
    let ended: [string, number] | undefined;
    answer.then((text) => {
        ended = [text, Date.now() - started];
    });
    for (let ms = 0; !ended && ms < 30_000; ms += 250) await vi.advanceTimersByTimeAsync(250);
    return ended ?? ['nothing', 30_000];
}

describe('a delivery', () => {
    beforeEach(() => void vi.useFakeTimers());

    it('whose handler hangs is answered with 503 after 18 s, before Nango gives it up, and is heard', async () => {
        const onError = vi.fn();
        const send = receiver({ onAuth: never, onError });
        expect(await timed(send(authBody))).toEqual(['503 handler_timeout', 18_000]);
        expect(onError).toHaveBeenCalledWith(expect.objectContaining({ reason: 'handler_timeout' }), expect.anything());
    });

    it('whose body may take longer than Nango waits is answered with 503 after 18 s, too', async () => {
        const onError = vi.fn();
        const { headers } = signWebhook(authBody, { signingKey });
        const body = new ReadableStream({ pull: () => never() });
        const handle = createWebhookHandler({ signingKey, bodyTimeout: 25_000, onError });
        const request = new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
        expect(await timed(handle(request).then(({ status }) => `${status}`))).toEqual(['503', 18_000]);
        await vi.advanceTimersByTimeAsync(7_000);
        expect(onError.mock.calls.map(([error]) => error.reason)).toEqual(['handler_timeout', 'body_timeout']);
    });

    it('whose confirm hangs is answered with 503 after 10 s', async () => {
        const send = receiver({ confirm: never, onAuth() {} });
        expect(await timed(send(authBody))).toEqual(['503 confirm_failed', 10_000]);
    });

    it('has 18 s for confirming and handling together', async () => {
        const confirm = () => new Promise((resolve) => setTimeout(resolve, 9_000, {}));
        const onAuth = () => new Promise((resolve) => setTimeout(resolve, 9_500));
        expect(await timed(receiver({ confirm, onAuth })(authBody))).toEqual(['503 handler_timeout', 18_000]);
    });

    it('is handled once when its handler ends after the answer, and the repetition waits for it', async () => {
        let end = () => {};
        const onSync = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
        const send = receiver({ onSync });
        expect(await timed(send(syncBody))).toEqual(['503 handler_timeout', 18_000]);
        const again = send(syncBody);
        end();
        expect((await timed(again))[0]).toBe('200 duplicate');
        expect(onSync).toHaveBeenCalledOnce();
    });

    it('is handled by its repetition when the first handler never ends', async () => {
        const onSync = vi.fn().mockImplementationOnce(never);
        const send = receiver({ onSync });
        expect(await timed(send(syncBody))).toEqual(['503 handler_timeout', 18_000]);
        await vi.advanceTimersByTimeAsync(3_000);
        expect((await timed(send(syncBody)))[0]).toBe('200 handled');
    });

    it('is heard of when its handler fails after the answer', async () => {
        const onError = vi.fn();
        const failure = new Error('late');
        const onSync = () => new Promise((_resolve, reject) => setTimeout(reject, 19_000, failure));
        const send = receiver({ onSync, onError });
        await timed(send(syncBody));
        await vi.advanceTimersByTimeAsync(1_000);
        expect(onError.mock.calls.map(([error]) => error)).toEqual([
            expect.objectContaining({ reason: 'handler_timeout' }),
            failure,
        ]);
    });

    it('waits half a second for a store that hangs, and is handled', async () => {
        const onError = vi.fn();
        const send = receiver({ onSync() {}, onError, dedupe: { has: never, add: never } });
        expect(await timed(send(syncBody))).toEqual(['200 handled', 1_000]);
        expect(onError.mock.calls.map(([error]) => error.reason)).toEqual(['dedupe_failed', 'dedupe_failed']);
    });
});

describe('an auth event', () => {
    it('is handled each time: a failure, its repair and the same failure again have equal bodies', async () => {
        const seen: boolean[] = [];
        const send = receiver({ onAuth: ({ success }) => void seen.push(success) });
        const failure = { ...authBody, operation: 'refresh', success: false, error: { type: 'x', description: 'revoked' } };
        for (const body of [failure, authBody, failure]) expect(await send(body)).toBe('200 handled');
        expect(seen).toEqual([false, true, false]);
    });
});

describe('confirmConnection', () => {
    const found = { connection_id: 'c1', provider_config_key: 'github' };
    const all = [authBody, syncBody, actionBody, forwardBody];

    it.each([
        [undefined, ['auth', 'forward']],
        [['sync' as const], ['sync']],
        [[], []],
    ])('with the types %j confirms %j', async (types, confirmed) => {
        const client = { listConnections: async () => ({ connections: [found] }) };
        const seen: string[] = [];
        const note = ({ type }: { type: string }, context: { confirmed: unknown }) =>
            context.confirmed === found && seen.push(type);
        const confirm = types ? confirmConnection(client, { types }) : confirmConnection(client);
        const send = receiver({ confirm, onAuth: note, onSync: note, onAsyncAction: note, onForward: note });
        for (const body of all) expect(await send(body)).toBe('200 handled');
        expect(seen).toEqual(confirmed);
    });

    it('gives the connection to the handlers of these types, and undefined to the others', () => {
        const client = { listConnections: async () => ({ connections: [found] }) };
        createWebhookHandler({
            confirm: confirmConnection(client),
            onAuth: (_event, { confirmed }) => expectTypeOf(confirmed).toEqualTypeOf<typeof found>(),
            onSync: (_event, { confirmed }) => expectTypeOf(confirmed).toBeUndefined(),
        });
        createWebhookHandler({
            confirm: confirmConnection(client, { types: ['sync'] }),
            onAuth: (_event, { confirmed }) => expectTypeOf(confirmed).toBeUndefined(),
            onSync: (_event, { confirmed }) => expectTypeOf(confirmed).toEqualTypeOf<typeof found>(),
        });
        // @ts-expect-error: a receiver that is said to be confirmed for all types must not get this one
        const options: WebhookHandlerOptions<typeof found | undefined> = { confirm: confirmConnection(client) };
        expect(options.confirm).toBeTypeOf('function');
    });

    it('says what it needs', () => {
        expect(() => confirmConnection(undefined as never)).toThrow('confirmConnection needs a client with listConnections');
        const client = { listConnections: async () => ({ connections: [found] }) };
        for (const options of [{ type: ['sync'] }, { types: 'sync' }, { types: ['sync'], limit: 1 }])
            expect(() => confirmConnection(client, options as never)).toThrow('confirmConnection has one option, types, a list');
    });
});

describe('60 deliveries against a window of the rate limit that is used up', () => {
    let emulator: RunningEmulator;
    let listening: Listening;
    afterEach(async () => {
        await emulator.close();
        await listening.close();
    });

    it('are answered at once, those that no call was left for with 503, and all are handled after the window', async () => {
        const linked = new Set<string>();
        const count = 60;
        const name = (i: number) => ({
            connection_id: `c${i}`,
            provider_config_key: 'github',
            credentials: { type: 'NONE' as const },
        });
        emulator = await startEmulator({
            port: 0,
            rateLimit: 120,
            frozenAt: '2026-11-22T10:00:00Z',
            webhookSigningKey: signingKey,
            seed: {
                integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
                connections: Array.from({ length: count }, (_, i) => name(i)),
            },
        });
        const client = new Nango({ apiKey: defaultApiKey, host: emulator.url });
        listening = await listen(
            createNodeHandler({
                signingKey,
                confirm: confirmConnection(client),
                onAuth: (event) => void linked.add(event.connectionId),
                onError() {},
            }),
        );
        await emulator.control.settings({ webhook_url: listening.url });
        // The client's clock goes with that of the emulator, which moves when a test says so.
        vi.useFakeTimers({ toFake: ['Date', 'performance'], now: new Date('2026-11-22T10:00:00Z') });
        const advance = async (seconds: number) => {
            vi.advanceTimersByTime(seconds * 1_000);
            await emulator.control.advance(seconds * 1_000);
            await emulator.control.settle();
        };
        for (let i = 0; i < 100; i++) await client.listConnections({ limit: 1 });
        await advance(55);
        for (let i = 0; i < count; i++) await emulator.control.sendWebhook({ ...authBody, connectionId: `c${i}` });
        await emulator.control.settle();
        const attempts = async () =>
            (await emulator.control.deliveries()).map((each) => each.attempts.map(({ status }) => status));
        const first = (await attempts()).flat();
        // Nothing waited for the window: its clock stands still, and everything was answered.
        expect(first.filter((status) => status === 200)).toHaveLength(20);
        expect(first.filter((status) => status === 503)).toHaveLength(40);
        expect(linked.size).toBe(20);
        await advance(3);
        expect(linked.size).toBe(20);
        await advance(6);
        expect((await attempts()).filter((statuses) => statuses.at(-1) !== 200)).toEqual([]);
        expect(linked.size).toBe(60);
    });
});
