import { Nango } from '@nangohq/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RunningEmulator, startEmulator } from '../src/index.js';
import { oauthCredentials, scene } from './support/scene.js';

/* The vendor's own client against the emulator: every method of contract 20.3 but the proxy's, which has tests of its own. */

let emulator: RunningEmulator;
let nango: Nango;

beforeAll(async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    emulator = await startEmulator({ port: 0, seed: scene });
    emulator.defineSync('github', 'issues', { model: 'Issue', run: ({ save }) => save([{ id: 1 }, { id: 2 }, { id: 3 }]) });
    emulator.defineAction('github', 'echo', (input: unknown) => input);
    nango = new Nango({ host: emulator.url, apiKey: emulator.apiKey, webhookSigningKey: emulator.webhookSigningKey });
});
afterAll(() => emulator.close());
beforeEach(async () => {
    await emulator.control.reset();
    await emulator.control.settle();
});

const failure = async (promise: Promise<unknown>) => {
    const error = (await promise.then(
        () => undefined,
        (reason: unknown) => reason,
    )) as { response: { status: number; data: { error: { code: string } } } };
    return [error.response.status, error.response.data.error.code];
};

describe('providers and integrations', () => {
    test('providers', async () => {
        expect((await nango.listProviders({ search: 'git' })).data.map(({ name }) => name)).toContain('github');
        expect((await nango.getProvider({ provider: 'github' })).data.name).toBe('github');
        const { data } = await nango.getProviderTemplates({ provider: 'github' });
        expect(data.map(({ type, name }) => [type, name])).toEqual([
            ['action', 'catalogued'],
            ['sync', 'catalogued'],
        ]);
    });

    test('integrations', async () => {
        expect((await nango.listIntegrations()).configs).toHaveLength(4);
        expect(
            (await nango.getIntegration({ uniqueKey: 'github' }, { include: ['webhook', 'credentials'] })).data.unique_key,
        ).toBe('github');
        expect(
            (await nango.createIntegration({ provider: 'slack', unique_key: 's', credentials: oauthCredentials })).data.provider,
        ).toBe('slack');
        await emulator.control.settings({ shared_credentials: ['github'] });
        expect((await nango.createQuickstartIntegration({ provider: 'github', unique_key: 'q' })).data.unique_key).toBe('q');
        expect((await nango.updateIntegration({ uniqueKey: 's' }, { display_name: 'Slacker' })).data.display_name).toBe(
            'Slacker',
        );
        expect((await nango.deleteIntegration('s')).data).toEqual({ success: true });
        expect(await failure(nango.getIntegration({ uniqueKey: 's' }))).toEqual([404, 'not_found']);
    });

    test('functions', async () => {
        expect((await nango.listFunctions({ uniqueKey: 'github' }, { type: 'sync' })).data.map(({ name }) => name)).toEqual([
            'catalogued',
            'issues',
        ]);
        expect((await nango.getFunction({ uniqueKey: 'github', name: 'echo' })).data.type).toBe('action');
        expect((await nango.getFunctionCode({ uniqueKey: 'github', name: 'echo' })).code).toContain('input');
        await nango.deleteFunction({ uniqueKey: 'github', name: 'catalogued' }, { type: 'action' });
        expect(await failure(nango.getFunction({ uniqueKey: 'github', name: 'catalogued' }, { type: 'action' }))).toEqual([
            404,
            'not_found',
        ]);
        expect(await nango.getScriptsConfig()).toMatchObject([{ providerConfigKey: 'github' }]);
    });
});

describe('connections', () => {
    test('list, get, tokens', async () => {
        expect((await nango.listConnections({ userId: 'user-1', tags: { team: 'blue' } })).connections).toHaveLength(1);
        expect((await nango.listConnections('octo')).connections).toHaveLength(1);
        expect((await nango.getConnection('github', 'octo', false, true)).credentials).toMatchObject({
            refresh_token: 'ghr_refresh',
        });
        expect(await nango.getToken('github', 'octo')).toBe('gho_access');
        expect(await nango.getToken('key-api', 'k1')).toEqual({ type: 'API_KEY', apiKey: 'secret-key' });
        expect(await nango.getRawTokenResponse('github', 'octo')).toMatchObject({ access_token: 'gho_access' });
        expect((await nango.waitForConnection('github', 'user-1')).connection_id).toBe('octo');
    });

    test('patch, metadata, delete', async () => {
        await nango.patchConnection({ connectionId: 'octo', provider_config_key: 'github' }, { tags: { a: 'b' } });
        expect((await nango.getConnection('github', 'octo')).tags).toEqual({ a: 'b' });
        expect((await nango.setMetadata('github', 'octo', { x: 1 })).status).toBe(201);
        expect((await nango.updateMetadata('github', ['octo'], { y: 2 })).status).toBe(200);
        expect(await nango.getMetadata('github', 'octo')).toEqual({ x: 1, y: 2 });
        expect((await nango.deleteConnection('github', 'octo')).data).toEqual({ success: true });
        expect(await failure(nango.deleteConnection('github', 'octo'))).toEqual([400, 'unknown_connection']);
    });
});

