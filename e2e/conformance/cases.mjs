/**
 * What the packages promise on every runtime. Uses nothing but the language, the web's globals and the packages themselves, which are
 * handed in: how they were loaded is the runtime's own affair.
 *
 * @typedef {{ modules: Record<string, any>, nango: any, world: import('../harness/emulator.js').World }} Context
 */

const integration = 'key-api';
const connection = 'k1';

/** @type {Record<string, (context: Context) => Promise<void>>} */
export const cases = {
    async 'names itself and its runtime in the User-Agent'({ nango, world }) {
        match(nango.userAgent, /^@x\/node\/\d+\.\d+\.\d+ \(.+\)/);
        await nango.listIntegrations();
        const { requests } = await control(world, 'GET', 'requests');
        ok(requests.length > 0, 'the emulator has no request');
    },

    async 'makes, changes and deletes an integration'({ nango }) {
        await nango.createIntegration({ provider: 'unauthenticated', unique_key: 'made-here' });
        const { data } = await nango.updateIntegration({ uniqueKey: 'made-here' }, { display_name: 'Changed' });
        equal(data.display_name, 'Changed');
        const answer = await nango.deleteIntegration('made-here');
        equal(answer.status, 200);
        match(answer.headers['content-type'], /json/);
    },

    async 'imports a connection, reads its credentials and deletes it'({ nango }) {
        const id = 'imported';
        await nango.importConnection({
            provider_config_key: integration,
            connection_id: id,
            credentials: { type: 'API_KEY', apiKey: 'another-key' },
        });
        equal((await nango.getConnection(integration, id)).credentials.apiKey, 'another-key');
        equal((await nango.getToken(integration, id)).apiKey ?? (await nango.getToken(integration, id)), 'another-key');
        equal((await nango.deleteConnection(integration, id)).status, 200);
        await fails(nango.getConnection(integration, id), 'NangoNotFoundError');
    },

    async 'keeps ids in their place in the path'({ nango }) {
        for (const id of ['../integrations/key-api', 'a/b', 'a b=c;d~e+f', "it's [x]"]) {
            await nango.importConnection({
                provider_config_key: integration,
                connection_id: id,
                credentials: { type: 'API_KEY', apiKey: 'k' },
            });
            equal((await nango.getConnection(integration, id)).connection_id, id);
            await nango.deleteConnection(integration, id);
        }
        await fails(nango.getConnection(integration, '..'), 'NangoInputError');
        equal((await nango.getIntegration({ uniqueKey: integration })).data.unique_key, integration);
    },

    async 'sets and merges metadata'({ nango }) {
        await nango.setMetadata(integration, connection, { plan: 'pro' });
        await nango.updateMetadata(integration, connection, { size: 'größer' });
        const metadata = await nango.getMetadata(integration, connection);
        equal(metadata.plan, 'pro');
        equal(metadata.size, 'größer');
    },

    async 'lists connections one page at a time'({ nango }) {
        const ids = [];
        for await (const one of nango.iterateConnections({ integrationId: integration })) ids.push(one.connection_id);
        ok(ids.includes(connection), ids.join());
        equal((await nango.listConnections({ userId: 'user-1' })).connections.length, 1);
    },

    async 'shows what went wrong by the class of the error'({ nango, modules }) {
        const error = await fails(nango.getConnection(integration, 'nobody'), 'NangoNotFoundError');
        const { NangoError, NangoApiError } = modules.node;
        ok(error instanceof NangoApiError && NangoError.isInstance(error), 'not a NangoApiError');
        equal(error.status, 404);
        equal(error.response.status, 404);
        equal(error.response.data.error.code, 'not_found');
        ok(Number(error.response.headers['x-ratelimit-limit']) > 0, 'no rate limit headers');
    },

    async 'keeps the key out of errors and of the printed client'({ nango, modules, world }) {
        const apiKey = '99999999-9999-4999-8999-999999999999';
        const client = new modules.node.Nango({ apiKey, host: world.url });
        const error = await fails(client.listIntegrations(), 'NangoAuthenticationError');
        const own = Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, error[name]]));
        for (const text of [String(error), error.stack, JSON.stringify(error), JSON.stringify(own), JSON.stringify(client)])
            ok(!text.includes('9999-9999'), `the key is in ${text}`);
        ok(!JSON.stringify(nango).includes(world.apiKey), 'the key is in the printed client');
    },

    async 'stops at once when the caller aborts'({ nango, world }) {
        const controller = new AbortController();
        const reason = new Error('changed my mind');
        const call = nango.get({ ...target(world), endpoint: '/slow/10000' }, { signal: controller.signal });
        setTimeout(() => controller.abort(reason), 50);
        ok((await rejection(call)) === reason, 'rejected with something else than the reason');
        const before = AbortSignal.abort(reason);
        ok((await rejection(nango.listIntegrations({ signal: before }))) === reason, 'an aborted signal was not noticed');
    },

    async 'gives up after the timeout'({ nango, world }) {
        await fails(
            nango.get({ ...target(world), endpoint: '/slow/10000' }, { timeout: 100, retry: false }),
            'NangoTimeoutError',
        );
    },

    async 'reports a server that is not there as NangoNetworkError'({ modules, world }) {
        const client = new modules.node.Nango({ apiKey: world.apiKey, host: 'http://127.0.0.1:1', retry: false });
        await fails(client.listIntegrations(), 'NangoNetworkError');
    },

    async 'proxies a GET with the credentials of the connection'({ nango, world }) {
        const { data } = await nango.get({
            ...target(world),
            endpoint: '/echo/a%20b',
            params: { page: 2, tag: ['x', 'y z'] },
            headers: { 'x-custom': 'mine' },
        });
        equal(data.method, 'GET');
        equal(data.authorization, 'Bearer secret-key');
        equal(data.custom, 'mine');
        equal(data.path, '/echo/a%20b');
        ok(JSON.stringify(data.query).includes('y z') && JSON.stringify(data.query).includes('"x"'), JSON.stringify(data.query));
    },

    async 'proxies JSON with every verb'({ nango, world }) {
        for (const verb of ['post', 'put', 'patch', 'delete']) {
            const { data, status } = await nango[verb]({ ...target(world), endpoint: '/echo', data: { text: 'grüße' } });
            equal(status, 200);
            equal(data.method, verb.toUpperCase());
            equal(new TextDecoder().decode(fromBase64(data.base64)), '{"text":"grüße"}');
        }
    },

    async 'proxies bytes in both directions'({ nango, world }) {
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
        const sent = await nango.post({
            ...target(world),
            endpoint: '/echo',
            data: bytes,
            headers: { 'content-type': 'application/octet-stream' },
        });
        equal(fromBase64(sent.data.base64).join(), bytes.join());
        const { data } = await nango.get({ ...target(world), endpoint: '/bytes', responseType: 'arraybuffer' });
        equal(new Uint8Array(data.buffer ? data : data).join(), bytes.join());
    },

    async 'uploads a form with a file'({ nango, world }) {
        const form = new FormData();
        form.set('title', 'notes');
        form.set('file', new Blob(['file content'], { type: 'text/plain' }), 'notes.txt');
        const { data } = await nango.post({ ...target(world), endpoint: '/echo', data: form });
        const text = new TextDecoder().decode(fromBase64(data.base64));
        match(data.contentType, /^multipart\/form-data; ?boundary=/);
        ok(text.includes('filename="notes.txt"') && text.includes('file content') && text.includes('name="title"'), text);
    },

    async 'streams an answer'({ nango, world }) {
        const { data } = await nango.get({ ...target(world), endpoint: '/stream/20', responseType: 'stream' });
        let text = '';
        const decoder = new TextDecoder();
        // Node's own streams on Node, web streams elsewhere.
        if (typeof data.getReader === 'function') {
            const reader = data.getReader();
            for (let part = await reader.read(); !part.done; part = await reader.read())
                text += decoder.decode(part.value, { stream: true });
        } else for await (const chunk of data) text += decoder.decode(chunk, { stream: true });
        ok(text.startsWith('chunk 0\n') && text.endsWith('chunk 19\n'), text);
    },

    async "distinguishes the provider's failure from Nango's"({ nango, world }) {
        const error = await fails(nango.get({ ...target(world), endpoint: '/status/418' }), 'NangoProviderError');
        equal(error.status, 418);
        equal(error.response.data.problem, 'asked for');
    },

    async 'reads records page by page, and all of them in a loop'({ nango }) {
        const key = { providerConfigKey: integration, connectionId: connection, model: 'Contact' };
        const page = await nango.listRecords({ ...key, limit: 10 });
        equal(page.records.length, 10);
        ok(page.next_cursor, 'no cursor');
        const ids = new Set();
        for await (const record of nango.iterateRecords({ ...key, pageSize: 10 })) ids.add(record.id);
        equal(ids.size, 25);
    },

    async 'commands syncs and reads their status'({ nango }) {
        await nango.triggerSync(integration, ['contacts'], connection);
        const { syncs } = await nango.syncStatus(integration, '*', connection);
        equal(syncs[0].name, 'contacts');
        await nango.updateSyncConnectionFrequency(integration, 'contacts', connection, 'every 2h');
    },

    async 'runs an action, at once and later'({ nango }) {
        const input = { name: 'Ada' };
        equal((await nango.triggerAction(integration, connection, 'greet', input)).greeting, 'hello Ada');
        const queued = await nango.triggerActionAsync(integration, connection, 'greet', input);
        const result = await nango.waitForActionResult(queued, { interval: 50, timeout: 20_000 });
        equal(result.greeting, 'hello Ada');
    },

    async 'makes a connect session'({ nango }) {
        const { data } = await nango.createConnectSession({ end_user: { id: 'user-2' }, allowed_integrations: [integration] });
        match(data.token, /^nango_connect_session_/);
    },

    async 'reads providers, scripts and environment variables'({ nango }) {
        ok((await nango.listProviders({ search: 'github' })).data.length > 0, 'no provider');
        ok(Array.isArray(await nango.getScriptsConfig()), 'scripts config is no array');
        equal((await nango.getEnvironmentVariables())[0].value, 'eu');
    },

    async 'repeats a read that the server could not answer'({ nango, world }) {
        await control(world, 'POST', 'faults', { type: 'status', status: 503, operation: 'getConnection', times: 1 });
        equal((await nango.getConnection(integration, connection)).connection_id, connection);
    },

    async 'waits as long as the server says, or fails fast'({ modules, world }) {
        const { apiKey, url: host } = world;
        // With a gate of its own: the wait is not to hold up the other cases.
        const nango = new modules.node.Nango({ apiKey, host, rateLimit: { isolated: true } });
        await control(world, 'POST', 'faults', { type: 'rate-limit', retryAfter: 1, operation: 'listIntegrations', times: 1 });
        const start = Date.now();
        await nango.listIntegrations();
        ok(Date.now() - start >= 1000, `came back after ${Date.now() - start} ms`);
        await control(world, 'POST', 'faults', { type: 'rate-limit', retryAfter: 30, operation: 'getIntegration', times: 1 });
        const error = await fails(
            nango.getIntegration({ uniqueKey: integration }, {}, { rateLimit: { maxWait: 0 } }),
            'NangoRateLimitError',
        );
        ok(error.retryAfter >= 1, `retryAfter is ${error.retryAfter}`);
    },

    async 'verifies, parses and refuses webhooks'({ nango, modules, world }) {
        const { signWebhook, parseWebhook } = modules.webhooks;
        const body = {
            type: 'sync',
            from: 'nango',
            connectionId: connection,
            providerConfigKey: integration,
            syncName: 'contacts',
            syncVariant: 'base',
            model: 'Contact',
            syncType: 'INCREMENTAL',
            modifiedAfter: '2026-01-01T00:00:00.000Z',
            success: true,
            responseResults: { added: 1, updated: 0, deleted: 0 },
        };
        const signed = signWebhook(body, { signingKey: world.webhookSigningKey });
        ok(nango.verifyIncomingWebhookRequest(signed.body, signed.headers), 'a valid signature was refused');
        ok(!nango.verifyIncomingWebhookRequest(`${signed.body} `, signed.headers), 'a changed body was accepted');
        ok(nango.verifyIncomingWebhookRequest(signed.body, new Headers(signed.headers)), 'Headers were not read');
        equal(parseWebhook(signed.body, signed.headers, { signingKey: world.webhookSigningKey }).type, 'sync');
    },

    async 'works as single packages that share one client'({ nango, modules, world }) {
        const options = { apiKey: world.apiKey, host: world.url };
        const alone = new modules.connections.Connections(options);
        equal((await alone.getConnection(integration, connection)).connection_id, connection);
        match(alone.userAgent, /^@x\/connections\//);
        const records = new modules.syncs.Records(nango);
        equal(
            (await records.listRecords({ providerConfigKey: integration, connectionId: connection, model: 'Contact' })).records
                .length,
            25,
        );
        for (const [name, exported] of [
            ['actions', 'Actions'],
            ['connect', 'ConnectSessions'],
            ['integrations', 'Integrations'],
            ['proxy', 'ProxyCalls'],
        ])
            ok(new modules[name][exported](options), `${name} exports no ${exported}`);
    },

    async 'takes a fetch of the caller'({ modules, world }) {
        let calls = 0;
        const client = new modules.node.Nango({
            apiKey: world.apiKey,
            host: world.url,
            fetch: (...args) => {
                calls++;
                return fetch(...args);
            },
        });
        await client.listIntegrations();
        equal(calls, 1);
    },
};

const target = (world) => ({ providerConfigKey: integration, connectionId: connection, baseUrlOverride: world.upstream });

async function control(world, method, path, body) {
    const response = await fetch(`${world.url}/_emulator/${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    ok(response.ok, `_emulator/${path}: ${response.status}`);
    return response.json();
}

function ok(value, message) {
    if (!value) throw new Error(message);
}

function equal(actual, expected) {
    ok(Object.is(actual, expected), `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

function match(text, pattern) {
    ok(pattern.test(text), `${JSON.stringify(text)} does not match ${pattern}`);
}

async function rejection(promise) {
    try {
        await promise;
    } catch (error) {
        return error;
    }
    throw new Error('it did not fail');
}

async function fails(promise, name) {
    const error = await rejection(promise);
    ok(error.name === name, `expected ${name}, got ${error.name}: ${error.message}`);
    return error;
}

function fromBase64(text) {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
