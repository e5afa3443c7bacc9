import type { RequestListener } from 'node:http';
import { Nango as VendorNango } from '@nangohq/node';
import { defaultApiKey, defaultEnvironmentUuid, type RunningEmulator, startEmulator } from '@x/emulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Listening, listen, signingKey } from './deliver.js';
import { syncBody } from './events.js';
import { exampleReceivers, workersReceiver } from './example-receivers.js';
import { database, queue } from './examples/app.js';

// The examples read these when they are imported.
vi.stubEnv('NANGO_WEBHOOK_SIGNING_KEY', signingKey);
vi.stubEnv('NANGO_API_KEY', defaultApiKey);

let receiver: Listening;
let emulator: RunningEmulator;
let client: VendorNango;

/** An emulator that delivers to a receiver, on a clock that stands still. */
async function start(listener: RequestListener): Promise<void> {
    receiver = await listen(listener);
    const webhookUrl = `${receiver.url}/webhooks/nango`;
    emulator = await startEmulator({ port: 0, webhookUrl, webhookSigningKey: signingKey, frozenAt: '2026-11-22T10:00:00Z' });
    client = new VendorNango({ host: emulator.url, apiKey: emulator.apiKey });
    await client.createIntegration({ provider: 'private-api-bearer', unique_key: 'crm' });
}

/** Reports a connection that a customer made, as `POST /connections` does. */
async function connect(connectionId: string, userId: string): Promise<void> {
    const response = await fetch(`${emulator.url}/connections`, {
        method: 'POST',
        headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({
            provider_config_key: 'crm',
            connection_id: connectionId,
            credentials: { type: 'API_KEY', apiKey: 'k' },
            tags: { end_user_id: userId },
        }),
    });
    expect(response.status).toBe(201);
    await emulator.control.settle();
}

const attempts = async () => (await emulator.control.deliveries()).map((each) => each.attempts.map(({ status }) => status));

/** Ids must differ from test to test: the examples keep one handler, which remembers. */
let id: string;
let n = 0;

beforeEach(() => {
    id = `c${n++}`;
    queue.jobs = [];
    database.links = [];
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(async () => {
    await emulator.close();
    await receiver.close();
});

describe.each(Object.entries(exampleReceivers))('deliveries of the emulator to the example for %s', (_name, listener) => {
    beforeEach(async () => {
        await start(await listener());
        (await import('./examples/nango.js')).nango.serverUrl = emulator.url;
    });

    it('link a connection, and queue a sync once, though delivered twice', async () => {
        await connect(id, 'u1');
        await emulator.control.sendWebhook({ ...syncBody, connectionId: id, providerConfigKey: 'crm' });
        await emulator.control.settle();
        for (const { id: delivery } of await emulator.control.deliveries()) await emulator.control.redeliver(delivery);
        await emulator.control.settle();
        expect(await attempts()).toEqual([[200], [200], [200], [200]]);
        expect(new Set(database.links.map((link) => JSON.stringify(link)))).toEqual(
            new Set([JSON.stringify({ userId: 'u1', connectionId: id })]),
        );
        expect(queue.jobs).toHaveLength(1);
    });

    it('are tried again when the receiver fails', async () => {
        vi.spyOn(database, 'linkConnection').mockRejectedValueOnce(new Error('down')).mockRejectedValueOnce(new Error('down'));
        await connect(id, 'u1');
        await emulator.control.advance(3_000);
        await emulator.control.advance(6_000);
        expect(await attempts()).toEqual([[500, 500, 200]]);
        expect(database.links).toHaveLength(1);
    });

    it('carry what a stranger sends to the address for provider webhooks, which links nothing to a victim', async () => {
        await connect(id, 'mallory');
        // Of a provider whose webhooks Nango routes: what matches none of its connections goes on as it came.
        await client.createIntegration({ provider: 'unauthenticated', unique_key: 'routed' });
        const forged = {
            type: 'auth',
            from: 'nango',
            connectionId: id,
            providerConfigKey: 'crm',
            operation: 'creation',
            success: true,
            tags: { end_user_id: 'victim' },
        };
        for (const connectionId of [id, 'made-up']) {
            await fetch(`${emulator.url}/webhook/${defaultEnvironmentUuid}/routed`, {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({ ...forged, connectionId }),
            });
        }
        await emulator.control.settle();
        expect(await attempts()).toEqual([[200], [200], [200]]);
        expect(new Set(database.links.map(({ userId }) => userId))).toEqual(new Set(['mallory']));
    });

    it('carry a forged deletion, which unlinks nothing; a real one, which does; and a replay, which links nothing again', async () => {
        await connect(id, 'u1');
        const [creation] = await emulator.control.deliveries();
        const deletion = {
            type: 'auth',
            from: 'nango',
            connectionId: id,
            providerConfigKey: 'crm',
            operation: 'deletion',
            success: true,
        };
        const settle = async (set: () => Promise<unknown>) => {
            await set();
            await emulator.control.settle();
            return database.links.map(({ connectionId }) => connectionId);
        };
        expect(await settle(() => emulator.control.sendWebhook(deletion))).toEqual([id]);
        await client.deleteConnection('crm', id);
        expect(await settle(() => emulator.control.sendWebhook(deletion))).toEqual([]);
        expect(await settle(() => emulator.control.redeliver(creation?.id as string))).toEqual([]);
        expect((await attempts()).flat()).toEqual([200, 200, 200, 200]);
    });

    it('reach the queue', async () => {
        await connect(id, 'u1');
        await emulator.control.sendWebhook({ ...syncBody, connectionId: id, providerConfigKey: 'crm' });
        await emulator.control.settle();
        expect(queue.jobs).toMatchObject([{ type: 'sync', connectionId: id, outcome: 'changed' }]);
    });
});

describe('deliveries of the emulator to the example for Workers', () => {
    it('are tried again after a failure, and handled once', async () => {
        const send = vi.fn(async (_event: unknown) => {}).mockRejectedValueOnce(new Error('down'));
        await start(await workersReceiver({ NANGO_WEBHOOK_SIGNING_KEY: signingKey, SYNC_QUEUE: { send } }));
        await emulator.control.sendWebhook(syncBody);
        await emulator.control.settle();
        await emulator.control.advance(3_000);
        const [first] = await emulator.control.deliveries();
        await emulator.control.redeliver(first?.id as string);
        await emulator.control.settle();
        expect(await attempts()).toEqual([[500, 200], [200]]);
        expect(send).toHaveBeenCalledTimes(2);
    });
});
