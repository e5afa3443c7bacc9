import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultEnvironmentUuid, defaultWebhookSigningKey, type RunningEmulator, startEmulator } from '../../src/index.js';
import { send, uuid, zulu } from './replay.js';

let emulator: RunningEmulator;
let receiver: Server;
let received: { path: string; headers: IncomingHttpHeaders; text: string; body: any }[] = [];
let broken = false;
let answers: number[] = [];
beforeAll(async () => {
    receiver = createServer((request, response) => {
        let text = '';
        request.on('data', (chunk) => {
            text += chunk;
        });
        request.on('end', () => {
            received.push({ path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) });
            response.statusCode = answers.shift() ?? 200;
            response.end();
        });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
    emulator = await startEmulator({
        port: 0,
        webhookUrl,
        frozenAt: '2026-03-01T12:00:00Z',
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                {
                    provider: 'hubspot',
                    unique_key: 'hubspot',
                    credentials: { type: 'OAUTH2', client_id: 'c', client_secret: 's' },
                },
            ],
            connections: [
                { provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } },
                {
                    provider_config_key: 'hubspot',
                    connection_id: 'h1',
                    credentials: { type: 'OAUTH2', access_token: 'a', refresh_token: 'r' },
                    connection_config: { portalId: 7 },
                },
            ],
        },
    });
    emulator.defineSync('key-api', 'things', {
        model: 'Thing',
        frequency: 'every hour',
        autoStart: false,
        run: ({ save }) => {
            if (broken) throw new Error('broken');
            save([{ id: '1' }]);
        },
    });
    emulator.defineAction('key-api', 'echo', (input: unknown) => input);
});
afterAll(async () => {
    await emulator.close();
    receiver.close();
});
beforeEach(() => {
    received = [];
    answers = [];
});

