import { afterEach, expect, test } from 'vitest';
import { defaultApiKey, type RunningEmulator, startEmulator } from '../src/index.js';

let emulator: RunningEmulator;
afterEach(() => emulator?.close());

test('an integration is created, read, changed and deleted', async () => {
    emulator = await startEmulator({ port: 0 });
    const call = async (method: string, path: string, body?: unknown) => {
        const response = await fetch(emulator.url + path, {
            method,
            headers: { Authorization: `Bearer ${defaultApiKey}`, 'Content-Type': 'application/json' },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return { status: response.status, headers: response.headers, body: await response.json() };
    };
    const created = await call('POST', '/integrations', {
        provider: 'github',
        unique_key: 'gh',
        credentials: { type: 'OAUTH2', client_id: 'id', client_secret: 'secret' },
    });
    expect(created).toMatchObject({ status: 200, body: { data: { unique_key: 'gh', provider: 'github' } } });
    expect(created.headers.get('x-ratelimit-limit')).toBe('10000');
    const read = await call('GET', '/integrations/gh?include=credentials&include=webhook');
    expect(read.body).toMatchObject({ data: { credentials: { client_secret: 'secret', scopes: null }, webhook_url: null } });
    expect(await call('POST', '/integrations', { provider: 'nope', unique_key: 'gh' })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_body', errors: [{ code: 'invalid_string', path: ['provider'] }] } },
    });
    expect(await call('DELETE', '/integrations/gh')).toMatchObject({ status: 200, body: { success: true } });
    expect(await call('GET', '/integrations/gh')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
});
