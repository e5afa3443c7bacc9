import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { type RunningEmulator, startEmulator } from '@x/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Nango, NangoError, signWebhook } from '../src/index.js';

/**
 * Every call of the vendor's reference page for its backend SDK, as it is printed there, against the emulator.
 * Also row `error-classes` of docs/migration.md.
 */

let emulator: RunningEmulator;
let upstream: Server;
let origin: string;
let nango: Nango;

beforeAll(async () => {
    upstream = createServer((request, response) => {
        if (request.url === '/file') {
            // Chunked, so that it is passed on as a stream (contract 14.3).
            response.writeHead(200, { 'content-type': 'application/octet-stream' });
            response.write('first,');
            response.end('second');
            return;
        }
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ method: request.method, url: request.url }));
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    emulator = await startEmulator({ port: 0, upstreams: [origin], rateLimit: 10_000 });
    nango = new Nango({ secretKey: emulator.apiKey, host: emulator.url, webhookSigningKey: emulator.webhookSigningKey });
});
afterAll(async () => {
    await emulator.close();
    upstream.close();
});

// The page's placeholders are not ids that the API accepts (contract 4): `<` and `>` are no letters of an id.
const integration = 'INTEGRATION-ID';
const CONNECTION = 'CONNECTION-ID';

describe('as printed', () => {
    beforeAll(async () => {
        emulator.defineSync(integration, 'SYNC_NAME1', { model: 'Model', run: () => [{ id: '1', title: 'a' }] });
        emulator.defineSync(integration, 'SYNC_NAME2', { model: 'Other', run: () => [{ id: '2' }] });
        emulator.defineAction(integration, 'ACTION-NAME', (input: object) => ({ got: input }));
    });

    test('create an integration', async () => {
        // The page passes two arguments; the server wants the app of an OAuth provider.
        const hint = await nango.createIntegration('github', integration).catch((error) => error);
        expect(hint.response.status).toBe(400);
        expect(hint.message).toContain('credentials');
        const { config } = await nango.createIntegration('github', integration, {
            oauth_client_id: 'id',
            oauth_client_secret: 'secret',
            oauth_scopes: 'repo',
        });
        expect(config).toMatchObject({ unique_key: integration, provider: 'github' });
        // A provider without OAuth takes the two arguments as they are printed.
        expect((await nango.createIntegration('unauthenticated', 'plain')).config.provider).toBe('unauthenticated');
    });

    test('update an integration', async () => {
        const { config } = await nango.updateIntegration('github', integration);
        expect(config.unique_key).toBe(integration);
    });

    test('list integrations, get one in both forms', async () => {
        const { configs } = await nango.listIntegrations();
        expect(configs.map(({ unique_key }) => unique_key)).toContain(integration);
        expect((await nango.getIntegration({ uniqueKey: integration })).data.provider).toBe('github');
        // Deprecated
        expect((await nango.getIntegration(integration)).config.provider).toBe('github');
    });

    test('list providers, get one', async () => {
        expect((await nango.listProviders()).data.length).toBeGreaterThan(3);
        expect((await nango.getProvider({ provider: 'github' })).data.auth_mode).toBe('OAUTH2');
    });

    test('list connections, get one', async () => {
        for (const connection_id of [CONNECTION, 'CONNECTION-ID-TWO']) {
            await nango.importConnection({
                provider_config_key: integration,
                connection_id,
                credentials: { type: 'OAUTH2', access_token: 'token' },
            });
        }
        expect((await nango.listConnections()).connections).toHaveLength(2);
        const connection = await nango.getConnection(integration, CONNECTION);
        expect(connection.credentials).toMatchObject({ type: 'OAUTH2', access_token: 'token' });
    });

    test('metadata', async () => {
        await nango.setMetadata(integration, CONNECTION, { CUSTOM_KEY1: 'CUSTOM_VALUE1' });
        await nango.setMetadata(integration, [CONNECTION, 'CONNECTION-ID-TWO'], { CUSTOM_KEY1: 'CUSTOM_VALUE1' });
        await nango.updateMetadata(integration, CONNECTION, { CUSTOM_KEY2: 'CUSTOM_VALUE2' });
        await nango.updateMetadata(integration, [CONNECTION, 'CONNECTION-ID-TWO'], { CUSTOM_KEY3: 'CUSTOM_VALUE3' });
        expect(await nango.getMetadata(integration, CONNECTION)).toEqual({
            CUSTOM_KEY1: 'CUSTOM_VALUE1',
            CUSTOM_KEY2: 'CUSTOM_VALUE2',
            CUSTOM_KEY3: 'CUSTOM_VALUE3',
        });
        interface CustomMetadata {
            anyKey: Record<string, string>;
        }
        const myTypedMetadata = await nango.getMetadata<CustomMetadata>(integration, CONNECTION);
        myTypedMetadata.anyKey satisfies Record<string, string>;
    });

    test('scripts config', async () => {
        const scriptsConfig = await nango.getScriptsConfig();
        expect(scriptsConfig.flatMap(({ syncs }) => syncs.map(({ name }) => name))).toContain('SYNC_NAME1');
    });

    test('trigger, start, pause syncs, with variants too', async () => {
        const variant = { provider_config_key: integration, connection_id: CONNECTION, name: 'SYNC_NAME1', variant: 'VARIANT_A' };
        expect(await nango.createSyncVariant(variant)).toMatchObject({ name: 'SYNC_NAME1', variant: 'VARIANT_A' });
        const result = await nango.triggerSync(integration, ['SYNC_NAME1', 'SYNC_NAME2'], CONNECTION);
        expect(result).toMatchObject({ status: 200, data: { success: true } });
        await nango.triggerSync(integration, [{ name: 'SYNC_NAME1', variant: 'VARIANT_A' }, 'SYNC_NAME2'], CONNECTION);
        await nango.startSync(integration, ['SYNC_NAME1', 'SYNC_NAME2'], CONNECTION);
        await nango.startSync(integration, [{ name: 'SYNC_NAME1', variant: 'VARIANT_A' }, 'SYNC_NAME2'], CONNECTION);
        await nango.pauseSync(integration, ['SYNC_NAME1', 'SYNC_NAME2'], CONNECTION);
        await nango.pauseSync(integration, [{ name: 'SYNC_NAME1', variant: 'VARIANT_A' }, 'SYNC_NAME2'], CONNECTION);
        const { syncs } = await nango.syncStatus(integration, ['SYNC_NAME1', 'SYNC_NAME2'], CONNECTION);
        expect(syncs).toHaveLength(2);
        await nango.syncStatus(integration, [{ name: 'SYNC_NAME1', variant: 'VARIANT_A' }, 'SYNC_NAME2'], CONNECTION);
        expect((await nango.syncStatus(integration, '*', CONNECTION)).syncs).toHaveLength(3);
        const base = await nango.updateSyncConnectionFrequency(integration, 'SYNC_NAME1', CONNECTION, 'every 2h');
        expect(base).toEqual({ frequency: '2h' });
        await nango.updateSyncConnectionFrequency(
            integration,
            { name: 'SYNC_NAME1', variant: 'VARIANT_A' },
            CONNECTION,
            'every hour',
        );
        expect(await nango.deleteSyncVariant(variant)).toEqual({ success: true });
    });

    test('records', async () => {
        await emulator.control.settle();
        interface ModelName {
            title: string;
        }
        const { records } = await nango.listRecords<ModelName>({
            providerConfigKey: integration,
            connectionId: CONNECTION,
            model: 'Model',
        });
        expect(records.map(({ title }) => title)).toEqual(['a']);
    });

    test('environment variables', async () => {
        expect(await nango.getEnvironmentVariables()).toBeInstanceOf(Array);
    });

    test('trigger an action', async () => {
        const output = await nango.triggerAction(integration, CONNECTION, 'ACTION-NAME', { custom_key1: 'custom_value1' });
        expect(output).toEqual({ got: { custom_key1: 'custom_value1' } });
    });

    test('the five verbs of the proxy', async () => {
        const config = {
            endpoint: '/some-endpoint',
            providerConfigKey: integration,
            connectionId: CONNECTION,
            baseUrlOverride: origin,
        };
        for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
            const res = await nango[verb](config);
            expect(res.data).toEqual({ method: verb.toUpperCase(), url: '/some-endpoint' });
            expect(res.headers['content-type']).toContain('application/json');
        }
    });

    test('res.data.pipe() of a proxied stream', async () => {
        const res = await nango.get({
            endpoint: '/file',
            providerConfigKey: integration,
            connectionId: CONNECTION,
            baseUrlOverride: origin,
            responseType: 'stream',
        });
        let text = '';
        const sink = new Writable({
            write(chunk, _encoding, done) {
                text += chunk;
                done();
            },
        });
        const finished = once(sink, 'finish');
        res.data.pipe(sink);
        await finished;
        expect(text).toBe('first,second');
    });

    test('connect session and reconnect session', async () => {
        const { data } = await nango.createConnectSession({
            end_user: { id: 'END-USER-ID', email: 'ada@example.com', display_name: 'END-USER-NAME' },
            organization: { id: 'ORGANIZATION-ID', display_name: 'ORGANIZATION-NAME' },
            allowed_integrations: [integration, 'plain'],
            integrations_config_defaults: { [integration]: { connection_config: { 'CONFIG-KEY': 'VALUE' } } },
        });
        expect(data.token).toMatch(/^nango_connect_session_/);
        const session = await nango.getConnectSession(data.token);
        expect(session.data.endUser).toMatchObject({ id: 'END-USER-ID' });
        await nango.deleteConnectSession(data.token);
        await expect(nango.getConnectSession(data.token)).rejects.toMatchObject({ response: { status: 401 } });

        const again = await nango.createReconnectSession({
            connection_id: CONNECTION,
            integration_id: integration,
            end_user: { id: 'END-USER-ID', email: 'ada@example.com', display_name: 'END-USER-NAME' },
            organization: { id: 'ORGANIZATION-ID', display_name: 'ORGANIZATION-NAME' },
            integrations_config_defaults: { [integration]: { connection_config: { 'CONFIG-KEY': 'VALUE' } } },
        });
        expect((await nango.getConnectSession(again.data.token)).data.isReconnecting).toBe(true);
    });

    test('verify a webhook signature', () => {
        const body = { from: 'nango', type: 'auth' };
        const { headers } = signWebhook(body, { signingKey: emulator.webhookSigningKey });
        expect(nango.verifyWebhookSignature(headers['x-nango-signature'], body)).toBe(true);
        expect(nango.verifyWebhookSignature('0'.repeat(64), body)).toBe(false);
    });

    test('the rate limit: err.response.status and err.response.headers', async () => {
        const impatient = new Nango({ secretKey: emulator.apiKey, host: emulator.url, retry: false, rateLimit: false });
        await emulator.control.fault({ type: 'rate-limit', retryAfter: 7, times: 1 });
        let retryAfter: unknown;
        try {
            await impatient.listIntegrations();
        } catch (err: any) {
            if (err.response.status === 429) {
                retryAfter = err.response.headers['retry-after'];
            }
        }
        expect(retryAfter).toBe('7');
    });

    test("error.response?.data?.error?.code === 'invalid_credentials', and what axios users ask of an error", async () => {
        const error = await failing('invalid_credentials', 400);
        expect(error.response?.data?.error?.code === 'invalid_credentials').toBe(true);
        expect(error.isAxiosError).toBe(true);
        expect(NangoError.isInstance(error)).toBe(true);
        expect(error).toMatchObject({ status: 400, code: 'invalid_credentials', operation: 'getConnection' });
    });

    test('delete a connection and an integration', async () => {
        expect((await nango.deleteConnection(integration, CONNECTION)).status).toBe(200);
        expect((await nango.deleteIntegration(integration)).data).toEqual({ success: true });
    });
});

async function failing(code: string, status: number): Promise<any> {
    await emulator.control.fault({ type: 'status', status, body: { error: { code, message: 'm' } }, times: 1 });
    return nango.getConnection(integration, CONNECTION).catch((error) => error);
}
