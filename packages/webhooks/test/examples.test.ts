import type { RequestListener } from 'node:http';
import { type RunningEmulator, startEmulator } from '@x/emulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseWebhook, signWebhook } from '../src/index.js';
import { deliver, type Listening, listen, post, signingKey } from './deliver.js';
import { authBody, syncBody } from './events.js';
import { exampleReceivers, workersReceiver } from './example-receivers.js';
import { database, queue } from './examples/app.js';

let emulator: RunningEmulator;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        webhookSigningKey: signingKey,
        seed: {
            integrations: ['github', 'slack'].map((unique_key) => ({ provider: 'unauthenticated', unique_key })),
            connections: [connection('c1', 'u1'), connection('attacker', 'mallory')],
        },
    });
    // The examples read these when they are imported.
    vi.stubEnv('NANGO_WEBHOOK_SIGNING_KEY', signingKey);
    vi.stubEnv('NANGO_API_KEY', emulator.apiKey);
    vi.stubEnv('NANGO_HOST', emulator.url);
});
afterAll(() => emulator.close());

function connection(connection_id: string, end_user_id: string) {
    return { provider_config_key: 'github', connection_id, credentials: { type: 'NONE' }, tags: { end_user_id } } as const;
}

let open: Listening | undefined;
async function serve(name: string): Promise<string> {
    open = await listen(await (exampleReceivers[name] as () => Promise<RequestListener>)());
    return `${open.url}/webhooks/nango`;
}

/** Bodies must differ from test to test: the examples keep one handler, which remembers. */
let n = 0;
const fresh = <T extends object>(body: T) => ({ ...body, environment: `env-${n}` });

beforeEach(() => {
    n++;
    queue.jobs = [];
    Object.assign(database, { links: [], toCheck: [], cursors: new Map(), rows: new Map() });
});
afterEach(async () => {
    await open?.close();
    open = undefined;
});

describe.each(Object.keys(exampleReceivers))('the example for %s, over HTTP', (name) => {
    it('takes deliveries, and each of them once', async () => {
        const url = await serve(name);
        const [auth, sync] = [fresh(authBody), fresh(syncBody)];
        expect((await deliver(url, auth)).map((attempt) => attempt.status)).toEqual([200]);
        expect((await deliver(url, sync)).map((attempt) => attempt.status)).toEqual([200]);
        const repeated = await Promise.all([deliver(url, sync), deliver(url, sync)]);
        expect(repeated.flat().map((attempt) => attempt.body)).toEqual(Array(2).fill('{"outcome":"duplicate"}'));
        expect(database.links).toEqual([{ userId: 'u1', connectionId: 'c1' }]);
        expect(queue.jobs).toHaveLength(1);
    });

    it('is delivered to again after a failure, until it succeeds', async () => {
        const url = await serve(name);
        vi.spyOn(console, 'error').mockImplementation(() => {});
        vi.spyOn(queue, 'add').mockRejectedValueOnce(new Error('queue down'));
        expect((await deliver(url, fresh(syncBody))).map((attempt) => attempt.status)).toEqual([500, 200]);
        expect(queue.jobs).toHaveLength(1);
    });

    it('keeps every byte of the body', async () => {
        const url = await serve(name);
        // Written in another order and with spaces: parsing it and serialising it again would give other bytes.
        const text = `{ "type": "sync", ${JSON.stringify(fresh({ ...syncBody, model: 'Übung \u{1f600}' })).slice(1)}`;
        const { headers } = signWebhook(text, { signingKey });
        expect((await post(url, text, headers)).status).toBe(200);
        expect(queue.jobs[0]?.model).toBe('Übung \u{1f600}');
    });

    it('refuses a wrong signature', async () => {
        const url = await serve(name);
        const { body } = signWebhook(fresh(syncBody), { signingKey });
        const { headers } = signWebhook(body, { signingKey: 'the-api-key' });
        expect((await post(url, body, headers)).status).toBe(401);
        expect(queue.jobs).toEqual([]);
    });

    it('is not taken in by a forged event with a valid signature', async () => {
        const url = await serve(name);
        // A webhook of a provider that matches no connection is passed on raw and signed: whoever can reach the provider's webhook
        // address chooses the whole body.
        const forged = fresh({ ...authBody, tags: { end_user_id: 'victim' }, endUser: { endUserId: 'victim' } });
        const { body, headers } = signWebhook({ ...forged, connectionId: 'attacker' }, { signingKey });
        expect(parseWebhook(body, headers, { signingKey })).toMatchObject({ type: 'auth', tags: { end_user_id: 'victim' } });

        expect((await post(url, body, headers)).status).toBe(200);
        expect(database.links).toEqual([{ userId: 'mallory', connectionId: 'attacker' }]);
        expect(await deliver(url, { ...forged, connectionId: 'no-such' })).toEqual([
            { status: 200, body: '{"outcome":"unconfirmed"}' },
        ]);
        expect(await deliver(url, { ...forged, providerConfigKey: 'slack' })).toMatchObject([
            { body: '{"outcome":"unconfirmed"}' },
        ]);
        // Ids that Nango would refuse to look for: an answer of 500 would let a stranger make Nango stop delivering.
        for (const connectionId of ['', 'x'.repeat(256), 'a\0b', '\ud800'])
            expect(await deliver(url, { ...forged, connectionId })).toMatchObject([{ body: '{"outcome":"unconfirmed"}' }]);
        expect(database.links).toHaveLength(1);
    });

    it('notes a connection whose refresh failed', async () => {
        const url = await serve(name);
        const error = { type: 'refresh_token_external_error', description: 'revoked' };
        await deliver(url, fresh({ ...authBody, operation: 'refresh', success: false, error }));
        expect(database.toCheck).toEqual(['c1']);
    });
});

