import { type RunningEmulator, startEmulator } from '@x/emulator';
import { Nango, signWebhook } from '@x/node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApp } from './app.js';
import type { User } from './current-user.js';
import { Database } from './database.js';
import { reconcile } from './reconcile.js';

const organization = { id: 'o', name: 'O' };
const users: Record<string, User> = {
    ada: { id: 'ada', email: 'ada@example.com', name: 'Ada', organization },
    eve: { id: 'eve', email: 'eve@example.com', name: 'Eve', organization },
};

let emulator: RunningEmulator;
let nango: Nango;
let database: Database;
let app: ReturnType<typeof createApp>;

beforeEach(async () => {
    const credentials = { type: 'OAUTH2' as const, client_id: 'a', client_secret: 'b' };
    const integrations = ['hubspot', 'github'].map((name) => ({ provider: name, unique_key: name, credentials }));
    // No webhook URL: each test delivers what it needs, or nothing.
    emulator = await startEmulator({ port: 0, seed: { integrations } });
    emulator.defineSync('hubspot', 'contacts', {
        model: 'Contact',
        run: () => [{ id: '1', name: 'Grace', email: 'g@example.com' }],
    });
    const { apiKey, webhookSigningKey } = emulator;
    nango = new Nango({ apiKey, host: emulator.url, retry: false, rateLimit: { isolated: true } });
    database = new Database();
    app = createApp({ nango, database, webhookSigningKey }, (request) => users[request.headers.get('x-user') ?? '']);
});
afterEach(() => emulator.close());

const as = (user: string, path: string, init: RequestInit = {}) =>
    app.request(path, { ...init, headers: { 'x-user': user, 'content-type': 'application/json', ...init.headers } });

const deliver = (event: object) => {
    const { body, headers } = signWebhook(event, { signingKey: emulator.webhookSigningKey });
    return app.request('/webhooks/nango', { method: 'POST', body, headers });
};

async function connect(userId: string, integrationId: string): Promise<string> {
    const response = await as(userId, `/api/connections/${integrationId}/session`, { method: 'POST' });
    const { token } = (await response.json()) as { token: string };
    return (await emulator.control.connect({ token, integrationId, approve: true })).connectionId;
}

function authEvent(connectionId: string, more: object = {}) {
    const event = {
        type: 'auth',
        from: 'nango',
        connectionId,
        providerConfigKey: 'hubspot',
        authMode: 'OAUTH2',
        provider: 'hubspot',
    };
    return { ...event, environment: 'dev', operation: 'creation', success: true, ...more };
}

const accounts = async (user: string, query = '') => {
    const { integrations } = (await (await as(user, `/api/connections${query}`)).json()) as { integrations: object[] };
    return integrations;
};
const connected = { integrationId: 'hubspot', connected: true, needsReconnect: false };

describe('who may do what', () => {
    test('nothing without a login', async () => {
        for (const path of ['/api/me', '/api/connections', '/api/contacts']) expect((await as('nobody', path)).status).toBe(401);
    });

    test('a user sees and touches nothing of another', async () => {
        await deliver(authEvent(await connect('ada', 'hubspot')));
        expect(await accounts('ada')).toContainEqual(connected);
        expect(await accounts('eve', '?fresh')).not.toContainEqual(connected);
        expect((await as('eve', '/api/contacts')).status).toBe(409);
        expect((await as('eve', '/api/connections/hubspot', { method: 'DELETE' })).status).toBe(404);
        expect((await nango.listConnections()).connections).toHaveLength(1);
    });

    test('a page elsewhere can not post a form for the user', async () => {
        const form = new FormData();
        form.set('file', new File(['x'], 'x.txt'));
        const response = await app.request('/api/files', {
            method: 'POST',
            body: form,
            headers: { 'x-user': 'ada', origin: 'http://evil' },
        });
        expect(response.status).toBe(403);
    });
});

