import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { allOperations } from '../../core/test/support/all-operations.js';
import { type Hooks, Nango, NangoError } from '../src/index.js';

/*
 * Errors, hooks and whatever is made from them (spans, log lines) carry the method that the user called, whichever request answers it.
 */

const at = { providerConfigKey: 'github', connectionId: 'c1' };
const records = { ...at, model: 'Issue' };
const consumer = { load: () => 'cursor', save: () => undefined, handle: () => undefined };
const webhook = { type: 'sync', ...at, model: 'Issue', syncName: 'issues', success: true } as never;

async function readAll(iterable: AsyncIterable<unknown>): Promise<void> {
    for await (const _ of iterable);
}

/** One call or more of each method, also in forms that ask more than one thing. */
const calls: Record<string, ((nango: Nango) => Promise<unknown>)[]> = {
    listProviders: [(nango) => nango.listProviders({})],
    getProvider: [(nango) => nango.getProvider({ provider: 'github' })],
    getProviderTemplates: [(nango) => nango.getProviderTemplates({ provider: 'github' })],
    listIntegrations: [(nango) => nango.listIntegrations()],
    getIntegration: [(nango) => nango.getIntegration({ uniqueKey: 'github' }), (nango) => nango.getIntegration('github', true)],
    createIntegration: [
        (nango) => nango.createIntegration({ provider: 'github', unique_key: 'github' }),
        (nango) => nango.createIntegration('github', 'github', { oauth_client_id: 'a', oauth_client_secret: 'b' }),
    ],
    createQuickstartIntegration: [(nango) => nango.createQuickstartIntegration({ provider: 'github', unique_key: 'github' })],
    updateIntegration: [
        (nango) => nango.updateIntegration({ uniqueKey: 'github' }, { display_name: 'GitHub' }),
        (nango) => nango.updateIntegration('github', 'github', { oauth_client_id: 'a', oauth_client_secret: 'b' }),
    ],
    deleteIntegration: [(nango) => nango.deleteIntegration('github')],
    listFunctions: [(nango) => nango.listFunctions({ uniqueKey: 'github' })],
    getFunction: [(nango) => nango.getFunction({ uniqueKey: 'github', name: 'issues' })],
    getFunctionCode: [(nango) => nango.getFunctionCode({ uniqueKey: 'github', name: 'issues' })],
    deleteFunction: [(nango) => nango.deleteFunction({ uniqueKey: 'github', name: 'issues' }, { type: 'sync' })],
    getScriptsConfig: [(nango) => nango.getScriptsConfig()],
    getEnvironmentVariables: [(nango) => nango.getEnvironmentVariables()],
    listConnections: [(nango) => nango.listConnections()],
    iterateConnections: [(nango) => readAll(nango.iterateConnections())],
    waitForConnection: [(nango) => nango.waitForConnection('github', 'u1', { timeout: 1 })],
    getConnection: [(nango) => nango.getConnection('github', 'c1')],
    getToken: [(nango) => nango.getToken('github', 'c1')],
    getRawTokenResponse: [(nango) => nango.getRawTokenResponse('github', 'c1')],
    getMetadata: [(nango) => nango.getMetadata('github', 'c1')],
    setMetadata: [(nango) => nango.setMetadata('github', ['c1', 'c2'], { a: 1 })],
    updateMetadata: [(nango) => nango.updateMetadata('github', 'c1', { a: 1 })],
    patchConnection: [(nango) => nango.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, { tags: {} })],
    importConnection: [(nango) => nango.importConnection({ provider_config_key: 'github', credentials: { type: 'NONE' } })],
    deleteConnection: [(nango) => nango.deleteConnection('github', 'c1')],
    createConnectSession: [(nango) => nango.createConnectSession({ end_user: { id: 'u1' } })],
    createReconnectSession: [(nango) => nango.createReconnectSession({ connection_id: 'c1', integration_id: 'github' })],
    getConnectSession: [(nango) => nango.getConnectSession(`nango_connect_session_${'0'.repeat(64)}`)],
    deleteConnectSession: [(nango) => nango.deleteConnectSession(`nango_connect_session_${'0'.repeat(64)}`)],
    // With a cursor, a failure asks once more without it.
    listRecords: [(nango) => nango.listRecords(records), (nango) => nango.listRecords({ ...records, cursor: 'bad' })],
    iterateRecords: [(nango) => readAll(nango.iterateRecords({ ...records, cursor: 'bad' }))],
    consumeRecords: [(nango) => nango.consumeRecords(records, consumer)],
    recordsFromWebhook: [(nango) => nango.recordsFromWebhook(webhook, consumer)],
    pruneRecords: [(nango) => nango.pruneRecords({ ...records, untilCursor: 'c' })],
    triggerSync: [(nango) => nango.triggerSync('github', ['issues'])],
    startSync: [(nango) => nango.startSync('github', ['issues'])],
    pauseSync: [(nango) => nango.pauseSync('github', ['issues'])],
    syncStatus: [(nango) => nango.syncStatus('github', '*')],
    updateSyncConnectionFrequency: [(nango) => nango.updateSyncConnectionFrequency('github', 'issues', 'c1', 'every 1h')],
    createSyncVariant: [
        (nango) => nango.createSyncVariant({ provider_config_key: 'github', connection_id: 'c1', name: 'issues', variant: 'v' }),
    ],
    deleteSyncVariant: [
        (nango) => nango.deleteSyncVariant({ provider_config_key: 'github', connection_id: 'c1', name: 'issues', variant: 'v' }),
    ],
    triggerAction: [(nango) => nango.triggerAction('github', 'c1', 'send')],
    triggerActionAsync: [(nango) => nango.triggerActionAsync('github', 'c1', 'send')],
    getAsyncActionResult: [(nango) => nango.getAsyncActionResult({ id: '00000000-0000-4000-8000-000000000000' })],
    waitForActionResult: [(nango) => nango.waitForActionResult({ id: '00000000-0000-4000-8000-000000000000' })],
    // The verbs are `proxy` with their method.
    proxy: [
        (nango) => nango.proxy({ ...at, endpoint: '/a' }),
        (nango) => nango.get({ ...at, endpoint: '/a' }),
        (nango) => nango.post({ ...at, endpoint: '/a' }),
        (nango) => nango.put({ ...at, endpoint: '/a' }),
        (nango) => nango.patch({ ...at, endpoint: '/a' }),
        (nango) => nango.delete({ ...at, endpoint: '/a' }),
    ],
};

