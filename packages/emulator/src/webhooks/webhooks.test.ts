import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultEnvironmentUuid } from '../options.js';
import { type RunningEmulator, startEmulator } from '../start-emulator.js';

interface Delivered {
    path: string;
    headers: IncomingHttpHeaders;
    body: string;
    json: Record<string, unknown>;
}

let delivered: Delivered[];
/** Answers of the receiver, in order; 200 when there is none left. */
let statuses: (number | 'reset')[];
let receiver: string;
let emulator: RunningEmulator;
const stops: (() => unknown)[] = [];

async function listen(): Promise<string> {
    const server = createServer(async (request, response) => {
        const body = await text(request);
        delivered.push({ path: request.url ?? '', headers: request.headers, body, json: JSON.parse(body) });
        const status = statuses.shift() ?? 200;
        if (status === 'reset') request.socket.destroy();
        else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close().closeAllConnections());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Only the webhooks of a provider with a routing script go on. */
const providers = `
private-api-bearer:
  display_name: Private API
  auth_mode: API_KEY
  webhook_routing_script: privateApiWebhookRouting
`;

beforeEach(async () => {
    delivered = [];
    statuses = [];
    receiver = await listen();
    emulator = await startEmulator({ port: 0, webhookUrl: `${receiver}/hook`, frozenAt: '2026-08-22T10:00:00Z', providers });
    stops.push(() => emulator.close());
    await api('POST', '/integrations', { provider: 'private-api-bearer', unique_key: 'pab' });
});

afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
});

const api = (method: string, path: string, body?: unknown) =>
    fetch(emulator.url + path, {
        method,
        headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
    });

const connect = (connection_id = 'c1', more: Record<string, unknown> = {}) =>
    api('POST', '/connections', {
        provider_config_key: 'pab',
        connection_id,
        credentials: { type: 'API_KEY', apiKey: 'k' },
        ...more,
    });

const settled = () => emulator.context.clock.settle();
const deliveries = () => emulator.context.webhooks.deliveries();

test('an import sends an auth webhook with sorted keys and both signatures over the raw body', async () => {
    await connect('c1', { tags: { plan: 'pro' } });
    await settled();
    const { body, json, headers, path } = delivered[0] as Delivered;
    expect(path).toBe('/hook');
    expect(json).toMatchObject({ type: 'auth', from: 'nango', connectionId: 'c1', operation: 'creation', success: true });
    expect(Object.keys(json)).toEqual(Object.keys(json).toSorted());
    const key = emulator.webhookSigningKey;
    expect(headers['x-nango-hmac-sha256']).toBe(createHmac('sha256', key).update(body).digest('hex'));
    expect(headers['x-nango-signature']).toBe(createHash('sha256').update(`${key}${body}`).digest('hex'));
    expect(headers['content-type']).toBe('application/json');
    expect(headers['user-agent']).toMatch(/^nango\/.* \(.*\/.*; node\.js\/[\d.]+\)$/);
});

test('a server error is tried again after 3 s and after 6 s more, then given up', async () => {
    statuses = [500, 'reset', 503, 200];
    await connect();
    await settled();
    expect(delivered).toHaveLength(1);
    await emulator.context.clock.advance(2999);
    expect(delivered).toHaveLength(1);
    await emulator.context.clock.advance(1);
    expect(delivered).toHaveLength(2);
    await emulator.context.clock.advance(5999);
    expect(delivered).toHaveLength(2);
    await emulator.context.clock.advance(60_000);
    expect(delivered).toHaveLength(3);
    expect(deliveries()[0]).toMatchObject({
        status: 'failed',
        attempts: [{ status: 500 }, { status: null, error: 'ECONNRESET' }, { status: 503 }],
    });
});

test.each([400, 401, 404, 410, 429])('%i is not tried again', async (status) => {
    statuses = [status];
    await connect();
    await emulator.context.clock.advance(60_000);
    expect(delivered).toHaveLength(1);
    expect(deliveries()[0]?.status).toBe('failed');
});

test('a delivery that fails once and then succeeds is delivered', async () => {
    statuses = [502];
    await connect();
    await emulator.context.clock.advance(3000);
    expect(deliveries()[0]).toMatchObject({ status: 'delivered', attempts: [{ status: 502 }, { status: 200 }] });
});

test('an override replaces the addresses of the environment, when it is listed', async () => {
    const other = await listen();
    await emulator.close();
    emulator = await startEmulator({ port: 0, webhookUrl: `${receiver}/hook`, upstreams: [other] });
    await api('POST', '/integrations', { provider: 'private-api-bearer', unique_key: 'pab' });
    await connect('c1', { webhook_url_override: `${other}/override` });
    await settled();
    expect(delivered.map(({ path }) => path)).toEqual(['/override']);
});