const keysOf = (value: unknown): string[][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [Object.keys(value), ...Object.values(value).flatMap(keysOf)]
        : [];

/** What every delivery has; gives back the bodies. */
async function deliveries(): Promise<any[]> {
    await emulator.control.settle();
    for (const { headers, text, body } of received) {
        expect(headers['content-type']).toBe('application/json');
        expect(headers['user-agent']).toMatch(/^nango\/\S+ \(\S+\/\S+; node\.js\/\S+\)$/);
        const hmac = createHmac('sha256', defaultWebhookSigningKey).update(text).digest('hex');
        const hash = createHash('sha256')
            .update(defaultWebhookSigningKey + text)
            .digest('hex');
        expect([headers['x-nango-hmac-sha256'], headers['x-nango-signature']]).toEqual([hmac, hash]);
        for (const keys of keysOf(body)) expect(keys).toEqual([...keys].sort());
    }
    return received.map(({ body }) => body);
}
const keys = (body: object) => Object.keys(body).sort().join(' ');
const imported = { provider_config_key: 'key-api', connection_id: 'new', credentials: { type: 'API_KEY', apiKey: 'k' } };

test('17.2 auth: creation and override of an import', async () => {
    for (const operation of ['creation', 'override']) {
        await send(emulator, { method: 'POST', path: '/connections', body: { ...imported, tags: { Team: 'x' } } });
        const body = (await deliveries()).at(-1);
        expect(body).toEqual({
            authMode: 'API_KEY',
            connectionId: 'new',
            environment: 'dev',
            from: 'nango',
            operation,
            provider: 'private-api-bearer',
            providerConfigKey: 'key-api',
            success: true,
            tags: { team: 'x' },
            type: 'auth',
        });
    }
});

test('17.2 auth of a connect session names the end user', async () => {
    const session = await send(emulator, {
        method: 'POST',
        path: '/connect/sessions',
        body: { end_user: { id: 'u', email: 'u@example.com' }, organization: { id: 'o' } },
    });
    const { token } = session.body.data;
    await send(emulator, {
        method: 'POST',
        path: `/api-auth/api-key/key-api?connect_session_token=${token}`,
        body: { apiKey: 'k' },
        key: null,
    });
    const [body] = await deliveries();
    expect(body.endUser).toEqual({ endUserEmail: 'u@example.com', endUserId: 'u', organizationId: 'o', tags: {} });
    expect(keys(body)).toBe(
        'authMode connectionId endUser environment from operation provider providerConfigKey success tags type',
    );
});

test('17.2 auth: a refresh that fails, and only then', async () => {
    const get = '/connections/h1?provider_config_key=hubspot&force_refresh=true';
    await send(emulator, { path: get });
    expect(await deliveries()).toEqual([]);
    await emulator.control.failRefresh({ providerConfigKey: 'hubspot', connectionId: 'h1' }, 1);
    await send(emulator, { path: get });
    const [body] = await deliveries();
    expect(body).toMatchObject({ type: 'auth', operation: 'refresh', success: false });
    expect(keys(body.error)).toBe('description type');
});

test('17.2 sync: a success for each model with changes, a failure', async () => {
    const trigger = () =>
        send(emulator, {
            method: 'POST',
            path: '/sync/trigger',
            body: { provider_config_key: 'key-api', connection_id: 'c1', syncs: ['things'] },
        });
    await trigger();
    const [success] = await deliveries();
    expect(success).toMatchObject({
        type: 'sync',
        from: 'nango',
        connectionId: 'c1',
        providerConfigKey: 'key-api',
        syncName: 'things',
        syncVariant: 'base',
        model: 'Thing',
        syncType: 'INITIAL',
        success: true,
        responseResults: { added: 1, updated: 0, deleted: 0 },
        modifiedAfter: expect.stringMatching(zulu),
        queryTimeStamp: expect.stringMatching(zulu),
    });
    expect(keys(success).replace('checkpoints ', '')).toBe(
        'connectionId from model modifiedAfter providerConfigKey queryTimeStamp responseResults success syncName syncType syncVariant type',
    );
    received = [];
    await trigger();
    expect(await deliveries()).toEqual([]);
    broken = true;
    await trigger();
    const [failure] = await deliveries();
    broken = false;
    expect(failure).toMatchObject({ success: false, error: { type: expect.any(String), description: expect.any(String) } });
    expect(keys(failure)).toBe(
        'connectionId error failedAt from model providerConfigKey startedAt success syncName syncType syncVariant type',
    );
});

test('17.2 async_action', async () => {
    await send(emulator, {
        method: 'POST',
        path: '/action/trigger',
        body: { action_name: 'echo', input: 1 },
        headers: { 'Connection-Id': 'c1', 'Provider-Config-Key': 'key-api', 'X-Async': 'true' },
    });
    const [body] = await deliveries();
    const { id } = body.payload;
    expect(id).toMatch(uuid);
    expect(body).toEqual({
        type: 'async_action',
        from: 'nango',
        connectionId: 'c1',
        providerConfigKey: 'key-api',
        payload: { id, statusUrl: `/action/${id}` },
    });
});

test('17.2 forward: an envelope for a matched connection, the raw payload without one', async () => {
    const provider = (body: unknown, key = 'hubspot', environment = defaultEnvironmentUuid) =>
        send(emulator, {
            method: 'POST',
            path: `/webhook/${environment}/${key}`,
            body,
            key: null,
            headers: { 'X-Provider-Signature': 'sig', Cookie: 'a=b', Authorization: 'secret', 'User-Agent': 'provider' },
        });
    expect((await provider({ portalId: 7, b: 1, a: 2 })).status).toBe(200);
    const [matched] = await deliveries();
    expect(matched).toEqual({
        connectionId: 'h1',
        from: 'hubspot',
        payload: { a: 2, b: 1, portalId: 7 },
        providerConfigKey: 'hubspot',
        type: 'forward',
    });
    expect(received[0]?.headers['x-provider-signature']).toBe('sig');
    expect(received[0]?.headers).not.toHaveProperty('cookie');
    expect(received[0]?.headers).not.toHaveProperty('authorization');
    received = [];
    await provider({ type: 'auth', portalId: 8 });
    expect(await deliveries()).toEqual([{ type: 'auth', portalId: 8 }]);
    expect((await provider({}, 'nope')).body.error.code).toBe('unknown_provider_config');
    expect((await provider({}, 'hubspot', '99999999-9999-4999-8999-999999999999')).body.error.code).toBe('unknown_environment');
});

test('17.1 5xx is tried twice more, after 3 s and 6 s; 4xx is not', async () => {
    const importAgain = () => send(emulator, { method: 'POST', path: '/connections', body: imported });
    answers = [500, 503, 500];
    await importAgain();
    await emulator.control.settle();
    const counts = [received.length];
    for (const ms of [2999, 1, 5999, 1, 60_000]) {
        await emulator.control.advance(ms);
        counts.push(received.length);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
    received = [];
    answers = [404];
    await importAgain();
    await emulator.control.advance(60_000);
    expect(received).toHaveLength(1);
});