/** Answers every request alike. */
function recording(status: number, body: unknown) {
    const heard: string[] = [];
    const hear = ({ call }: { call: { operation: string } }) => void heard.push(call.operation);
    const hooks: Hooks = { onRequest: hear, onResponse: hear, onRetry: hear, onRateLimit: hear, onError: hear };
    const fetch = async () => Response.json(body, { status });
    const options = { apiKey: '11111111-1111-4111-8111-111111111111', host: 'http://127.0.0.1:1', fetch, hooks };
    return { heard, nango: new Nango({ ...options, retry: { limit: 1, baseDelay: 1 }, rateLimit: false }) };
}

const success = {
    data: { provider: 'github', auth_mode: 'OAUTH2' },
    credentials: {},
    connections: [{ id: 1, provider_config_key: 'github' }],
    records: [],
    next_cursor: null,
    syncs: [],
};

beforeEach(() => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

test('every operation that a package declares is called here', async () => {
    const declared = (await allOperations()).map(({ operation }) => operation.name);
    expect(Object.keys(calls).sort()).toEqual([...new Set(declared)].sort());
});

describe.each(Object.entries(calls))('%s', (name, forms) => {
    test.each(forms.map((form, index) => ({ form, index })))('in its errors and hooks, form $index', async ({ form }) => {
        const { heard, nango } = recording(500, { error: { code: 'server_error', message: 'It failed.' } });
        const error = await form(nango).then(
            () => undefined,
            (failure: unknown) => failure,
        );
        expect(NangoError.isInstance(error) && (error as { operation?: string }).operation).toBe(name);
        expect((error as Error).message).toContain(name);
        expect(new Set(heard)).toEqual(new Set([name]));
    });

    test.each(forms.map((form, index) => ({ form, index })))('in the hooks of a success, form $index', async ({ form }) => {
        const { heard, nango } = recording(200, success);
        await form(nango).catch(() => undefined);
        expect(new Set(heard)).toEqual(new Set([name]));
    });
});
