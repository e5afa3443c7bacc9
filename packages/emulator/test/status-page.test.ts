import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
import type { Emulator } from '../src/index.js';
import type { describeStatus } from '../src/status-page/describe-status.js';
import { setScene } from './support/scene.js';

const request = (path: string) => new Request(`http://localhost:3003${path}`);

test('the page is at / and holds no state and no secret', async () => {
    const { emulator } = setScene();
    const response = await emulator.fetch(request('/'));
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await response.text();
    const nonce = /nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
    expect(html).toContain(`<script nonce="${nonce}">`);
    expect(html).not.toMatch(/innerHTML|octo/);
});

test('what it shows has no key, token or credential in it', async () => {
    const { emulator, call } = setScene({ webhookUrl: 'https://example.com/hook' });
    await emulator.control.settle();
    await call('POST', '/connect/sessions', { body: { tags: {} } });
    await emulator.control.fault({ type: 'status', status: 503, operation: 'listRecords', times: 2 });
    const text = await (await emulator.fetch(request('/_emulator/status'))).text();
    for (const secret of [
        emulator.apiKey,
        emulator.webhookSigningKey,
        'gho_access',
        'ghr_refresh',
        'secret-key',
        'client-secret',
        'nango_connect_session_',
    ]) {
        expect(text).not.toContain(secret);
    }
    expect(JSON.parse(text)).toMatchObject({
        environment: 'dev',
        frozen: true,
        totals: { integrations: 4, connections: 4, syncs: 2 },
        integrations: [{ key: 'github', connections: 1 }, {}, {}, {}],
        syncs: [
            { name: 'catalogued', status: 'PAUSED' },
            { name: 'issues', status: 'SUCCESS', records: 2 },
        ],
        requests: [{ path: '/connect/sessions', status: 201 }],
        faults: [{ what: 'status 503', where: 'listRecords', struck: 0, times: 2 }],
    });
});

