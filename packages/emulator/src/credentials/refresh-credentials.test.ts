import { beforeEach, expect, test } from 'vitest';
import type { ConnectionRow } from '../connections/connection-row.js';
import { createEmulator, type Emulator } from '../emulator.js';
import type { OutgoingWebhook } from '../webhooks/outgoing-webhook.js';

let emulator: Emulator;
let sent: OutgoingWebhook[];
const start = Date.parse('2026-08-22T10:00:00Z');
const hour = 3_600_000;

const api = async (method: string, path: string, body?: unknown) => {
    const response = await emulator.fetch(
        new Request(`http://localhost:3003${path}`, {
            method,
            headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json', host: 'localhost:3003' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
    );
    return { status: response.status, body: (await response.json()) as Record<string, any> };
};
const get = (query = '') => api('GET', `/connections/c1?provider_config_key=google${query}`);
const row = () => emulator.context.store.environment.connections.get('google', 'c1') as ConnectionRow;
const imported = (expires_at: number, refresh_token: string | undefined = 'refresh-1') =>
    api('POST', '/connections', {
        provider_config_key: 'google',
        connection_id: 'c1',
        credentials: {
            type: 'OAUTH2',
            access_token: 'access-1',
            expires_at: new Date(expires_at).toISOString(),
            ...(refresh_token && { refresh_token }),
        },
    });

beforeEach(async () => {
    emulator = createEmulator({ frozenAt: start });
    const credentials = { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs' };
    await api('POST', '/integrations', { provider: 'google', unique_key: 'google', credentials });
    sent = [];
    emulator.context.webhooks.send = (webhook) => sent.push(webhook);
});

test('a token that is good for more than 15 minutes is left alone', async () => {
    await imported(start + 15 * 60_000 + 1);
    expect((await get()).body.credentials.access_token).toBe('access-1');
});

test('a token within 15 minutes of its end is refreshed; its refresh token stays', async () => {
    await imported(start + 15 * 60_000);
    const { body } = await get('&refresh_token=true');
    expect(body.credentials).toMatchObject({ type: 'OAUTH2', refresh_token: 'refresh-1' });
    expect(body.credentials.access_token).not.toBe('access-1');
    expect(body.credentials.expires_at).toBe(new Date(start + hour).toISOString());
    expect(body.credentials.raw.access_token).toBe(body.credentials.access_token);
    expect(sent.filter(({ body: { operation } }) => operation === 'refresh')).toEqual([]);
});

test('force_refresh refreshes a good token', async () => {
    await imported(start + 10 * hour);
    expect((await get('&force_refresh=true')).body.credentials.access_token).not.toBe('access-1');
});

test('a token without a refresh token can not be refreshed', async () => {
    await imported(start + 60_000, '');
    row().credentials.refresh_token = undefined;
    expect((await get('&force_refresh=true')).body.credentials.access_token).toBe('access-1');
});

test('the clock makes tokens expire', async () => {
    await imported(start + hour);
    expect((await get()).body.credentials.access_token).toBe('access-1');
    await emulator.context.clock.advance(50 * 60_000);
    expect((await get()).body.credentials.access_token).not.toBe('access-1');
});

test('a failed refresh: 400, then 424 for 30 s even while the token is good, then tried again', async () => {
    await imported(start + 10 * hour);
    row().refresh.failing = true;
    const first = await get('&force_refresh=true');
    expect([first.status, first.body.error.code]).toEqual([400, 'invalid_credentials']);
    expect(first.body.error.payload.connection.credentials).toEqual({});
    expect((await get()).status).toBe(424);
    await emulator.context.clock.advance(29_999);
    expect((await get()).status).toBe(424);
    await emulator.context.clock.advance(1);
    expect((await get()).status).toBe(200);
});

test('force_refresh goes around the back-off', async () => {
    await imported(start + 60_000);
    row().refresh.failing = 1;
    expect((await get()).status).toBe(400);
    expect((await get()).status).toBe(424);
    expect((await get('&force_refresh=true')).status).toBe(200);
    expect((await get()).status).toBe(200);
});

test('a failure is shown on the connection and reported by an auth webhook; a success clears it', async () => {
    await imported(start + 60_000);
    sent = [];
    row().refresh.failing = 1;
    await get();
    expect(sent.map(({ body }) => body)).toEqual([
        expect.objectContaining({
            type: 'auth',
            operation: 'refresh',
            success: false,
            connectionId: 'c1',
            error: { type: 'refresh_token_external_error', description: expect.any(String) },
        }),
    ]);
    expect(row().errors).toEqual([{ type: 'auth', log_id: expect.any(String) }]);
    await get('&force_refresh=true');
    expect(row().errors).toEqual([]);
});

test('after failures on four days the refresh is exhausted until a forced one succeeds', async () => {
    await imported(start + 60_000);
    row().refresh.failing = true;
    for (let day = 0; day < 4; day++) {
        expect((await get()).status).toBe(400);
        await emulator.context.clock.advance(24 * hour);
    }
    expect((await get()).status).toBe(424);
    row().refresh.failing = false;
    expect((await get()).status).toBe(424);
    expect((await get('&force_refresh=true')).status).toBe(200);
    expect((await get()).status).toBe(200);
});

test('the proxy refreshes too, and reports the back-off by its code', async () => {
    await imported(start + 60_000);
    row().refresh.failing = true;
    const proxy = async () => {
        const headers = { authorization: `Bearer ${emulator.apiKey}`, 'connection-id': 'c1', 'provider-config-key': 'google' };
        const response = await emulator.fetch(new Request('http://localhost:3003/proxy/x', { headers }));
        return [response.status, ((await response.json()) as { error: { code: string } }).error.code];
    };
    expect(await proxy()).toEqual([400, 'server_error']);
    expect(await proxy()).toEqual([424, 'connection_refresh_backoff']);
});
