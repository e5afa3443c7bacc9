import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '../emulator.js';
import type { OutgoingWebhook } from '../webhooks/outgoing-webhook.js';

let origin: string;
let asked: (string | undefined)[];
let stop: () => void;

beforeEach(async () => {
    asked = [];
    const server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url} ${request.headers['x-key']}`);
        response.writeHead(request.headers['x-key'] === 'good' ? 200 : 401).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stop = () => server.close().closeAllConnections();
});
afterEach(() => stop());

const providers = () => `
checked:
  display_name: Checked
  auth_mode: API_KEY
  proxy:
    base_url: ${origin}
    headers: { x-key: '\${apiKey}' }
    verification: { method: GET, endpoints: [/me] }
tokens:
  display_name: Tokens
  auth_mode: OAUTH2
  proxy:
    base_url: ${origin}
    headers: { x-key: '\${accessToken}' }
    verification: { method: GET, endpoints: [/me] }
pairs:
  display_name: Pairs
  auth_mode: TBA
  proxy:
    base_url: ${origin}
    headers: { x-key: '\${credentials.token_id}' }
    verification: { method: GET, endpoints: [/me] }
`;

function start(upstreams: string[]) {
    const emulator = createEmulator({ providers: providers(), upstreams });
    const sent: OutgoingWebhook['body'][] = [];
    emulator.context.webhooks.send = ({ body }) => sent.push(body);
    return { emulator, sent };
}

async function call(emulator: Emulator, path: string, body: unknown) {
    const response = await emulator.fetch(
        new Request(`http://localhost:3003${path}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify(body),
        }),
    );
    return { status: response.status, body: await response.json() };
}

async function imported(emulator: Emulator, apiKey: string) {
    await call(emulator, '/integrations', { provider: 'checked', unique_key: 'checked' });
    return call(emulator, '/connections', { provider_config_key: 'checked', credentials: { type: 'API_KEY', apiKey } });
}

test("an import is tested at the provider's verification endpoint", async () => {
    const { emulator } = start([origin]);
    expect((await imported(emulator, 'good')).status).toBe(201);
    const refused = await imported(emulator, 'bad');
    expect([refused.status, refused.body.error.code]).toEqual([400, 'connection_test_failed']);
    expect(asked).toEqual(['GET /me good', 'GET /me bad']);
    expect(emulator.context.store.environment.connections.size).toBe(1);
});

test('imported OAuth tokens are not tested', async () => {
    const { emulator } = start([origin]);
    const credentials = { type: 'OAUTH2', client_id: 'c', client_secret: 's' };
    await call(emulator, '/integrations', { provider: 'tokens', unique_key: 'tokens', credentials });
    const body = { provider_config_key: 'tokens', credentials: { type: 'OAUTH2', access_token: 'bad' } };
    expect((await call(emulator, '/connections', body)).status).toBe(201);
    expect(asked).toEqual([]);
});

test('a refused TBA form has its own code', async () => {
    const { emulator } = start([origin]);
    await call(emulator, '/integrations', { provider: 'pairs', unique_key: 'pairs' });
    const session = await call(emulator, '/connect/sessions', { end_user: { id: 'u1' } });
    const query = `connect_session_token=${session.body.data.token}`;
    const refused = await call(emulator, `/auth/tba/pairs?${query}`, { token_id: 'bad', token_secret: 's' });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'invalid_credentials']);
});

test('a form is tested too; its failure is reported by a webhook', async () => {
    const { emulator, sent } = start([origin]);
    await imported(emulator, 'good');
    sent.length = 0;
    const session = await call(emulator, '/connect/sessions', { end_user: { id: 'u1' } });
    const query = `connect_session_token=${session.body.data.token}`;
    const refused = await call(emulator, `/api-auth/api-key/checked?${query}`, { apiKey: 'bad' });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'connection_test_failed']);
    expect(sent).toMatchObject([{ type: 'auth', success: false, error: { type: 'connection_test_failed' } }]);
    expect((await call(emulator, `/api-auth/api-key/checked?${query}`, { apiKey: 'good' })).status).toBe(200);
});

test('where the emulator may not go, every credential is good', async () => {
    const { emulator } = start([]);
    expect((await imported(emulator, 'bad')).status).toBe(201);
    expect(asked).toEqual([]);
});