describe('details', () => {
    const details = async (emulator: Emulator, path: string, headers: Record<string, string> = {}) => {
        const response = await emulator.fetch(new Request(`http://localhost:3003/_emulator/status/${path}`, { headers }));
        return { status: response.status, text: await response.text() };
    };
    const newest = async (emulator: Emulator, query = '') => {
        const response = await emulator.fetch(request(`/_emulator/status${query}`));
        return (await response.json()) as ReturnType<typeof describeStatus>;
    };

    test('of a request: its headers, its body and the answer', async () => {
        const { emulator, call } = setScene();
        const body = {
            provider_config_key: 'key-api',
            connection_id: 'k2',
            credentials: { type: 'API_KEY', apiKey: 'brand-new-key' },
        };
        await call('POST', '/connections', { body });
        const [row] = (await newest(emulator)).requests;
        expect(row).toMatchObject({ connection: 'k2', integration: 'key-api', status: 201 });
        const shown = JSON.parse((await details(emulator, `requests/${row?.id}`)).text);
        expect(Object.fromEntries(shown.headers)).toMatchObject({
            authorization: 'Bearer ***',
            'content-type': 'application/json',
        });
        expect(JSON.parse(shown.body.text)).toEqual({ ...body, credentials: { type: 'API_KEY', apiKey: '***' } });
        expect(JSON.parse(shown.answer.text)).toMatchObject({ connection_id: 'k2' });
        expect(Object.fromEntries(shown.answerHeaders)['content-type']).toContain('application/json');
    });

    test('of a request that was refused before it was read, and of one without a body', async () => {
        const { emulator, call } = setScene();
        await call('POST', '/connections', { body: '{"apiKey": "brand-new-key", oops' });
        await call('GET', '/connections');
        const [plain, refused] = (await newest(emulator)).requests;
        expect(JSON.parse((await details(emulator, `requests/${plain?.id}`)).text).body).toEqual({
            text: null,
            note: 'No body.',
        });
        expect(JSON.parse((await details(emulator, `requests/${refused?.id}`)).text)).toMatchObject({
            status: 400,
            body: { text: '{"apiKey": "***", oops' },
        });
    });

    test('of a long body only the start', async () => {
        const { emulator, call } = setScene();
        await call('POST', '/connections/metadata', { body: { note: 'x'.repeat(50_000) } });
        const [row] = (await newest(emulator)).requests;
        const { body } = JSON.parse((await details(emulator, `requests/${row?.id}`)).text);
        expect(body.note).toBe('The first 10,000 of 50,011 characters.');
        expect(body.text).toHaveLength(10_000);
    });

    test('no secret is in any of them, however it came', async () => {
        const { emulator, call } = setScene();
        const session = (await call('POST', '/connect/sessions', { body: { tags: {} } })).body.data.token;
        const form = `/api-auth/api-key/key-api?connect_session_token=${session}`;
        await call('POST', form, { key: null, body: { apiKey: 'brand-new-key' } });
        await call('GET', '/connections/octo?provider_config_key=github&refresh_token=true');
        await call('GET', '/connections/k1?provider_config_key=key-api', { headers: { cookie: 'sid=brand-new-key' } });
        await call('POST', '/connections/metadata', {
            body: { provider_config_key: 'github', connection_id: 'octo', metadata: { said: 'gho_access and ghr_refresh' } },
        });
        await call('PATCH', '/integrations/github', {
            body: { credentials: { type: 'OAUTH2', client_id: 'i', client_secret: 'brand-new-key' } },
        });
        await call('GET', `/integrations/github?include=credentials`);
        const { requests } = await newest(emulator);
        expect(requests.length).toBeGreaterThan(6);
        let all = JSON.stringify(requests);
        for (const { id } of requests) all += (await details(emulator, `requests/${id}`)).text;
        const secrets = [emulator.apiKey, session, 'brand-new-key', 'gho_access', 'ghr_refresh', 'secret-key', 'client-secret'];
        for (const secret of secrets) expect(all, secret).not.toContain(secret);
    });

    test('of a delivery: the webhook, and what the receiver said to each attempt', async () => {
        const { emulator } = setScene();
        const { control, context, webhookSigningKey } = emulator;
        const receiver = createServer((_request, response) => {
            response.writeHead(401).end(`not signed with ${webhookSigningKey}`);
        });
        await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
        const { port } = receiver.address() as AddressInfo;
        context.store.environment.settings.webhookUrl = `http://127.0.0.1:${port}/hook?token=abc`;
        await control.sendWebhook({ type: 'auth', connectionId: 'octo', providerConfigKey: 'github', token: 'abc' });
        await control.settle();
        receiver.close();
        receiver.closeAllConnections();
        await control.sendWebhook({ type: 'forward' });
        await control.advance(60_000);
        const [refused] = (await newest(emulator, '?delivery_path=auth')).deliveries;
        const [lost] = (await newest(emulator, '?delivery_path=forward')).deliveries;
        expect(JSON.parse((await details(emulator, `deliveries/${refused?.id}`)).text)).toMatchObject({
            url: `http://127.0.0.1:${port}/hook?token=***`,
            connection: 'octo',
            status: 'failed',
            attempts: [{ status: 401, answer: 'not signed with ***' }],
            body: expect.stringContaining('"token": "***"'),
        });
        expect(JSON.parse((await details(emulator, `deliveries/${lost?.id}`)).text)).toMatchObject({
            status: 'failed',
            attempts: [{ error: 'ECONNREFUSED' }, { error: 'ECONNREFUSED' }, { error: 'ECONNREFUSED' }],
        });
    });

    test('both logs are filtered over all that is kept', async () => {
        const { emulator, call } = setScene();
        await call('GET', '/connections/nobody?provider_config_key=github');
        for (let count = 0; count < 60; count++) await call('GET', '/connections');
        const all = await newest(emulator);
        expect([all.requests.length, all.matching.requests, all.kept.requests]).toEqual([50, 61, 61]);
        const some = await newest(emulator, '?status=4xx&path=nobody&connection=nobody');
        expect(some.requests).toMatchObject([{ path: '/connections/nobody', status: 404 }]);
        expect([some.matching.requests, some.kept.requests, some.statuses]).toEqual([1, 61, [200, 404]]);
    });

    test.each(['requests/99', 'requests/x', 'deliveries/whd_99'])('%s is not kept: 404', async (path) => {
        expect((await details(setScene().emulator, path)).status).toBe(404);
    });

    test.each(['requests/1', 'deliveries/whd_1'])('a page of another origin can not read %s', async (path) => {
        const { emulator, call } = setScene();
        await call('GET', '/connections');
        expect((await details(emulator, path, { origin: 'https://evil.example' })).status).toBe(403);
    });
});

describe('the stream', () => {
    test('reports a change once for a burst, and lets go when nobody reads', async () => {
        const { emulator, call } = setScene();
        const response = await emulator.fetch(request('/_emulator/events'));
        const reader = (response.body as ReadableStream<Uint8Array>).getReader();
        const read = async () => new TextDecoder().decode((await reader.read()).value);
        expect(await read()).toContain('data: hello');
        for (let index = 0; index < 5; index++) await call('GET', '/connections');
        expect(await read()).toBe('data: changed\n\n');
        await reader.cancel();
        await eventually(() => expect(emulator.context.feed.size).toBe(0));
    });
});
