import { describe, expect, test } from 'vitest';
import { createEmulator, EmulatorControl, type Seed } from '../src/index.js';
import { scene, setScene } from './support/scene.js';

const refused = async (call: (control: EmulatorControl) => Promise<unknown>) => {
    const error = await call(setScene().emulator.control).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    return (error as Error).message;
};
const octo = { providerConfigKey: 'github', connectionId: 'octo' };
/** What a developer without a type check may write. */
const js = <T>(value: unknown) => value as T;

describe('an unknown name in a seed is refused with its path and the nearest known one', () => {
    const github = { provider: 'github', unique_key: 'github' };
    const connection = { provider_config_key: 'github', connection_id: 'a', credentials: { type: 'NONE' } };
    test.each<[object, string]>([
        [{ conections: [] }, 'conections: unknown option "conections"; did you mean connections?'],
        [{ environment: { webhok_url: 'x' } }, 'environment.webhok_url: unknown option "webhok_url"; did you mean webhook_url?'],
        [
            { environment: { webhooks: { on_auth: true } } },
            'environment.webhooks.on_auth: unknown option "on_auth"; did you mean on_auth_creation?',
        ],
        [
            { environment: { plan: { conections: 1 } } },
            'environment.plan.conections: unknown option "conections"; did you mean connections?',
        ],
        [{ keys: [{ scope: [] }] }, 'keys.0.scope: unknown option "scope"; did you mean scopes?'],
        [
            {
                integrations: [
                    { provider: 'github', unique_key: 'g', credentials: { type: 'OAUTH2', client_ID: 'a', clientsecret: 'b' } },
                ],
            },
            'integrations.0.credentials.clientsecret: unknown option "clientsecret"; did you mean client_secret?',
        ],
        [
            { connections: [{ ...connection, metdata: {} }] },
            'connections.0.metdata: unknown option "metdata"; did you mean metadata?',
        ],
        [
            { connections: [{ ...connection, end_user: { id: 'u', mail: 'a@b.ch' } }] },
            'connections.0.end_user.mail: unknown option "mail"; did you mean email?',
        ],
        [
            { connections: [{ ...connection, credentials: { type: 'API_KEY', apikey: 'k' } }] },
            'connections.0.credentials.apikey: unknown option "apikey"; did you mean apiKey?',
        ],
        [
            { connections: [{ ...connection, credentials: { type: 'OAUTH2', acces_token: 'k' } }] },
            'connections.0.credentials.acces_token: unknown option "acces_token"; did you mean access_token?',
        ],
        [
            { functions: [{ integration: 'github', type: 'sync', name: 's', frequenzy: '1h' }] },
            'functions.0.frequenzy: unknown option "frequenzy"; did you mean frequency?',
        ],
        [
            { functions: [{ integration: 'github', type: 'snyc', name: 's' }] },
            'functions.0.type: there is no "snyc"; did you mean sync?',
        ],
        [
            { integrations: [{ provider: 'gihtub', unique_key: 'g' }] },
            'integrations.0.provider: no provider "gihtub"; did you mean github?',
        ],
        [
            { environment: { webhookUrl: 'http://a.example', webhook_url: 'http://b.example' } },
            'environment.webhookUrl: is there twice, also as webhook_url',
        ],
        [{ connections: new Map() }, 'connections: '],
        [
            { integrations: [github], connections: [{ ...connection, provider_config_key: 'gihtub' }] },
            'no integration "gihtub"; did you mean github?',
        ],
        [{ connections: [{ ...connection, credentials: null }] }, 'connections.0.credentials: Invalid input: expected object'],
        [{ connections: [{ ...connection, credentials: { type: 'API_KEY', apiKey: 5 } }] }, 'connections.0.credentials.apiKey: '],
        [
            { connections: [{ ...connection, credentials: { type: 'OAUTH2', access_token: 'a', expires_at: 'soon' } }] },
            'connections.0.credentials.expires_at: must be a time',
        ],
        [
            { connections: [{ ...connection, credentials: { type: 'OAUTH2', accessToken: 5 } }] },
            'connections.0.credentials.access_token: Invalid input: expected string',
        ],
        [{ connections: [connection, connection] }, 'connections.1: is there twice, also as connections.0'],
        [
            { integrations: Array(2).fill({ provider: 'github', unique_key: 'g' }) },
            'integrations.1: is there twice, also as integrations.0',
        ],
        [{ functions: Array(2).fill({ integration: 'github', type: 'action', name: 'a' }) }, 'functions.1: is there twice'],
        [
            { integrations: [github], functions: [{ integration: 'gihtub', type: 'action', name: 'a' }] },
            'no integration "gihtub"; did you mean github?',
        ],
        [
            { functions: [{ integration: 'github', type: 'sync', name: 's', frequency: 'hourly' }] },
            'functions.0.frequency: is none',
        ],
        [
            { functions: [{ integration: 'github', type: 'sync', name: 's', frequency: '1s' }] },
            'may not be shorter than 30 seconds',
        ],
        [
            { functions: [{ integration: 'github', type: 'sync', name: 's', output: 1 }] },
            'output: is of a function of type action',
        ],
        [
            { functions: [{ integration: 'github', type: 'action', name: 'a', records: [] }] },
            'records: is of a function of type sync',
        ],
        [{ functions: [{ integration: 'github', type: 'sync', name: 's', records: [{ id: 1 }] }] }, 'returns: is missing'],
        [{ functions: [{ integration: 'github', type: 'on-event', name: 'e' }] }, 'event: is missing'],
        [{ environment: { webhook_url: 'ftp://a.example' } }, 'environment.webhook_url: must be an address such as http://'],
        [{ environment: { shared_credentials: ['githb'] } }, 'no provider "githb"; did you mean github?'],
        [{ keys: [{ scopes: ['connections:read'] }] }, 'keys.0.scopes.0: a scope begins with environment: or account:'],
        [
            { records: [{ provider_config_key: 'github', connection_id: 'octo', model: 'A1', save: [{ id: null }] }] },
            'save.0.id: Invalid input: expected string or number',
        ],
    ])('%j', async (seed, message) => {
        const { emulator } = setScene();
        await expect(emulator.control.seed(js(seed))).rejects.toThrow(message);
        expect(() => createEmulator({ seed: js(seed) })).toThrow(message);
    });

    test('values of metadata, records and credentials of rarer kinds are free', () => {
        const credentials = { type: 'JWT', anything: 1 } as const;
        const metadata = { apikey: 1, provider_config: 2 };
        createEmulator({
            seed: {
                ...scene,
                connections: [{ provider_config_key: 'none', connection_id: 'x', credentials, metadata }],
                records: [
                    { provider_config_key: 'none', connection_id: 'x', model: 'Any', save: [{ id: 1, ids: 2, connectionId: 3 }] },
                ],
            },
        });
    });
});

