import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { send } from './replay.js';

let emulator: RunningEmulator;
beforeAll(async () => {
    emulator = await startEmulator({ port: 0, rateLimit: 3, frozenAt: '2026-03-01T12:00:00Z' });
});
afterAll(() => emulator.close());

test('3 the limit, the rest, the reset in seconds; then 429 with code, method and path only', async () => {
    const reset = Date.parse('2026-03-01T12:01:00Z') / 1000;
    for (const remaining of ['2', '1', '0']) {
        const { status, headers } = await send(emulator, { path: '/connections' });
        expect([status, headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']]).toEqual([200, '3', remaining]);
        expect(headers['x-ratelimit-reset']).toBe(String(reset));
        expect(headers['retry-after']).toBeUndefined();
    }
    const refused = await send(emulator, { path: '/connections?limit=1' });
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({ error: { code: 'too_many_request', method: 'GET', path: '/connections' } });
    expect(refused.headers).toMatchObject({
        'x-ratelimit-limit': '3',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(reset),
        'retry-after': '60',
    });
    await emulator.control.advance(59_500);
    expect((await send(emulator, { path: '/connections' })).headers['retry-after']).toBe('0');
});

test('3 a 401 comes before the limit, a missing scope after it; 415 and invalid_json before both', async () => {
    const statusOf = async (sent: Parameters<typeof send>[1]) => (await send(emulator, sent)).status;
    const { secret } = await emulator.control.key({ scopes: [] });
    expect(await statusOf({ path: '/connections', key: null })).toBe(401);
    expect(await statusOf({ path: '/connections', key: secret })).toBe(429);
    expect(await statusOf({ path: '/connections', headers: { 'Content-Type': 'text/plain' } })).toBe(415);
    expect(await statusOf({ method: 'POST', path: '/connections', body: '{' })).toBe(400);
    expect(await statusOf({ path: '/proxy/x' })).toBe(429);
});

test('3 scripts have a bucket of their own, and so have sessions', async () => {
    const { secret } = await emulator.control.key({ kind: 'script', scopes: ['environment:*'] });
    const script = await send(emulator, { path: '/connections', key: secret, headers: { 'Nango-Is-Script': 'true' } });
    expect([script.status, script.headers['x-ratelimit-remaining']]).toEqual([200, '2']);
    await emulator.control.advance(1000);
    const { body } = await send(emulator, { method: 'POST', path: '/connect/sessions', body: { end_user: { id: 'u' } } });
    const session = await send(emulator, { path: '/connect/session', key: body.data.token });
    expect([session.status, session.headers['x-ratelimit-remaining']]).toEqual([200, '2']);
});
