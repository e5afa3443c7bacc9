import { signWebhook } from '@x/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HubWorld, startHubWorld } from '../src/hub-demo/hub-world.js';
import { folkKey } from '../src/hub-demo/stand-ins.js';
import type { Config } from '../src/server/config.js';
import { tasks } from '../src/server/database/schema.js';
import { findLink } from '../src/server/links.js';
import { createLog } from '../src/server/log.js';
import { Visitor } from './visitor.js';

/** What holds on each database. The cases follow each other: a tenant's story. */
export function hubCases(database: () => Partial<Config>, more: (world: () => HubWorld) => void = () => {}): void {
    let world: HubWorld;
    let ada: Visitor;
    let kay: Visitor;
    let logged = '';

    beforeAll(async () => {
        world = await startHubWorld({
            config: database(),
            people: [12, 5],
            log: createLog('trace', {
                write(line) {
                    logged += line;
                },
            }),
        });
        ada = await new Visitor(() => world.hub).signIn('ada');
        kay = await new Visitor(() => world.hub).signIn('kay');
    });
    afterAll(() => world?.close());

    const session = async (who: Visitor, path: string) => (await (await who.send('POST', path)).json()) as { token: string };
    const connectionOf = async (integrationId: string, index = 0) =>
        (await world.nango.listConnections({ integrationId })).connections[index]!;
    const deliver = (event: object | string, headers?: Record<string, string>) => {
        const signed = signWebhook(event as object, { signingKey: world.emulator.webhookSigningKey });
        return fetch(`${world.hub.url}/webhooks/nango`, {
            method: 'POST',
            body: signed.body,
            headers: { ...signed.headers, ...headers },
        });
    };
    const authEvent = (connectionId: string, more: object = {}) => ({
        type: 'auth',
        from: 'nango',
        connectionId,
        providerConfigKey: 'hubspot',
        authMode: 'OAUTH2',
        provider: 'hubspot',
        environment: 'dev',
        operation: 'creation',
        success: true,
        ...more,
    });

    describe('connections', () => {
        test('what was connected before the app started is found, and its contacts are read', async () => {
            await expect.poll(() => ada.state('hubspot')).toBe('ok');
            await expect.poll(async () => (await ada.contacts()).total).toBe(12);
            expect((await ada.contacts('turing')).contacts[0]).toMatchObject({
                integrationId: 'hubspot',
                name: expect.stringContaining('Turing'),
            });
        });

        test('a session is for one user and one integration; the connection is linked by its webhook', async () => {
            const { token } = await session(ada, '/api/connections/folk/session');
            await expect(world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true })).rejects.toThrow();
            await world.emulator.control.connect({ token, integrationId: 'folk', credentials: { apiKey: folkKey } });
            await expect.poll(() => ada.state('folk')).toBe('ok');
            await expect.poll(async () => (await ada.contacts()).total).toBe(17);
        });

        test('an access that was denied links nothing', async () => {
            const { token } = await session(kay, '/api/connections/hubspot/session');
            await expect(world.emulator.control.connect({ token, integrationId: 'hubspot', deny: true })).rejects.toThrow();
            await world.emulator.control.settle();
            expect(await kay.state('hubspot')).toBe('none');
        });

        test('another tenant sees and touches none of it', async () => {
            expect(await kay.contacts()).toEqual({ contacts: [], total: 0 });
            expect(await kay.state('folk')).toBe('none');
            const [someone] = world.hubspot.list;
            for (const [method, path, body] of [
                ['GET', `/api/contacts/hubspot/${someone!.id}/live`],
                ['DELETE', '/api/connections/hubspot'],
                ['POST', '/api/connections/hubspot/reconnect-session'],
                ['POST', '/api/contacts', { integrationId: 'hubspot', name: 'K', email: 'k@example.com' }],
            ] as const) {
                const response = await kay.send(method, path, body);
                expect([path, response.status]).toEqual([path, 409]);
                expect(await response.json()).toMatchObject({ error: { action: 'connect', done: 'no' } });
            }
            expect(await ada.state('hubspot')).toBe('ok');
        });

        test('a colleague sees the same contacts', async () => {
            const charles = await new Visitor(() => world.hub).signIn('charles');
            expect((await charles.contacts()).total).toBe(17);
        });
    });

    describe('contacts', () => {
        test('a change at the provider arrives with its webhook, and its page is notified', async () => {
            const stream = await ada.send('GET', '/api/events');
            const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
            const [someone] = world.hubspot.list;
            world.hubspot.update(someone!.id, { company: 'Moved & Sons' });
            await world.syncNow();
            await expect.poll(async () => (await ada.contacts('Moved & Sons')).total).toBe(1);
            let events = '';
            while (!events.includes('"contacts"')) events += (await reader.read()).value;
            await reader.cancel();
        });

        test('one is created by an action, which the user can follow', async () => {
            const contact = { integrationId: 'folk', name: 'Hedy Lamarr', email: 'hedy@example.com', company: 'Spread Spectrum' };
            const response = await ada.send('POST', '/api/contacts', contact);
            expect(response.status).toBe(202);
            const { id } = (await response.json()) as { id: string };
            const task = async () => (await ada.get('/api/tasks')).tasks.find((one: any) => one.id === id);
            await expect.poll(async () => (await task()).state).toBe('done');
            expect((await task()).message).toBe('Hedy Lamarr was created in Folk.');
            expect(world.folk.hasEmail('hedy@example.com')).toBe(true);
            await expect.poll(async () => (await ada.contacts('hedy@')).total).toBe(1);
            expect((await kay.get('/api/tasks')).tasks).toEqual([]);
        });

        test('what the provider refuses is shown, and that nothing was done', async () => {
            const contact = { integrationId: 'folk', name: 'Hedy Again', email: 'hedy@example.com' };
            const { id } = (await (await ada.send('POST', '/api/contacts', contact)).json()) as { id: string };
            const task = async () => (await ada.get('/api/tasks')).tasks.find((one: any) => one.id === id);
            await expect.poll(async () => (await task()).state).toBe('failed');
            expect((await task()).message).toBe('Folk has a contact with this email address already. Nothing was created.');
        });

        test('whose job has failed for good does not wait for ever', async () => {
            const { tables, query } = world.hub.services.database;
            const input = { name: 'Lost', email: 'lost@example.com', company: '' };
            const own = { tenantId: 'analytical', userId: 'charles', integrationId: 'folk', connectionId: 'c', input } as const;
            const states = ['queued', 'sending', 'running'] as const;
            const added = await tables
                .insert(tasks)
                .values(states.map((state) => ({ ...own, state })))
                .returning();
            for (const { id } of added)
                await query(`INSERT INTO pgboss.job (name, data) VALUES ('dead-letters', '${JSON.stringify({ taskId: id })}')`);
            const charles = await new Visitor(() => world.hub).signIn('charles');
            const ends = async () => (await charles.get('/api/tasks')).tasks.map(({ state }: { state: string }) => state).sort();
            await expect.poll(ends).toEqual(['failed', 'unknown', 'unknown']);
        });

        test('is looked up at its provider', async () => {
            const [someone] = world.folk.list;
            const { fields } = await ada.get(`/api/contacts/folk/${someone!.id}/live`);
            expect(fields).toContainEqual({ label: 'Job title', value: someone!.jobTitle });
            const response = await ada.send('GET', '/api/contacts/folk/nobody/live');
            expect([response.status, await response.json()]).toMatchObject([502, { error: { done: 'no' } }]);
        });

        test('gets a file', async () => {
            const form = new FormData();
            form.set('file', new File(['x'.repeat(200_000)], 'notes.txt'));
            const response = await ada.send('POST', '/api/contacts/hubspot/files', form);
            expect([response.status, await response.json()]).toEqual([201, { name: 'notes.txt', size: 200_000 }]);
        });
    });

    describe('requests that are not right', () => {
        test.each([
            ['JSON that is none', 'POST', '/api/contacts', '{', {}, 400],
            ['an email that is none', 'POST', '/api/contacts', '{"integrationId":"folk","name":"x","email":"x"}', {}, 400],
            [
                'a name that can not be kept',
                'POST',
                '/api/contacts',
                '{"integrationId":"folk","name":"a\\u0000","email":"x@y.example"}',
                {},
                400,
            ],
            [
                'half a character',
                'POST',
                '/api/contacts',
                '{"integrationId":"folk","name":"a\\ud800","email":"x@y.example"}',
                {},
                400,
            ],
            ['a search that can not be', 'GET', '/api/contacts?search=%00', undefined, {}, 400],
            ['a user that can not be', 'POST', '/api/session', '{"userId":"ada\\u0000"}', {}, 400],
            ['a limit out of bounds', 'GET', '/api/contacts?limit=0', undefined, {}, 400],
            ['an upload without a file', 'POST', '/api/contacts/hubspot/files', '{}', {}, 400],
            ['a body that is too long', 'POST', '/api/contacts', JSON.stringify({ name: 'x'.repeat(200_000) }), {}, 413],
            ['another page', 'POST', '/api/connections/folk/session', undefined, { origin: 'https://evil.example' }, 403],
            ['an integration that is not offered', 'POST', '/api/connections/slack/session', undefined, {}, 404],
            ['a route that is none', 'GET', '/api/nothing', undefined, {}, 404],
        ] as const)('%s', async (_what, method, path, body, headers, status) => {
            const response = await ada.send(method, path, body, headers);
            expect(response.status).toBe(status);
            expect(await response.json()).toMatchObject({ error: { message: expect.any(String), done: 'no' } });
        });

        test('a foreign host', async () => {
            const { request } = await import('node:http');
            const status = await new Promise((resolve, reject) => {
                request(world.hub.url, { headers: { host: 'evil.example' } }, (response) => resolve(response.resume().statusCode))
                    .on('error', reject)
                    .end();
            });
            expect(status).toBe(421);
        });

        test('no one who is not signed in', async () => {
            const stranger = new Visitor(() => world.hub);
            for (const path of ['/api/me', '/api/connections', '/api/contacts', '/api/tasks', '/api/events'])
                expect((await stranger.send('GET', path)).status).toBe(401);
        });

        test('health is reported to everyone', async () => {
            expect(await (await fetch(`${world.hub.url}/healthz`)).json()).toEqual({ ok: true });
        });
    });

    describe('webhooks', () => {
        test('unsigned, changed, oversized, and not JSON: refused', async () => {
            const url = `${world.hub.url}/webhooks/nango`;
            const json = { 'content-type': 'application/json' };
            expect((await fetch(url, { method: 'POST', body: '{}', headers: json })).status).toBe(401);
            const { body, headers } = signWebhook(authEvent('c'), { signingKey: world.emulator.webhookSigningKey });
            expect((await fetch(url, { method: 'POST', body: body.replace('creation', 'override'), headers })).status).toBe(401);
            expect((await deliver({ ...authEvent('c'), padding: 'x'.repeat(1024 * 1024) })).status).toBe(413);
            expect((await fetch(url)).status).toBe(405);
        });

        test('one that claims the connection of another user moves nothing', async () => {
            const { connection_id } = await connectionOf('hubspot');
            const forged = authEvent(connection_id, {
                tags: { end_user_id: 'kay', organization_id: 'eniac' },
                endUser: { endUserId: 'kay' },
            });
            expect((await deliver(forged)).status).toBe(200);
            expect([await ada.state('hubspot'), await kay.state('hubspot')]).toEqual(['ok', 'none']);
        });

        test('of a connection that does not exist: nothing', async () => {
            expect((await deliver(authEvent('no-such-connection'))).status).toBe(200);
            expect(
                (await deliver(authEvent((await connectionOf('hubspot')).connection_id, { operation: 'deletion' }))).status,
            ).toBe(200);
            expect(await ada.state('hubspot')).toBe('ok');
        });

        test('a sync of a connection without an owner is not read', async () => {
            const body = {
                type: 'sync',
                from: 'nango',
                success: true,
                connectionId: 'nobody',
                providerConfigKey: 'hubspot',
                syncName: 'contacts',
            };
            const sync = {
                ...body,
                model: 'Contact',
                syncVariant: 'base',
                syncType: 'INCREMENTAL',
                modifiedAfter: new Date().toISOString(),
            };
            expect((await deliver({ ...sync, responseResults: { added: 1, updated: 0, deleted: 0 } })).status).toBe(200);
            expect((await ada.contacts()).total).toBe((await ada.contacts()).contacts.length);
        });

        test('the younger of two connections counts, and the older is deleted, in any order of their webhooks', async () => {
            const older = await connectionOf('hubspot');
            // The database keeps ms: two in one would be of one age.
            await world.emulator.control.advance(1_000);
            const { token } = await session(ada, '/api/connections/hubspot/session');
            const { connectionId } = await world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true });
            await expect
                .poll(async () => (await world.nango.listConnections({ integrationId: 'hubspot' })).connections.length)
                .toBe(1);
            expect((await connectionOf('hubspot')).connection_id).toBe(connectionId);
            await deliver(authEvent(older.connection_id));
            await deliver(authEvent(older.connection_id, { operation: 'deletion' }));
            expect(await ada.state('hubspot')).toBe('ok');
            await expect.poll(async () => (await ada.contacts('hubspot.example')).total).toBe(world.hubspot.list.length);
        });

        test('a webhook of an older connection that comes late does not take the place of the younger', async () => {
            await world.emulator.control.settings({ webhooks: { on_auth_creation: false } });
            const made: string[] = [];
            for (let i = 0; i < 2; i++) {
                const { token } = await session(kay, '/api/connections/hubspot/session');
                made.push(
                    (await world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true })).connectionId,
                );
                await world.emulator.control.advance(1_000);
            }
            const [older, younger] = made as [string, string];
            const both = await Promise.all([deliver(authEvent(younger)), deliver(authEvent(older))]);
            expect(both.map(({ status }) => status)).toEqual([200, 200]);
            await deliver(authEvent(older));
            const link = await findLink(world.hub.services.database.tables, 'eniac', 'hubspot');
            expect(link?.connectionId).toBe(younger);
            for (const connectionId of made) await world.nango.deleteConnection('hubspot', connectionId);
            await world.emulator.control.settings({ webhooks: { on_auth_creation: true } });
            await expect.poll(() => kay.state('hubspot')).toBe('none');
        });
    });

    describe('a connection that breaks', () => {
        test('asks its user; connecting again repairs it, and keeps its tags', async () => {
            await world.revoke('hubspot');
            await expect.poll(() => ada.state('hubspot')).toBe('broken');
            expect((await ada.contacts('hubspot.example')).total).toBeGreaterThan(0);
            const { connection_id } = await connectionOf('hubspot');
            // The webhook of its creation, played again, is no repair.
            expect((await deliver(authEvent(connection_id))).status).toBe(200);
            expect(await ada.state('hubspot')).toBe('broken');
            const { token } = await session(ada, '/api/connections/hubspot/reconnect-session');
            const again = await world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true });
            expect(again.connectionId).toBe(connection_id);
            await expect.poll(() => ada.state('hubspot')).toBe('ok');
            expect((await connectionOf('hubspot')).tags).toMatchObject({ end_user_id: 'ada', organization_id: 'analytical' });
        });

        test('a report of a failure that is older than its repair changes nothing', async () => {
            const error = { type: 'refresh_token_external_error', description: 'revoked' };
            const { connection_id } = await connectionOf('hubspot');
            await deliver(authEvent(connection_id, { operation: 'refresh', success: false, error }));
            expect(await ada.state('hubspot')).toBe('ok');
        });

        test('a call that finds it out says so, and what to do', async () => {
            const body = { error: { code: 'invalid_credentials' } };
            await world.emulator.control.fault({ type: 'status', status: 400, body, times: 1, operation: 'proxy' });
            const response = await ada.send('GET', `/api/contacts/folk/${world.folk.list[0]!.id}/live`);
            expect([response.status, await response.json()]).toMatchObject([
                409,
                { error: { action: 'reconnect', integrationId: 'folk' } },
            ]);
            expect(await ada.state('folk')).toBe('broken');
            // Nango knows better, and nothing else will ever say so.
            await world.hub.services.jobs.add('reconcile', {});
            await expect.poll(() => ada.state('folk')).toBe('ok');
        });

        test('that it broke, and that it was repaired, is found without webhooks too', async () => {
            await world.emulator.control.settings({ webhooks: { on_auth_refresh_error: false, on_auth_creation: false } });
            await world.revoke('hubspot');
            await world.hub.services.jobs.add('reconcile', {});
            await expect.poll(() => ada.state('hubspot')).toBe('broken');
            const { token } = await session(ada, '/api/connections/hubspot/reconnect-session');
            await world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true });
            await world.hub.services.jobs.add('reconcile', {});
            await expect.poll(() => ada.state('hubspot')).toBe('ok');
            await world.emulator.control.settings({ webhooks: { on_auth_refresh_error: true, on_auth_creation: true } });
        });
    });

    describe('a connection that goes', () => {
        test('by its user', async () => {
            const { connection_id } = await connectionOf('folk');
            const creation = authEvent(connection_id, { providerConfigKey: 'folk', provider: 'folk', authMode: 'API_KEY' });
            expect((await ada.send('DELETE', '/api/connections/folk')).status).toBe(204);
            expect(await ada.state('folk')).toBe('none');
            // The webhook of its creation, which somebody has kept and plays again.
            for (let i = 0; i < 2; i++) expect((await deliver(creation)).status).toBe(200);
            expect(await ada.state('folk')).toBe('none');
            expect((await ada.contacts('folk.example')).total).toBe(0);
            expect((await world.nango.listConnections({ integrationId: 'folk' })).connections).toEqual([]);
        });

        test('at Nango: its webhook reports it', async () => {
            await world.deleteAtNango('hubspot');
            await expect.poll(() => ada.state('hubspot')).toBe('none');
            expect((await ada.contacts()).total).toBe(0);
        });

        test.each([
            [
                'a call finds it out',
                () => ada.send('POST', '/api/connections/hubspot/refresh').then(({ status }) => expect(status).toBe(409)),
            ],
            ['the scheduled look finds it out', () => world.hub.services.jobs.add('reconcile', {})],
        ])('at Nango, without a webhook: %s', async (_how, find) => {
            const { token } = await session(ada, '/api/connections/hubspot/session');
            await world.emulator.control.connect({ token, integrationId: 'hubspot', approve: true });
            await expect.poll(() => ada.state('hubspot')).toBe('ok');
            await world.emulator.control.settings({ webhooks: { on_connection_deletion: false } });
            await world.deleteAtNango('hubspot');
            await find();
            await expect.poll(() => ada.state('hubspot')).toBe('none');
        });
    });

    more(() => world);

    test('the log is JSON, and holds no key, token or cookie', async () => {
        const lines = logged
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as { msg: string });
        expect(lines.map(({ msg }) => msg)).toContain('request');
        for (const secret of [
            world.emulator.apiKey,
            world.emulator.webhookSigningKey,
            folkKey,
            'session=',
            'nango_connect_session_',
        ])
            expect(logged).not.toContain(secret);
    });
}