describe('an unknown name in a control call is refused', () => {
    test.each<[string, (control: EmulatorControl) => Promise<unknown>]>([
        ['unknown option "webhok_url"; did you mean webhook_url?', (c) => c.settings(js({ webhok_url: 'x' }))],
        ['webhooks.on_sync: unknown option "on_sync"; did you mean ', (c) => c.settings(js({ webhooks: { on_sync: true } }))],
        ['unknown option "scope"; did you mean scopes?', (c) => c.key(js({ scope: [] }))],
        [
            'unknown option "sav"; did you mean save?',
            (c) => c.records(js({ providerConfigKey: 'github', connectionId: 'octo', model: 'Issue', sav: [] })),
        ],
        [
            'unknown option "outputs"; did you mean output?',
            (c) => c.deploy(js({ integration: 'github', type: 'action', name: 'a', outputs: 1 })),
        ],
        [
            'unknown option "integration"; did you mean integrationId?',
            (c) => c.connect(js({ token: 't', integration: 'github' })),
        ],
        [
            'unknown option "credential"; did you mean credentials?',
            (c) => c.connect(js({ token: 't', integrationId: 'x', credential: {} })),
        ],
        [
            'unknown option "connection"; did you mean connectionId?',
            (c) => c.failRefresh(js({ providerConfigKey: 'github', connection: 'octo' })),
        ],
        [
            'unknown option "providerConfig"; did you mean providerConfigKey?',
            (c) => c.sendWebhook({ type: 'x' }, js({ providerConfig: 'github', connectionId: 'octo' })),
        ],
        ['unknown option "retryafter"; did you mean retryAfter?', (c) => c.fault(js({ type: 'rate-limit', retryafter: 1 }))],
        ['type: there is no "latancy"; did you mean latency?', (c) => c.fault(js({ type: 'latancy', ms: 1 }))],
        ['rate_limit.limt: unknown option "limt"; did you mean limit?', (c) => c.rateLimit(js({ limt: 1, windowMs: 1 }))],
        ['rate_limit: ', (c) => c.rateLimit(js(undefined))],
        ['shared_credentials: no provider "githb"; did you mean github?', (c) => c.settings({ shared_credentials: ['githb'] })],
        [
            'integration: no integration "gihtub"; did you mean github?',
            (c) => c.deploy({ integration: 'gihtub', type: 'action', name: 'a' }),
        ],
        ['webhook_url: must be an address', (c) => c.settings({ webhook_url: 'ftp://a.example' })],
        ['a scope begins with environment: or account:', (c) => c.key({ scopes: ['connections'] })],
        ['rate_limit: must be a number of requests a minute', (c) => c.rateLimit(js('5'))],
        ['fail: Invalid input: expected boolean or number', (c) => c.failRefresh(octo, js('yes'))],
        ['failRefresh takes an object such as { providerConfigKey, connectionId }', (c) => c.failRefresh(js('octo'))],
        ['failRefresh takes an object', (c) => c.failRefresh(js(null))],
        ['failRefresh: unknown option "fail"', (c) => c.failRefresh(js({ ...octo, fail: false }))],
        ['sendWebhook takes an object', (c) => c.sendWebhook({ type: 'x' }, js(null))],
        ['sendWebhook: unknown option "body"', (c) => c.sendWebhook({ type: 'x' }, js({ body: {} }))],
        [
            'sendWebhook: providerConfigKey and connectionId are missing',
            (c) => c.sendWebhook({ type: 'x' }, js({ connectionId: undefined })),
        ],
        ['a connection has both', (c) => c.sendWebhook({ type: 'x' }, js({ connectionId: 'octo' }))],
        ['waitForRequest takes an object', (c) => c.waitForRequest(js(null))],
        ['waitForDelivery takes an object', (c) => c.waitForDelivery(js('sync'))],
        ['removeFault takes an id', (c) => c.removeFault('')],
        ['removeFault takes an id', (c) => c.removeFault(js(undefined))],
        ['redeliver takes an id', (c) => c.redeliver('')],
        ['a body is missing', (c) => c.seed(js(undefined))],
        ['a body is missing', (c) => c.fault(js(undefined))],
        ['body: an answer of this status has no body', (c) => c.fault({ type: 'status', status: 204, body: {} })],
        ['headers.x y: is no header', (c) => c.fault({ type: 'status', status: 500, headers: { 'x y': '1' } })],
        ['headers.x: is no header', (c) => c.fault({ type: 'status', status: 500, headers: { x: 'a\nb' } })],
        ['faults do not strike the control surface', (c) => c.fault({ type: 'reset', path: '/_emulator/*' })],
        ['method: post is never a GET; it is a POST', (c) => c.fault({ type: 'reset', operation: 'post', method: 'GET' })],
        [
            'method: triggerSync is never a GET; it is a POST',
            (c) => c.fault({ type: 'reset', operation: 'triggerSync', method: 'get' }),
        ],
        ['stray-percent strikes proxied requests only', (c) => c.fault({ type: 'stray-percent', operation: 'getToken' })],
        ['needs one of freeze, resume and advance', (c) => c.advance(js(undefined))],
        ['freeze: that is no time', (c) => c.freeze(js(null))],
        ['freeze: that is no time', (c) => c.freeze(js(true))],
        ['freeze: that is no time', (c) => c.freeze('tomorrow')],
        ['seconds: ', (c) => c.restart(js(undefined))],
    ])('%s', async (message, call) => {
        expect(await refused(call)).toContain(message);
    });

    test.each([
        ['POST', '/_emulator/reset', '{"keep":"faults"}', 'this call takes no body'],
        ['POST', '/_emulator/settle', '{"ms":1}', 'this call takes no body'],
        ['DELETE', '/_emulator/faults', '{"id":"fault-1"}', 'this call takes no body'],
        ['POST', '/_emulator/clock', '{"freeze":true,"resume":true}', 'freeze and resume exclude each other'],
        ['POST', '/_emulator/keys', undefined, 'a body is missing: send JSON'],
    ])('over HTTP: %s %s %s', async (method, path, body, message) => {
        const { emulator } = setScene();
        const answer = await emulator.fetch(path, {
            method,
            ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
        });
        expect(answer.status).toBe(400);
        expect(await answer.text()).toContain(message);
    });

    test.each<[string, unknown[]]>([
        ['The sync s needs a function `run`', ['github', 's', { model: 'Issue', run: 5 }]],
        ['The sync s needs a definition', ['github', 's', null]],
        ['The sync s needs a definition', ['github', 's']],
        ['The sync s needs the id of an integration', [null, 's', { model: 'Issue', run: () => [] }]],
    ])('a definition that can not be run: %s', (message, given) => {
        const { emulator } = setScene();
        expect(() => emulator.defineSync(...js<Parameters<typeof emulator.defineSync>>(given))).toThrow(message);
    });

    test.each<[string, unknown[]]>([
        ['The action a needs a function `run`', ['github', 'a', {}]],
        ['The action a needs a definition', ['github', 'a', null]],
        ['The action a needs a definition', ['github', 'a', 5]],
        ['The action a needs the id of an integration', ['', 'a', () => 1]],
    ])('nor an action: %s', (message, given) => {
        const { emulator } = setScene();
        expect(() => emulator.defineAction(...js<Parameters<typeof emulator.defineAction>>(given))).toThrow(message);
    });

    test('a control without an emulator says where it looked', async () => {
        await expect(new EmulatorControl('http://127.0.0.1:1').reset()).rejects.toThrow(
            'The emulator at http://127.0.0.1:1 could not be reached',
        );
        expect(() => new EmulatorControl('localhost:3003')).toThrow('url must be an address such as http://127.0.0.1:3003');
    });

    test('what is missing is named in the words of the call', async () => {
        expect(await refused((control) => control.failRefresh(js({ providerConfigKey: 1 })))).toMatch(
            /providerConfigKey: .*connectionId: /,
        );
        expect(await refused((control) => control.connect(js({ token: 't' })))).toMatch(/^integrationId: /);
    });

    test('over HTTP alone, too, and a route that is none is no page', async () => {
        const { emulator } = setScene();
        const send = async (method: string, path: string, body?: object) => {
            const headers = { 'Content-Type': 'application/json' };
            const init = body ? { headers, body: JSON.stringify(body) } : {};
            const answer = await emulator.fetch(path, { method, ...init });
            return { status: answer.status, body: (await answer.json()) as { error: { message?: string; errors?: object[] } } };
        };
        expect(await send('PATCH', '/_emulator/settings', { webhok_url: 'x' })).toMatchObject({
            status: 400,
            body: {
                error: { errors: [{ path: ['webhok_url'], message: 'unknown option "webhok_url"; did you mean webhook_url?' }] },
            },
        });
        expect(await send('POST', '/_emulator/fault', { type: 'reset' })).toMatchObject({
            status: 404,
            body: { error: { message: 'There is no POST /_emulator/fault; did you mean /_emulator/faults?' } },
        });
        expect((await send('GET', '/_emulator/request')).body.error.message).toContain('did you mean /_emulator/requests?');
        expect((await send('PUT', '/_emulator/settings', {})).body.error.message).toBe(
            'There is no PUT /_emulator/settings; there is PATCH.',
        );
    });
});