test('an override to a host that is not listed is never called', async () => {
    await connect('c1', { webhook_url_override: 'https://example.com/hook' });
    await settled();
    expect(delivered).toEqual([]);
    const error = expect.stringContaining("upstreams: ['https://example.com']");
    expect(deliveries()).toMatchObject([{ status: 'skipped', attempts: [{ status: null, error }] }]);
});

test.each(['http://127.0.0.1:1/hook', 'http://localhost/hook', 'http://169.254.169.254/', 'http://10.0.0.1/'])(
    'an override of %s is refused at once, unless it is listed',
    async (url) => {
        const response = await connect('c1', { webhook_url_override: url });
        const { error } = (await response.json()) as { error: { code: string; errors: { path: string[] }[] } };
        expect([response.status, error.code, error.errors[0]?.path]).toEqual([400, 'invalid_body', ['webhook_url_override']]);
    },
);

test('the second address gets a copy', async () => {
    emulator.context.store.environment.settings.webhookUrlSecondary = `${receiver}/second`;
    await connect();
    await settled();
    expect(delivered.map(({ path }) => path)).toEqual(['/hook', '/second']);
});

test('a delivery can be sent again, with its own signature', async () => {
    await connect();
    await settled();
    const first = deliveries()[0];
    const again = emulator.context.webhooks.redeliver(first?.id as string);
    await settled();
    expect(again?.id).not.toBe(first?.id);
    expect(delivered.map(({ body }) => body)).toEqual([delivered[0]?.body, delivered[0]?.body]);
    expect(emulator.context.webhooks.redeliver('unknown')).toBeUndefined();
});

test('the log of deliveries holds no key and no signature', async () => {
    await connect();
    await settled();
    expect(JSON.stringify(deliveries())).not.toMatch(new RegExp(`${emulator.webhookSigningKey}|signature|hmac`, 'i'));
});

const provider = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${emulator.url}/webhook/${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
    });

test('a provider webhook is forwarded to each matched connection in an envelope, with the headers of the provider', async () => {
    await connect('c1', { connection_config: { portalId: 7 } });
    await connect('c2', { connection_config: { portalId: 7 } });
    await connect('c3', { connection_config: { portalId: 8 } });
    await settled();
    delivered = [];
    const headers = {
        'x-hub-signature': 's',
        authorization: 'Bearer x',
        'sec-fetch-mode': 'cors',
        'x-nango-signature': 'forged',
    };
    const response = await provider(`${defaultEnvironmentUuid}/pab`, '{"portalId":7,"z":1,"a":2}', headers);
    expect(response.status).toBe(200);
    await settled();
    expect(delivered.map(({ json }) => json.connectionId).sort()).toEqual(['c1', 'c2']);
    const { json, headers: sent, body } = delivered[0] as Delivered;
    expect(json).toMatchObject({
        type: 'forward',
        from: 'private-api-bearer',
        providerConfigKey: 'pab',
        payload: { portalId: 7 },
    });
    expect(sent['x-hub-signature']).toBe('s');
    expect(sent.authorization).toBeUndefined();
    expect(sent['sec-fetch-mode']).toBeUndefined();
    expect(sent['x-nango-signature']).not.toContain('forged');
    expect(sent['x-nango-hmac-sha256']).toBe(createHmac('sha256', emulator.webhookSigningKey).update(body).digest('hex'));
});

test('a provider webhook that matches nothing is forwarded raw and signed: a forged event looks genuine', async () => {
    const forged = { type: 'auth', from: 'nango', connectionId: 'nobody', success: true };
    await provider(`${defaultEnvironmentUuid}/pab`, JSON.stringify(forged));
    await settled();
    const { body, json, headers } = delivered[0] as Delivered;
    expect(json).toEqual(forged);
    expect(headers['x-nango-hmac-sha256']).toBe(createHmac('sha256', emulator.webhookSigningKey).update(body).digest('hex'));
});

test('an integration that does not forward swallows them', async () => {
    await api('PATCH', '/integrations/pab', { forward_webhooks: false });
    expect((await provider(`${defaultEnvironmentUuid}/pab`, '{}')).status).toBe(200);
    await settled();
    expect(delivered).toEqual([]);
});

test.each([
    ['00000000-0000-4000-8000-000000000000/pab', 'unknown_environment'],
    [`${defaultEnvironmentUuid}/none`, 'unknown_provider_config'],
])('%s → 404 %s', async (path, code) => {
    const response = await provider(path, '{}');
    expect([response.status, await response.json()]).toEqual([404, { error: { code } }]);
});

test('echoes the challenge of a first call', async () => {
    const response = await provider(`${defaultEnvironmentUuid}/pab`, '{"type":"url_verification","challenge":"abc"}');
    expect(await response.json()).toEqual({ challenge: 'abc' });
});