describe('webhooks', () => {
    test('a signed event does not decide whose connection it is', async () => {
        const connectionId = await connect('eve', 'hubspot');
        const forged = authEvent(connectionId, { tags: { end_user_id: 'ada' }, endUser: { endUserId: 'ada' } });
        expect((await deliver(forged)).status).toBe(200);
        expect(await accounts('ada')).not.toContainEqual(connected);
        expect(await accounts('eve')).toContainEqual(connected);
    });

    test('an unsigned one is refused', async () => {
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify(authEvent('c'));
        const response = await app.request('/webhooks/nango', { method: 'POST', body, headers });
        expect(response.status).toBe(401);
    });

    test('a lost one is made good by the hourly look', async () => {
        await connect('ada', 'hubspot');
        await emulator.control.settle();
        expect(await accounts('ada')).not.toContainEqual(connected);
        expect(await reconcile(nango, database)).toBe(1);
        expect(await accounts('ada')).toContainEqual(connected);
        expect(await (await as('ada', '/api/contacts')).json()).toEqual({
            contacts: [{ id: '1', name: 'Grace', email: 'g@example.com' }],
        });
        expect(await reconcile(nango, database)).toBe(0);
    });

    test('a connection whose access was revoked asks its user, and connecting again repairs it', async () => {
        const connectionId = await connect('ada', 'hubspot');
        await deliver(authEvent(connectionId));
        const revoked = { status: 400, body: { error: { code: 'invalid_credentials' } } };
        await emulator.control.fault({ type: 'status', ...revoked, times: 1, operation: 'getConnection' });
        const error = { type: 'refresh_token_external_error', description: 'revoked' };
        await deliver(authEvent(connectionId, { operation: 'refresh', success: false, error }));
        expect(await accounts('ada', '?fresh')).toContainEqual({ ...connected, needsReconnect: true });

        const response = await as('ada', '/api/connections/hubspot/reconnect-session', { method: 'POST' });
        expect(await response.json()).toMatchObject({ connectLink: expect.stringContaining('session_token=') });
        await deliver(authEvent(connectionId, { operation: 'override' }));
        expect(await accounts('ada')).toContainEqual(connected);
    });

    test('connecting again keeps the tags; where they got lost, our own table says whose connection it is', async () => {
        const connectionId = await connect('ada', 'hubspot');
        await deliver(authEvent(connectionId));
        const again = async (path: string) => {
            const { token } = (await (await as('ada', path, { method: 'POST' })).json()) as { token: string };
            await emulator.control.connect({ token, integrationId: 'hubspot', approve: true });
        };
        await again('/api/connections/hubspot/reconnect-session');
        expect((await nango.listConnections({ connectionId })).connections[0]?.tags).toMatchObject({ end_user_id: 'ada' });

        await nango.patchConnection({ connectionId, provider_config_key: 'hubspot' }, { tags: {} });
        database.markBroken(connectionId);
        await deliver(authEvent(connectionId, { operation: 'override' }));
        expect(await accounts('ada')).toContainEqual(connected);
    });

    test('an outage that looks like a revocation changes nothing', async () => {
        const connectionId = await connect('ada', 'hubspot');
        await deliver(authEvent(connectionId));
        const error = { type: 'refresh_token_external_error', description: 'down' };
        await deliver(authEvent(connectionId, { operation: 'refresh', success: false, error }));
        expect(await accounts('ada')).toContainEqual(connected);
    });
});

describe('failures, as the user sees them', () => {
    test.each([
        [{ type: 'status', status: 503, body: { error: { code: 'server_error' } } } as const, 500, 'Something went wrong'],
        [
            {
                type: 'status',
                status: 429,
                body: { error: { code: 'too_many_request' } },
                headers: { 'retry-after': '120' },
            } as const,
            503,
            'Busy',
        ],
        [{ type: 'status', status: 400, body: { error: { code: 'invalid_credentials' } } } as const, 409, 'connect again'],
        [{ type: 'reset' } as const, 504, 'in time'],
    ])('%j', async (fault, status, text) => {
        vi.spyOn(console, 'error').mockImplementation(() => {});
        await deliver(authEvent(await connect('ada', 'github'), { providerConfigKey: 'github', provider: 'github' }));
        await emulator.control.fault({ ...fault, operation: 'triggerAction' });
        const response = await as('ada', '/api/issues', { method: 'POST', body: JSON.stringify({ title: 'x' }) });
        expect(response.status).toBe(status);
        expect(await response.text()).toContain(text);
    });

    test('an issue without a title never leaves the house', async () => {
        await deliver(authEvent(await connect('ada', 'github'), { providerConfigKey: 'github', provider: 'github' }));
        expect((await as('ada', '/api/issues', { method: 'POST', body: '{"title":" "}' })).status).toBe(400);
    });
});
