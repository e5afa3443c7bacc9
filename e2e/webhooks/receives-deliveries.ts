import { createRequire } from 'node:module';
import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunningServer } from '../harness/server-process.js';
import type { DeliveryWorld } from './delivery-world.js';
import type { Job } from './ledger.js';

/** An app that receives webhooks, and the world that it was started for. */
export interface Receiver {
    world: DeliveryWorld;
    server: RunningServer;
}

/** What every receiver of webhooks does, whatever it is built with. */
export function receivesDeliveries(name: string, path: string, start: () => Promise<Receiver>): void {
    describe(name, () => {
        let world: DeliveryWorld;
        let server: RunningServer;
        let url: string;
        let id: string;
        let count = 0;
        beforeAll(async () => {
            ({ world, server } = await start());
            url = server.url + path;
        });
        beforeEach(async () => {
            await world.deliverTo(url);
            // The receiver remembers what it has handled, so no two tests may send the same body.
            id = `${path.replace(/\W+/g, '-')}-${count++}`;
        });

        const syncBody = (more: object = {}) => ({
            type: 'sync',
            from: 'nango',
            connectionId: id,
            providerConfigKey: 'crm',
            syncName: 'contacts',
            syncVariant: 'base',
            model: 'Contact',
            syncType: 'INCREMENTAL',
            success: true,
            responseResults: { added: 1, updated: 0, deleted: 0 },
            modifiedAfter: '2026-11-22T10:00:00.000Z',
            ...more,
        });

        test('hears of a connection, and of a sync that ended, whose records are then read', async () => {
            await world.connect(id, 'user-1');
            await world.api('/sync/trigger', { provider_config_key: 'crm', connection_id: id, syncs: ['contacts'] });
            expect(await world.attempts()).toEqual([[200], [200]]);
            const [auth, sync] = world.ledger.of(id) as [Job, Job];
            expect(auth).toMatchObject({ event: { type: 'auth', operation: 'creation' }, tags: { end_user_id: 'user-1' } });
            expect(sync.event).toMatchObject({ type: 'sync', model: 'Contact', outcome: 'changed', isFullSync: true });

            // What a worker does with the job, after the delivery was answered.
            const { Records } = createRequire(`${inject('project')}/`)('@x/syncs');
            const client = new Records({ apiKey: world.emulator.apiKey, host: world.emulator.url });
            const names: unknown[] = [];
            await client.recordsFromWebhook(sync.event, {
                load: () => undefined,
                save: () => {},
                handle: ({ added }: { added: { name?: string }[] }) => names.push(...added.map(({ name }) => name)),
            });
            expect(names).toEqual(['Ünï \u{1f600}', undefined]);
        });

        test('is delivered to again after it failed, 3 s and 6 s later', async () => {
            await world.connect(id, 'user-1');
            world.ledger.failures = 2;
            await world.emulator.control.sendWebhook(syncBody());
            await world.emulator.control.settle();
            expect(await world.attempts()).toEqual([[200], [500]]);
            await world.emulator.control.advance(3_000);
            expect(await world.attempts()).toEqual([[200], [500, 500]]);
            await world.emulator.control.advance(6_000);
            expect(await world.attempts()).toEqual([[200], [500, 500, 200]]);
            expect(world.ledger.of(id).map(({ event }) => event.type)).toEqual(['auth', 'sync']);
            expect(server.output()).not.toContain(world.emulator.webhookSigningKey);
        });

        test('handles a delivery once, sent again or sent three times at once', async () => {
            await world.connect(id, 'user-1');
            await world.emulator.control.sendWebhook(syncBody());
            await world.emulator.control.settle();
            const deliveries: { id: string }[] = await world.emulator.control.deliveries();
            for (const delivery of deliveries) await world.emulator.control.redeliver(delivery.id);
            await world.emulator.control.settle();
            expect(await world.attempts()).toEqual([[200], [200], [200], [200]]);
            // An `auth` delivery is no repetition: its body is the same when a connection fails again.
            expect(world.ledger.of(id).map(({ event }) => event.type)).toEqual(['auth', 'sync', 'auth']);

            world.ledger.delay = 200;
            const body = JSON.stringify(syncBody({ model: 'Other' }));
            const answers = await Promise.all([1, 2, 3].map(async () => (await world.send(url, body)).json()));
            expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'duplicate', 'handled']);
            expect(world.ledger.of(id)).toHaveLength(4);
        });

        test('checks the bytes that were sent, not what they mean', async () => {
            await world.connect(id, 'user-1');
            // Spaces, unsorted and repeated keys, a number and letters that would be written otherwise.
            const body = `{ "type": "sync", "n": 1.0, "n": 1e2, "e": "\\u00fc ü \u{1f600}",\r\n ${JSON.stringify(syncBody()).slice(1)}`;
            const again = JSON.stringify(JSON.parse(body));
            expect(again).not.toBe(body);
            expect((await world.send(url, again, { as: body })).status).toBe(401);
            expect((await world.send(url, body, { as: again })).status).toBe(401);
            expect((await world.send(url, body)).status).toBe(200);
            expect(world.ledger.of(id).slice(1)).toMatchObject([{ event: { n: 100, e: 'ü ü \u{1f600}' } }]);
        });

        test('answers 401 to a signature of another key or none, which is not tried again', async () => {
            await world.connect(id, 'user-1');
            await world.emulator.control.settings({ webhook_signing_key: 'another-key' });
            await world.emulator.control.sendWebhook(syncBody());
            await world.emulator.control.settle();
            await world.emulator.control.advance(60_000);
            expect(await world.attempts()).toEqual([[200], [401]]);

            const unsigned = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
            expect(unsigned.status).toBe(401);
            expect(world.ledger.of(id)).toHaveLength(1);
        });

        test('believes nothing that a stranger sends to the address for provider webhooks', async () => {
            await world.connect(id, 'mallory');
            const forged = {
                type: 'auth',
                from: 'nango',
                providerConfigKey: 'crm',
                operation: 'creation',
                success: true,
                tags: { end_user_id: 'victim' },
                endUser: { endUserId: 'victim' },
            };
            // It names a connection of another integration or none, so it matches none, and comes raw and rightly signed.
            await world.provider('chat', { ...forged, connectionId: `${id}-made-up` });
            expect(world.ledger.jobs).toHaveLength(1);
            await world.provider('chat', { ...forged, connectionId: id });
            expect(await world.attempts()).toEqual([[200], [200], [200]]);
            const jobs = world.ledger.of(id);
            expect(jobs.at(-1)?.event.tags).toEqual({ end_user_id: 'victim' });
            expect(jobs.map(({ tags }) => tags)).toEqual([{ end_user_id: 'mallory' }, { end_user_id: 'mallory' }]);

            // What is no event of Nango's is distinguished from those that are.
            await world.provider('chat', { hello: id });
            expect(world.ledger.jobs.at(-1)?.event).toEqual({ type: 'unknown', body: { hello: id } });
        });

        test('gets a webhook of a provider with the connection that it matched, and the headers of the provider', async () => {
            await world.connect(id, 'user-1');
            await world.provider('crm', { connectionId: id, text: 'hi' }, { 'x-provider-signature': 'v1=abc' });
            expect(world.ledger.of(id).at(-1)).toMatchObject({
                event: { type: 'forward', providerConfigKey: 'crm', payload: { text: 'hi' } },
                provider: 'v1=abc',
            });
        });
    });
}
