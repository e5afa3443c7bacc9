import { at, type ParityCase } from '../parity-case.js';

const integration = {
    unique_key: 'github',
    provider: 'github',
    display_name: 'GitHub',
    logo: 'https://example.com/github.svg',
    forward_webhooks: true,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
};
const one = { body: { data: integration } };
const oauth = { type: 'OAUTH2', client_id: 'id', client_secret: 'sec', scopes: 'a,b' };
const { stringify } = JSON;

export const integrationCases: readonly ParityCase[] = [
    { name: 'listProviders({})', run: (n) => n.listProviders({}) },
    { name: 'listProviders()', run: (n) => n.listProviders() },
    { name: "listProviders({ search: 'a b&c' })", run: (n) => n.listProviders({ search: 'a b&c' }) },
    {
        name: 'listProviders({ connect_session_token })',
        run: (n) => n.listProviders({ connect_session_token: 'nango_connect_session_x' }),
        differs: { 'provider-session-token': true },
    },
    { name: 'getProvider', run: (n) => n.getProvider({ provider: 'github' }) },
    { name: 'getProviderTemplates', run: (n) => n.getProviderTemplates({ provider: 'github' }) },
    { name: 'listIntegrations', run: (n) => n.listIntegrations(), answer: { body: { data: [integration] } } },
    { name: 'getIntegration', run: (n) => n.getIntegration({ uniqueKey: 'github' }), answer: one },
    {
        name: 'getIntegration, one include',
        run: (n) => n.getIntegration({ uniqueKey: 'github' }, { include: ['webhook'] }),
        answer: one,
    },
    {
        name: 'getIntegration, two includes',
        run: (n) => n.getIntegration({ uniqueKey: 'github' }, { include: ['webhook', 'credentials'] }),
        answer: one,
        differs: { 'include-all': true },
    },
    {
        name: 'getIntegration, key with spaces',
        run: (n) => n.getIntegration({ uniqueKey: 'git hub' }),
        answer: one,
    },
    {
        name: 'getIntegration, key that climbs',
        run: (n) => n.getIntegration({ uniqueKey: '../providers/github' }),
        answer: one,
        differs: { 'ids-stay-in-place': at('/integrations/..%2Fproviders%2Fgithub') },
    },
    {
        name: 'getIntegration, no key',
        run: (n) => n.getIntegration({}),
        answer: one,
        differs: { 'ids-refused': true },
    },
    {
        name: 'createIntegration',
        run: (n) => n.createIntegration({ provider: 'github', unique_key: 'github', credentials: oauth }),
        answer: one,
    },
    {
        name: 'createIntegration, all members',
        run: (n) =>
            n.createIntegration({
                provider: 'github',
                unique_key: 'github',
                display_name: 'GitHub',
                forward_webhooks: false,
                credentials: { ...oauth, webhook_secret: 'w' },
                integration_config: { a: 'b' },
                custom: { c: 'd' },
            }),
        answer: one,
    },
    {
        name: 'createQuickstartIntegration',
        run: (n) => n.createQuickstartIntegration({ provider: 'github', unique_key: 'github' }),
        answer: one,
    },
    {
        name: 'updateIntegration',
        run: (n) => n.updateIntegration({ uniqueKey: 'github' }, { display_name: 'GH', credentials: oauth }),
        answer: one,
    },
    { name: 'updateIntegration, nothing', run: (n) => n.updateIntegration({ uniqueKey: 'github' }, {}), answer: one },
    {
        name: 'updateIntegration, text as body',
        run: (n) => n.updateIntegration({ uniqueKey: 'github' }, 'x'),
        answer: one,
        differs: { 'local-checks': true },
    },
    { name: 'deleteIntegration', run: (n) => n.deleteIntegration('github'), answer: { body: { success: true } } },
    { name: 'deleteIntegration, 204', run: (n) => n.deleteIntegration('github'), answer: { status: 204 } },
    { name: 'listFunctions', run: (n) => n.listFunctions({ uniqueKey: 'github' }) },
    {
        name: 'listFunctions, all queries',
        run: (n) => n.listFunctions({ uniqueKey: 'github' }, { type: 'sync', search: 'a', page: 0, limit: 5 }),
    },
    { name: 'getFunction', run: (n) => n.getFunction({ uniqueKey: 'github', name: 'issues' }) },
    { name: 'getFunction, type', run: (n) => n.getFunction({ uniqueKey: 'github', name: 'issues' }, { type: 'action' }) },
    { name: 'getFunctionCode', run: (n) => n.getFunctionCode({ uniqueKey: 'github', name: 'issues' }) },
    {
        name: 'getFunctionCode, type',
        run: (n) => n.getFunctionCode({ uniqueKey: 'github', name: 'issues' }, { type: 'sync' }),
    },
    { name: 'deleteFunction', run: (n) => n.deleteFunction({ uniqueKey: 'github', name: 'issues' }, { type: 'sync' }) },
    { name: 'getScriptsConfig()', run: (n) => n.getScriptsConfig(), answer: { body: [] } },
    { name: "getScriptsConfig('nango')", run: (n) => n.getScriptsConfig('nango'), answer: { body: [] } },
    { name: "getScriptsConfig('openai')", run: (n) => n.getScriptsConfig('openai') },
    {
        name: 'getEnvironmentVariables',
        run: (n) => n.getEnvironmentVariables(),
        answer: { body: [{ name: 'A', value: 'b' }] },
    },
    { name: 'getEnvironmentVariables, empty body', run: (n) => n.getEnvironmentVariables(), answer: { body: '' } },
    {
        name: 'getEnvironmentVariables, a login page',
        run: (n) => n.getEnvironmentVariables(),
        answer: { body: '<html>' },
        differs: { 'not-json': true },
    },
    {
        name: 'a number as answer',
        run: (n) => n.getScriptsConfig(),
        answer: { body: stringify(5) },
        differs: { 'not-json': true },
    },
];
