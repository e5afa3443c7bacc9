import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Nango, NangoInputError } from '../src/index.js';
import { type Answer, type RecordedRequest, type RecordingServer, startRecordingServer } from './recording-server.js';

/** Rows `older-forms` and `secret-key-warns` of docs/migration.md. */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const integration = {
    unique_key: 'github-dev',
    provider: 'github',
    display_name: 'GitHub',
    logo: '',
    forward_webhooks: true,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
};
const credentials = { type: 'OAUTH2', client_id: 'id', client_secret: 'sec', scopes: 'a,b', webhook_secret: null };

let server: RecordingServer;
let nango: Nango;
let warnings: string[];
beforeEach(async () => {
    server = await startRecordingServer();
    forgetWarnings();
    warnings = [];
    vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
    nango = new Nango({ apiKey, host: server.url, retry: false, rateLimit: false });
});
afterEach(() => server.close());

const seen = () =>
    server.requests.map(({ method, path, query, body }) => [method, path, query.flat().join('='), body && JSON.parse(body)]);
const provider =
    (auth_mode: string) =>
    (request: RecordedRequest): Answer =>
        request.path.startsWith('/providers/')
            ? { body: { data: { name: 'github', auth_mode } } }
            : { body: { data: integration } };

test('getIntegration(id) gives config and data', async () => {
    server.answer(() => ({ body: { data: integration } }));
    const result = await nango.getIntegration('github-dev');
    expect(result.data).toEqual(integration);
    expect(result.config).toEqual({ unique_key: 'github-dev', provider: 'github', syncs: [], actions: [] });
    expect(seen()).toEqual([['GET', '/integrations/github-dev', '', '']]);
});

test('getIntegration(id, true) gives the credentials in config', async () => {
    server.answer(() => ({ body: { data: { ...integration, credentials } } }));
    const { config } = await nango.getIntegration('github-dev', true);
    expect(config).toMatchObject({ auth_mode: 'OAUTH2', client_id: 'id', client_secret: 'sec', scopes: 'a,b' });
    expect(seen()).toEqual([['GET', '/integrations/github-dev', 'include=credentials', '']]);
});

test.each([
    [
        'OAUTH2',
        { oauth_client_id: 'id', oauth_client_secret: 'sec', oauth_scopes: 'a,b' },
        { type: 'OAUTH2', client_id: 'id', client_secret: 'sec', scopes: 'a,b' },
    ],
    ['OAUTH1', { oauth_client_id: 'id', oauth_client_secret: 'sec' }, { type: 'OAUTH1', client_id: 'id', client_secret: 'sec' }],
    ['APP', { app_id: '1', app_link: 'l', private_key: 'k' }, { type: 'APP', app_id: '1', app_link: 'l', private_key: 'k' }],
    [
        'APP',
        { oauth_client_id: '1', oauth_client_secret: 'k', app_link: 'l' },
        { type: 'APP', app_id: '1', app_link: 'l', private_key: 'k' },
    ],
    [
        'CUSTOM',
        { oauth_client_id: 'id', oauth_client_secret: 'sec', app_id: '1', app_link: 'l', private_key: 'k' },
        { type: 'CUSTOM', client_id: 'id', client_secret: 'sec', app_id: '1', app_link: 'l', private_key: 'k' },
    ],
])('createIntegration(provider, id, credentials) takes the type from the provider: %s', async (mode, old, today) => {
    server.answer(provider(mode));
    const { config, data } = await nango.createIntegration('github', 'github-dev', old);
    expect(config.unique_key).toBe('github-dev');
    expect(data).toEqual(integration);
    expect(seen()).toEqual([
        ['GET', '/providers/github', '', ''],
        ['POST', '/integrations', '', { provider: 'github', unique_key: 'github-dev', credentials: today }],
    ]);
});