describe('the example for Workers', () => {
    it('takes deliveries over HTTP in a realm with nothing of Node, and each of them once', async () => {
        const sent: unknown[] = [];
        const send = vi.fn(async (event: unknown) => void sent.push(event)).mockRejectedValueOnce(new Error('queue down'));
        vi.spyOn(console, 'error').mockImplementation(() => {});
        const env = { NANGO_WEBHOOK_SIGNING_KEY: signingKey, SYNC_QUEUE: { send } };
        open = await listen(await workersReceiver(env));
        expect((await deliver(open.url, syncBody)).map((attempt) => attempt.status)).toEqual([500, 200]);
        expect((await deliver(open.url, syncBody)).map((attempt) => attempt.body)).toEqual(['{"outcome":"duplicate"}']);
        expect((await deliver(open.url, { ...syncBody, model: 'Other' })).map((attempt) => attempt.status)).toEqual([200]);
        expect(sent).toMatchObject([{ model: 'Issue' }, { model: 'Other' }]);
        expect((await post(open.url, '{}', signWebhook('{}', { signingKey: 'x' }).headers)).status).toBe(401);
    });
});

describe('the other examples', () => {
    it('parse: answers by what is wrong', async () => {
        const { receive } = await import('./examples/parse.js');
        vi.spyOn(console, 'warn').mockImplementation(() => {});
        const status = async (init: RequestInit) =>
            (await receive(new Request('http://localhost/', { method: 'POST', ...init }))).status;
        expect(await status(signWebhook(syncBody, { signingKey }))).toBe(200);
        expect(await status(signWebhook('<a/>', { signingKey }))).toBe(400);
        expect(await status(signWebhook(syncBody, { signingKey: 'x' }))).toBe(401);
    });

    it('worker and reconcile: what a delivery reported and what none reported is read, and nothing twice', async () => {
        const { handleSync } = await import('./examples/worker.js');
        const { reconcile } = await import('./examples/reconcile.js');
        const save = async (connection_id: string, ids: string[], more: object = {}) => {
            const records = { provider_config_key: 'github', connection_id, model: 'Issue', save: ids.map((id) => ({ id })) };
            await emulator.control.records({ ...records, ...more });
            await emulator.control.advance(10);
        };
        const url = await serve('Express');
        const work = async (event: object) => {
            await deliver(url, fresh(event));
            for (const job of queue.jobs.splice(0)) await handleSync(job);
        };

        await save('c1', ['r1']);
        await work(syncBody);
        expect([...database.rows]).toEqual([['github/c1/Issue/ r1', 1]]);
        // What a run saved before it failed is there to be read.
        await save('c1', ['r2']);
        const error = { type: 'script_error', description: 'rate limit' };
        await work({ ...syncBody, success: false, error, startedAt: '2026-11-22T10:00:00Z', failedAt: '2026-11-22T10:01:00Z' });
        await save('c1', ['r3'], { variant: 'archive' });
        await work({ ...syncBody, syncVariant: 'archive' });
        expect([...database.rows.keys()].slice(1)).toEqual(['github/c1/Issue/ r2', 'github/c1/Issue/archive r3']);

        await save('c1', ['r4']);
        await save('attacker', ['r5']);
        await reconcile();
        await reconcile();
        expect([...database.rows.keys()].slice(3).sort()).toEqual(['github/attacker/Issue/ r5', 'github/c1/Issue/ r4']);
        expect([...database.rows.values()]).toEqual([1, 1, 1, 1, 1]);
        expect(database.links).toContainEqual({ userId: 'u1', connectionId: 'c1' });
    });

    it('redis-dedupe: two processes handle a delivery once', async () => {
        const { redisDedupeStore } = await import('./examples/redis-dedupe.js');
        const { createWebhookHandler } = await import('../src/fetch/index.js');
        const keys = new Set<string>();
        const store = redisDedupeStore({ exists: async (key) => Number(keys.has(key)), set: async (key) => keys.add(key) });
        const onSync = vi.fn();
        for (let i = 0; i < 2; i++) {
            const handle = createWebhookHandler({ signingKey, onSync, dedupe: store });
            await handle(new Request('http://localhost/', { method: 'POST', ...signWebhook(syncBody, { signingKey }) }));
        }
        expect(onSync).toHaveBeenCalledTimes(1);
    });

    it('test-your-receiver: sends what a receiver accepts', async () => {
        const { sendSyncWebhook } = await import('./examples/test-your-receiver.js');
        const { createWebhookHandler } = await import('../src/node/index.js');
        open = await listen(createWebhookHandler({ signingKey: 'the-key-of-your-test' }));
        expect((await sendSyncWebhook(open.url)).status).toBe(200);
    });
});