describe('both spellings of a name are taken', () => {
    test('in a seed', async () => {
        const seed = {
            environment: { webhookSigningKey: 'sign', isProduction: true },
            integrations: [
                { provider: 'github', uniqueKey: 'gh', credentials: { type: 'OAUTH2', clientId: 'a', clientSecret: 'b' } },
            ],
            connections: [
                {
                    providerConfigKey: 'gh',
                    connectionId: 'c',
                    credentials: { type: 'OAUTH2', accessToken: 'at', api_key: 'more' },
                    endUser: { id: 'u', displayName: 'U' },
                    metadata: { keepThis: 1, and_this: 2 },
                },
            ],
        };
        const { control } = createEmulator({ seed: js<Seed>(seed) });
        const { store } = await control.snapshot();
        expect(store.environments[0]).toMatchObject({
            settings: { webhookSigningKey: 'sign', isProduction: true },
            integrations: [{ uniqueKey: 'gh', credentials: { client_id: 'a', client_secret: 'b' } }],
            connections: [
                {
                    connectionId: 'c',
                    credentials: { access_token: 'at', api_key: 'more' },
                    metadata: { keepThis: 1, and_this: 2 },
                },
            ],
        });
    });

    test('in control calls', async () => {
        const { emulator, call } = setScene();
        const { control } = emulator;
        await control.failRefresh({ provider_config_key: 'github', connection_id: 'octo' });
        expect((await call('GET', '/connections/octo?provider_config_key=github&force_refresh=true')).status).toBe(400);
        await control.settings(js({ callbackUrl: 'http://a.example/back', rateLimit: 7 }));
        expect((await call('GET', '/connections')).headers.get('x-ratelimit-limit')).toBe('7');
        await control.rateLimit(js({ limit: 8, window_ms: 1000 }));
        expect((await call('GET', '/connections')).headers.get('x-ratelimit-limit')).toBe('8');
        expect((await control.fault(js({ type: 'rate-limit', retry_after: 3 }))).fault).toEqual({
            type: 'rate-limit',
            retryAfter: 3,
        });
        expect(
            await control.records(js({ providerConfigKey: 'github', connectionId: 'octo', model: 'Issue', save: [{ id: 1 }] })),
        ).toMatchObject({ added: 1 });
        const headers = { 'Content-Type': 'application/json' };
        const body = JSON.stringify({ provider_config_key: 'github', connection_id: 'octo', fail: false });
        expect((await emulator.fetch('/_emulator/refresh', { method: 'POST', headers, body })).status).toBe(200);
    });
});
