import { describe, expect, test } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
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

describe('the stream', () => {
    test('tells of a change once for a burst, and lets go when nobody reads', async () => {
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