test.each(['createIntegration', 'updateIntegration'] as const)(
    '%s with credentials is refused before anything is changed, where the provider takes none',
    async (method) => {
        server.answer(provider('API_KEY'));
        const failure = await (nango[method] as typeof nango.createIntegration)('github', 'github-dev', {
            oauth_client_id: 'a',
            oauth_client_secret: 'b',
        }).catch((error) => error);
        expect(failure).toBeInstanceOf(NangoInputError);
        expect(failure).toMatchObject({
            operation: method,
            parameter: 'credentials',
            message: `${method}: an integration of auth mode API_KEY takes no \`credentials\`; leave the argument out`,
        });
        expect(server.requests.map((request) => request.method)).not.toContain(method.startsWith('c') ? 'POST' : 'PATCH');
    },
);

test("createIntegration(provider, id) on an OAuth provider is the server's 400, with a hint", async () => {
    server.answer(() => ({ status: 400, body: { error: { code: 'invalid_body', message: 'Missing credentials' } } }));
    const failure = await nango.createIntegration('github', 'github-dev').catch((error) => error);
    expect(failure.response).toMatchObject({ status: 400, data: { error: { code: 'invalid_body' } } });
    expect(failure.message).toContain('Missing credentials');
    expect(failure.message).toContain('credentials: { type, client_id, client_secret }');
    expect(seen()).toEqual([['POST', '/integrations', '', { provider: 'github', unique_key: 'github-dev' }]]);
});

test('updateIntegration(provider, id, credentials) changes the credentials', async () => {
    server.answer(provider('OAUTH2'));
    const { config } = await nango.updateIntegration('github', 'github-dev', {
        oauth_client_id: 'id',
        oauth_client_secret: 'sec',
    });
    expect(config.provider).toBe('github');
    expect(seen()).toEqual([
        ['GET', '/integrations/github-dev', '', ''],
        ['GET', '/providers/github', '', ''],
        ['PATCH', '/integrations/github-dev', '', { credentials: { type: 'OAUTH2', client_id: 'id', client_secret: 'sec' } }],
    ]);
});

test('updateIntegration with another provider is refused before it is sent', async () => {
    server.answer(provider('OAUTH2'));
    await expect(nango.updateIntegration('gitlab', 'github-dev')).rejects.toThrow('provider is "github"');
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
});

test("today's forms neither warn nor ask for more", async () => {
    server.answer(() => ({ body: { data: integration } }));
    expect(await nango.getIntegration({ uniqueKey: 'github-dev' })).toEqual({ data: integration });
    expect(await nango.createIntegration({ provider: 'github', unique_key: 'github-dev' })).toEqual({ data: integration });
    expect(await nango.updateIntegration({ uniqueKey: 'github-dev' }, {})).toEqual({ data: integration });
    expect(server.requests).toHaveLength(3);
    expect(warnings).toEqual([]);
});

test('each older form warns once a process, and names what to use', async () => {
    server.answer(provider('OAUTH2'));
    for (const _ of [1, 2]) {
        await nango.getIntegration('a');
        await nango.createIntegration('github', 'a');
        await nango.updateIntegration('github', 'a');
        await nango.listConnections('c1');
        await nango.triggerSync('github', ['a'], 'c1', true);
        nango.verifyWebhookSignature('s', {});
        new Nango({ secretKey: apiKey });
    }
    expect(warnings.map((warning) => warning.slice(0, 24)).sort()).toEqual(
        [
            'createIntegration(provid',
            'getIntegration(id, inclu',
            'listConnections(connecti',
            'triggerSync: true as fou',
            'updateIntegration(provid',
            'verifyWebhookSignature()',
        ].sort(),
    );
});

test('wrong arguments of an older form reject, and nothing is sent', async () => {
    await expect(nango.getIntegration('')).rejects.toBeInstanceOf(NangoInputError);
    await expect(nango.createIntegration('github', '')).rejects.toBeInstanceOf(NangoInputError);
    await expect(nango.updateIntegration('github', undefined as never)).rejects.toBeInstanceOf(NangoInputError);
    expect(server.requests).toEqual([]);
});

/** The registry of warnings lasts as long as the process; here, as long as a test. */
function forgetWarnings(): void {
    for (const key of Object.getOwnPropertySymbols(globalThis)) {
        if (String(key.description).startsWith('nango.warned')) delete (globalThis as Record<symbol, unknown>)[key];
    }
}
