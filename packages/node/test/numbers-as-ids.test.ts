import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Nango, NangoInputError } from '../src/index.js';
import { type RecordingServer, startRecordingServer } from './recording-server.js';

/** A database's numbers are ids too (`numbers-as-ids` of docs/migration.md): whole ones go out as their text, any other is refused. */

let server: RecordingServer;
let nango: Nango;

beforeAll(async () => {
    server = await startRecordingServer();
    nango = new Nango({ apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b', host: server.url, retry: false, rateLimit: false });
});
afterAll(() => server.close());
beforeEach(() => {
    const connection = { provider_config_key: '42', credentials: { type: 'API_KEY' }, metadata: {} };
    // A connection of each integration that `waitForConnection` may wait for.
    const connections = ['42', '0', '9007199254740991'].map((provider_config_key, id) => ({
        ...connection,
        id,
        provider_config_key,
    }));
    const listed = { connections, records: [], next_cursor: null };
    server.answer(({ path }) => ({
        body: { ...connection, ...listed, data: path.includes('providers') ? { auth_mode: 'NONE' } : { provider: '42' } },
    }));
});

// The types ask for text; JavaScript passes numbers.
type Id = any;
type Calls = Record<string, (id: Id) => unknown>;

const key = { providerConfigKey: 'github', connectionId: 'c1', model: 'Issue' };
const consumer = { load: () => undefined, save: () => undefined, handle: () => undefined };
const variantOf = { provider_config_key: 'github', connection_id: 'c1', name: 'files', variant: 'docs' };
const credentials = { type: 'NONE' } as const;
const proxied = (method: 'proxy' | 'get' | 'post' | 'put' | 'patch' | 'delete'): Calls => ({
    [`${method}, connection`]: (id) => nango[method]({ endpoint: '/x', providerConfigKey: 'github', connectionId: id }),
    [`${method}, integration`]: (id) => nango[method]({ endpoint: '/x', providerConfigKey: id, connectionId: 'c1' }),
});
const all = async (items: AsyncIterable<unknown>) => {
    for await (const _ of items);
};

const calls: Calls = {
    getProvider: (id) => nango.getProvider({ provider: id }),
    getProviderTemplates: (id) => nango.getProviderTemplates({ provider: id }),
    getIntegration: (id) => nango.getIntegration({ uniqueKey: id }),
    'getIntegration, older form': (id) => nango.getIntegration(id),
    createIntegration: (id) => nango.createIntegration({ provider: 'github', unique_key: id }),
    'createIntegration, older form': (id) => nango.createIntegration('github', id),
    createQuickstartIntegration: (id) => nango.createQuickstartIntegration({ provider: 'github', unique_key: id }),
    updateIntegration: (id) => nango.updateIntegration({ uniqueKey: id }, {}),
    'updateIntegration, body': (id) => nango.updateIntegration({ uniqueKey: 'github' }, { unique_key: id }),
    'updateIntegration, older form': (id) => nango.updateIntegration('42', id),
    deleteIntegration: (id) => nango.deleteIntegration(id),
    listFunctions: (id) => nango.listFunctions({ uniqueKey: id }),
    getFunction: (id) => nango.getFunction({ uniqueKey: id, name: 'issues' }),
    getFunctionCode: (id) => nango.getFunctionCode({ uniqueKey: id, name: 'issues' }),
    deleteFunction: (id) => nango.deleteFunction({ uniqueKey: id, name: 'issues' }, { type: 'sync' }),
    'listConnections, connection': (id) => nango.listConnections({ connectionId: id }),
    'listConnections, user': (id) => nango.listConnections({ userId: id }),
    'listConnections, integration': (id) => nango.listConnections({ integrationId: id }),
    'listConnections, integrations': (id) => nango.listConnections({ integrationId: ['github', id] }),
    'listConnections, older form': (id) => nango.listConnections(id),
    'listConnections, older form, user': (id) => nango.listConnections(undefined, undefined, { endUserId: id }),
    'listConnections, older form, organization': (id) =>
        nango.listConnections(undefined, undefined, { endUserOrganizationId: id }),
    iterateConnections: (id) => all(nango.iterateConnections({ userId: id })),
    'getConnection, connection': (id) => nango.getConnection('github', id),
    'getConnection, integration': (id) => nango.getConnection(id, 'c1'),
    'getToken, connection': (id) => nango.getToken('github', id),
    'getToken, integration': (id) => nango.getToken(id, 'c1'),
    getRawTokenResponse: (id) => nango.getRawTokenResponse(id, id),
    getMetadata: (id) => nango.getMetadata(id, id),
    'setMetadata, connection': (id) => nango.setMetadata('github', id, {}),
    'setMetadata, connections': (id) => nango.setMetadata('github', ['c1', id], {}),
    'setMetadata, integration': (id) => nango.setMetadata(id, 'c1', {}),
    'updateMetadata, connection': (id) => nango.updateMetadata('github', id, {}),
    'updateMetadata, connections': (id) => nango.updateMetadata('github', ['c1', id], {}),
    'patchConnection, connection': (id) => nango.patchConnection({ connectionId: id, provider_config_key: 'github' }, {}),
    'patchConnection, integration': (id) => nango.patchConnection({ connectionId: 'c1', provider_config_key: id }, {}),
    'patchConnection, user': (id) =>
        nango.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, { end_user: { id } }),
    'importConnection, integration': (id) => nango.importConnection({ provider_config_key: id, credentials }),
    'importConnection, connection': (id) =>
        nango.importConnection({ provider_config_key: 'github', connection_id: id, credentials }),
    'importConnection, user': (id) =>
        nango.importConnection({ provider_config_key: 'github', credentials, end_user: { id, email: 'ada@example.com' } }),
    'deleteConnection, connection': (id) => nango.deleteConnection('github', id),
    'deleteConnection, integration': (id) => nango.deleteConnection(id, 'c1'),
    'waitForConnection, integration': (id) => nango.waitForConnection(id, 'user-1'),
    'waitForConnection, user': (id) => nango.waitForConnection('42', id),
    'createConnectSession, user': (id) => nango.createConnectSession({ end_user: { id, display_name: 'Ada' } }),
    'createConnectSession, organization': (id) =>
        nango.createConnectSession({ end_user: { id: 'user-1' }, organization: { id } }),
    'createConnectSession, integrations': (id) =>
        nango.createConnectSession({ end_user: { id: 'user-1' }, allowed_integrations: ['github', id] }),
    'createReconnectSession, connection': (id) => nango.createReconnectSession({ connection_id: id, integration_id: 'github' }),
    'createReconnectSession, integration': (id) => nango.createReconnectSession({ connection_id: 'c1', integration_id: id }),
    'createReconnectSession, user': (id) =>
        nango.createReconnectSession({ connection_id: 'c1', integration_id: 'github', end_user: { id } }),
    'listRecords, connection': (id) => nango.listRecords({ ...key, connectionId: id }),
    'listRecords, integration': (id) => nango.listRecords({ ...key, providerConfigKey: id }),
    'listRecords, records': (id) => nango.listRecords({ ...key, ids: [id, 'x'] }),
    iterateRecords: (id) => all(nango.iterateRecords({ ...key, connectionId: id })),
    consumeRecords: (id) => nango.consumeRecords({ ...key, connectionId: id }, consumer),
    recordsFromWebhook: (id) => nango.recordsFromWebhook({ type: 'sync', ...key, connectionId: id }, consumer),
    'pruneRecords, connection': (id) => nango.pruneRecords({ ...key, connectionId: id, untilCursor: 'x' }),
    'pruneRecords, integration': (id) => nango.pruneRecords({ ...key, providerConfigKey: id, untilCursor: 'x' }),
    'triggerSync, connection': (id) => nango.triggerSync('github', [], id),
    'triggerSync, integration': (id) => nango.triggerSync(id, [], 'c1'),
    'triggerSync, sync': (id) => nango.triggerSync('github', ['issues', id], 'c1'),
    'startSync, connection': (id) => nango.startSync('github', [], id),
    'pauseSync, connection': (id) => nango.pauseSync('github', [], id),
    'syncStatus, connection': (id) => nango.syncStatus('github', '*', id),
    'syncStatus, integration': (id) => nango.syncStatus(id, '*'),
    'updateSyncConnectionFrequency, connection': (id) => nango.updateSyncConnectionFrequency('github', 'issues', id, 'every 2h'),
    'updateSyncConnectionFrequency, integration': (id) => nango.updateSyncConnectionFrequency(id, 'issues', 'c1', 'every 2h'),
    'createSyncVariant, connection': (id) => nango.createSyncVariant({ ...variantOf, connection_id: id }),
    'createSyncVariant, integration': (id) => nango.createSyncVariant({ ...variantOf, provider_config_key: id }),
    'deleteSyncVariant, connection': (id) => nango.deleteSyncVariant({ ...variantOf, connection_id: id }),
    'triggerAction, connection': (id) => nango.triggerAction('github', id, 'act'),
    'triggerAction, integration': (id) => nango.triggerAction(id, 'c1', 'act'),
    triggerActionAsync: (id) => nango.triggerActionAsync(id, id, 'act'),
    getAsyncActionResult: (id) => nango.getAsyncActionResult({ id }),
    waitForActionResult: (id) => nango.waitForActionResult({ id }),
    rawRequest: (id) => nango.rawRequest({ path: '/widgets/{id}', params: { id } }),
    ...proxied('proxy'),
    ...proxied('get'),
    ...proxied('post'),
    ...proxied('put'),
    ...proxied('patch'),
    ...proxied('delete'),
};

const withoutIds = [
    'withResponse',
    'listProviders',
    'listIntegrations',
    'getEnvironmentVariables',
    'getScriptsConfig',
    'getConnectSession',
    'deleteConnectSession',
    'parseWebhook',
    'signWebhook',
    'verifyWebhookSignature',
    'verifyIncomingWebhookRequest',
];

async function sent(run: (id: Id) => unknown, id: Id) {
    server.requests.length = 0;
    const failure = await Promise.resolve(run(id)).then(
        () => undefined,
        (error) => error,
    );
    return {
        failure,
        requests: server.requests.map(({ headers: { host: _, ...headers }, ...request }) => ({ ...request, headers })),
    };
}

describe.each(Object.entries(calls))('%s', (_name, run) => {
    test.each([
        [42, '42'],
        [-0, '0'],
        [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ])('%s is sent as its text', async (id, text) => {
        const asText = await sent(run, text);
        expect(asText.requests.length).toBeGreaterThan(0);
        expect((await sent(run, id)).requests).toEqual(asText.requests);
    });

    test.each([1.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('%s is refused', async (id) => {
        const { failure, requests } = await sent(run, id);
        expect(requests).toEqual([]);
        expect(failure).toBeInstanceOf(NangoInputError);
        expect(failure.message).toContain(`must be text, or a whole number below 2^53, got ${id}`);
    });
});

test('the body that was given stays as it is', async () => {
    const body = Object.freeze({
        end_user: Object.freeze({ id: 42 as Id }),
        allowed_integrations: Object.freeze([7 as Id, 'github']),
        organization: Object.freeze({ id: 3 as Id, display_name: 'ACME' }),
    });
    await nango.createConnectSession(body);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
        end_user: { id: '42' },
        allowed_integrations: ['7', 'github'],
        organization: { id: '3', display_name: 'ACME' },
    });
    expect(body.end_user.id).toBe(42);
});

test('a number and its text are one connection to the token cache', async () => {
    const cached = new Nango({ ...nangoOptions(), tokenCache: {} });
    await cached.getToken('github', 42 as Id);
    await cached.getToken('github', '42');
    expect(server.requests).toHaveLength(1);
    await cached.deleteConnection('github', 42 as Id);
    await cached.getToken('github', '42');
    expect(server.requests).toHaveLength(3);
});

test.each([
    ['listRecords', (variant: Id) => nango.listRecords({ ...key, variant })],
    ['iterateRecords', (variant: Id) => all(nango.iterateRecords({ ...key, variant }))],
    ['consumeRecords', (variant: Id) => nango.consumeRecords({ ...key, variant }, consumer)],
    ['recordsFromWebhook', (syncVariant: Id) => nango.recordsFromWebhook({ type: 'sync', ...key, syncVariant }, consumer)],
    ['pruneRecords', (variant: Id) => nango.pruneRecords({ ...key, variant, untilCursor: 'x' })],
])('%s: a null variant is as absent', async (_name, run) => {
    const absent = await sent(run, undefined);
    expect(absent.requests).toHaveLength(1);
    expect((await sent(run, null)).requests).toEqual(absent.requests);
});

test('the table has every method that takes an id', () => {
    const known = new Set([...Object.keys(calls).map((name) => name.split(',')[0]), ...withoutIds]);
    const methods = Object.entries(Object.getOwnPropertyDescriptors(Nango.prototype))
        .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
        .map(([name]) => name);
    expect(methods.filter((name) => !known.has(name))).toEqual([]);
});

function nangoOptions() {
    return { apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b', host: server.url, retry: false, rateLimit: false } as const;
}