describe('syncs, records, actions', () => {
    test('records', async () => {
        const first = await nango.listRecords({
            providerConfigKey: 'github',
            connectionId: 'octo',
            model: 'Issue',
            limit: 2,
            filter: 'added',
        });
        expect(first.records.map(({ id }) => id)).toEqual(['1', '2']);
        const second = await nango.listRecords({
            providerConfigKey: 'github',
            connectionId: 'octo',
            model: 'Issue',
            cursor: first.next_cursor,
            modifiedAfter: new Date(Date.now() - 60_000).toISOString(),
            ids: ['2', '3'],
        });
        expect(second.records.map(({ id }) => id)).toEqual(['3']);
        expect(
            await nango.pruneRecords({
                providerConfigKey: 'github',
                connectionId: 'octo',
                model: 'Issue',
                untilCursor: first.next_cursor ?? '',
            }),
        ).toEqual({ count: 2, has_more: false });
    });

    test('commands, status, frequency, variants', async () => {
        await nango.triggerSync('github', ['issues', { name: 'catalogued', variant: 'base' }], 'octo', { reset: true });
        await nango.triggerSync('github', ['issues'], 'octo', 'full_refresh');
        await nango.triggerSync('github', ['issues']);
        await nango.pauseSync('github', ['issues'], 'octo');
        expect((await nango.syncStatus('github', '*', 'octo')).syncs.map(({ status }) => status)).toEqual(['PAUSED', 'PAUSED']);
        await nango.startSync('github', [{ name: 'issues', variant: 'base' }], 'octo');
        expect(await nango.updateSyncConnectionFrequency('github', 'issues', 'octo', 'every 2h')).toEqual({ frequency: '2h' });
        const variant = { provider_config_key: 'github', connection_id: 'octo', name: 'issues', variant: 'eu' };
        expect(await nango.createSyncVariant(variant)).toMatchObject({ name: 'issues', variant: 'eu' });
        expect(await nango.deleteSyncVariant(variant)).toEqual({ success: true });
        expect(await failure(nango.triggerSync('github', ['nope'], 'octo'))).toEqual([400, 'no_syncs_found']);
    });

    test('actions', async () => {
        expect(await nango.triggerAction('github', 'octo', 'echo', { a: 1 })).toEqual({ a: 1 });
        const queued = await nango.triggerActionAsync('github', 'octo', 'echo', { b: 2 });
        await emulator.control.settle();
        expect(await nango.getAsyncActionResult({ statusUrl: queued.statusUrl })).toEqual({ b: 2 });
        expect(await failure(nango.triggerAction('github', 'octo', 'nope'))).toEqual([404, 'not_found']);
    });
});

test('the environment and connect sessions', async () => {
    expect(await nango.getEnvironmentVariables()).toEqual([{ name: 'REGION', value: 'eu' }]);
    const { data } = await nango.createConnectSession({ end_user: { id: 'u1' }, allowed_integrations: ['github'] });
    expect(data.token).toMatch(/^nango_connect_session_/);
    expect((await nango.createReconnectSession({ connection_id: 'octo', integration_id: 'github' })).data.connect_link).toContain(
        'session_token=',
    );
});

test('429 looks as the documentation shows it', async () => {
    await emulator.control.rateLimit(1);
    await nango.listIntegrations();
    const error = (await nango.listIntegrations().catch((reason: unknown) => reason)) as {
        response: { status: number; headers: Record<string, string> };
    };
    expect(error.response.status).toBe(429);
    expect(Number(error.response.headers['retry-after'])).toBeGreaterThanOrEqual(0);
});
