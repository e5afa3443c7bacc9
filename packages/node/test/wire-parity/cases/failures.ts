import type { Answer } from '../../recording-server.js';
import type { ParityCase } from '../parity-case.js';

const limits = {
    'x-ratelimit-limit': '200',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '1767225600',
    'x-request-id': 'r1',
};

/** Every shape of contract 1.3. */
const answers: readonly (readonly [string, Answer])[] = [
    [
        '400 with issues',
        { status: 400, body: { error: { code: 'invalid_body', errors: [{ code: 'too_big', message: 'm', path: ['a', '0'] }] } } },
    ],
    ['400 with code and message', { status: 400, body: { error: { code: 'unknown_connection', message: 'm' } } }],
    ['401', { status: 401, body: { error: { message: 'm', code: 'unknown_account', payload: {} } } }],
    ['403', { status: 403, body: { error: { code: 'forbidden', message: "needs 'environment:connections:read'" } } }],
    ['404', { status: 404, body: { error: { code: 'not_found' } } }],
    ['404 HTML', { status: 404, body: '<html>Cannot POST</html>', headers: { 'content-type': 'text/html' } }],
    [
        '424',
        {
            status: 424,
            body: { error: { payload: { a: [1] }, code: 'script_http_error', upstream: { status: 500, body: 'x' } } },
        },
    ],
    [
        '429',
        {
            status: 429,
            body: { error: { code: 'too_many_request', method: 'GET', path: '/x' } },
            headers: { 'retry-after': '12', ...limits },
        },
    ],
    ['500', { status: 500, body: { error: { code: 'generic_error_support', message: 'm', payload: 'f6c2' } }, headers: limits }],
    ['500 empty', { status: 500, body: '' }],
    [
        'invalid_credentials',
        {
            status: 400,
            body: { error: { code: 'invalid_credentials', message: 'm', payload: { connection: { id: 1, credentials: {} } } } },
        },
    ],
];

const calls: readonly (readonly [string, ParityCase['run']])[] = [
    ['listProviders', (n) => n.listProviders({})],
    ['getProvider', (n) => n.getProvider({ provider: 'github' })],
    ['getProviderTemplates', (n) => n.getProviderTemplates({ provider: 'github' })],
    ['listIntegrations', (n) => n.listIntegrations()],
    ['getIntegration', (n) => n.getIntegration({ uniqueKey: 'github' })],
    ['createIntegration', (n) => n.createIntegration({ provider: 'github', unique_key: 'github' })],
    ['createQuickstartIntegration', (n) => n.createQuickstartIntegration({ provider: 'github', unique_key: 'github' })],
    ['updateIntegration', (n) => n.updateIntegration({ uniqueKey: 'github' }, {})],
    ['deleteIntegration', (n) => n.deleteIntegration('github')],
    ['listFunctions', (n) => n.listFunctions({ uniqueKey: 'github' })],
    ['getFunction', (n) => n.getFunction({ uniqueKey: 'github', name: 'a' })],
    ['getFunctionCode', (n) => n.getFunctionCode({ uniqueKey: 'github', name: 'a' })],
    ['deleteFunction', (n) => n.deleteFunction({ uniqueKey: 'github', name: 'a' }, { type: 'sync' })],
    ['getScriptsConfig', (n) => n.getScriptsConfig()],
    ['getEnvironmentVariables', (n) => n.getEnvironmentVariables()],
    ['listConnections', (n) => n.listConnections({})],
    ['getConnection', (n) => n.getConnection('github', 'c1')],
    ['getToken', (n) => n.getToken('github', 'c1')],
    ['getRawTokenResponse', (n) => n.getRawTokenResponse('github', 'c1')],
    ['getMetadata', (n) => n.getMetadata('github', 'c1')],
    ['patchConnection', (n) => n.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, {})],
    ['deleteConnection', (n) => n.deleteConnection('github', 'c1')],
    ['setMetadata', (n) => n.setMetadata('github', 'c1', {})],
    ['updateMetadata', (n) => n.updateMetadata('github', 'c1', {})],
    ['waitForConnection', (n) => n.waitForConnection('github', 'u1')],
    ['createConnectSession', (n) => n.createConnectSession({ tags: {} })],
    ['createReconnectSession', (n) => n.createReconnectSession({ connection_id: 'c1', integration_id: 'github' })],
    ['listRecords', (n) => n.listRecords({ providerConfigKey: 'github', connectionId: 'c1', model: 'Issue' })],
    [
        'pruneRecords',
        (n) => n.pruneRecords({ providerConfigKey: 'github', connectionId: 'c1', model: 'Issue', untilCursor: 'x' }),
    ],
    ['triggerSync', (n) => n.triggerSync('github', ['a'], 'c1')],
    ['startSync', (n) => n.startSync('github', ['a'], 'c1')],
    ['pauseSync', (n) => n.pauseSync('github', ['a'], 'c1')],
    ['syncStatus', (n) => n.syncStatus('github', '*')],
    ['updateSyncConnectionFrequency', (n) => n.updateSyncConnectionFrequency('github', 'a', 'c1', 'every hour')],
    [
        'createSyncVariant',
        (n) => n.createSyncVariant({ provider_config_key: 'github', connection_id: 'c1', name: 'a', variant: 'b' }),
    ],
    [
        'deleteSyncVariant',
        (n) => n.deleteSyncVariant({ provider_config_key: 'github', connection_id: 'c1', name: 'a', variant: 'b' }),
    ],
    ['triggerAction', (n) => n.triggerAction('github', 'c1', 'a', {})],
    ['triggerActionAsync', (n) => n.triggerActionAsync('github', 'c1', 'a', {})],
    ['getAsyncActionResult', (n) => n.getAsyncActionResult({ id: '6f1c1c0e-1111-4222-8333-444455556666' })],
    ['proxy', (n) => n.proxy({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1' })],
    ['get', (n) => n.get({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1' })],
    ['post', (n) => n.post({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1', data: { a: 1 } })],
    ['put', (n) => n.put({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1', data: { a: 1 } })],
    ['patch', (n) => n.patch({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1', data: { a: 1 } })],
    ['delete', (n) => n.delete({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1' })],
];

/** Every method against every way to fail. */
export const failureCases: readonly ParityCase[] = [
    ...calls.flatMap(([call, run]) => answers.map(([name, answer]) => ({ name: `${call} → ${name}`, run, answer }))),
    {
        name: 'headers with secrets',
        run: (n) => n.listIntegrations(),
        answer: { status: 500, body: { error: { code: 'a' } }, headers: { 'set-cookie': 's=1', 'x-internal-token': 't' } },
        differs: { 'error-headers': true },
    },
    {
        name: 'body with a token',
        run: (n) => n.listIntegrations(),
        answer: { status: 500, body: { error: { code: 'a', payload: { access_token: 'at', other: 'o' } } } },
        differs: { 'error-secrets': true },
    },
];
