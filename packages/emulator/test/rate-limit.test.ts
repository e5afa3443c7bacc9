import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { createEmulator } from '../src/index.js';
import { caller, noon, scene } from './support/scene.js';

const limited = (rateLimit: number) => {
    const emulator = createEmulator({ seed: scene, frozenAt: noon, rateLimit });
    return { emulator, call: caller(emulator) };
};

describe('the limit', () => {
    test('counts down, then refuses until the window ends', async () => {
        const { emulator, call } = limited(3);
        const remaining: (string | null)[] = [];
        for (let index = 0; index < 3; index++)
            remaining.push((await call('GET', '/connections')).headers.get('x-ratelimit-remaining'));
        expect(remaining).toEqual(['2', '1', '0']);
        await emulator.control.advance(20_500);
        const refused = await call('GET', '/integrations?x=1');
        expect([refused.status, refused.body]).toEqual([
            429,
            { error: { code: 'too_many_request', method: 'GET', path: '/integrations' } },
        ]);
        expect(Object.fromEntries(refused.headers)).toMatchObject({
            'x-ratelimit-limit': '3',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(noon / 1000 + 60),
            'retry-after': '39',
        });
        await emulator.control.advance(39_499);
        const last = await call('GET', '/connections');
        expect([last.status, last.headers.get('retry-after')]).toEqual([429, '0']);
        await emulator.control.advance(1);
        expect((await call('GET', '/connections')).status).toBe(200);
    });

    test('is one for all keys of the account, and another for sessions and for scripts', async () => {
        const { call } = limited(2);
        const { token } = (await call('POST', '/connect/sessions', { body: { tags: {} } })).body.data;
        expect(
            (await call('GET', '/connections/octo?provider_config_key=github', { key: '11111111-1111-4111-8111-111111111111' }))
                .status,
        ).toBe(200);
        expect((await call('GET', '/connections')).status).toBe(429);
        expect((await call('GET', '/connect/session', { key: token })).status).toBe(200);
        const script = { key: '33333333-3333-4333-8333-333333333333', headers: { 'Nango-Is-Script': 'true' } };
        expect((await call('GET', '/connections', script)).status).toBe(200);
    });

    test('is not counted for requests that fail before the key, nor for the control surface', async () => {
        const { emulator, call } = limited(1);
        await call('GET', '/connections', { key: null });
        await call('POST', '/integrations', { body: '{' });
        await emulator.control.now();
        expect((await call('GET', '/connections')).status).toBe(200);
        expect((await call('GET', '/connections')).status).toBe(429);
    });

    test('and its window can be changed, or switched off with its headers', async () => {
        const { emulator, call } = limited(1);
        await call('GET', '/connections');
        await emulator.control.rateLimit({ limit: 1, windowMs: 1000 });
        expect((await call('GET', '/connections')).status).toBe(200);
        expect((await call('GET', '/connections')).status).toBe(429);
        await emulator.control.advance(1000);
        expect((await call('GET', '/connections')).status).toBe(200);
        await emulator.control.rateLimit(false);
        const free = await call('GET', '/connections');
        expect([free.status, free.headers.get('x-ratelimit-limit')]).toEqual([200, null]);
        await emulator.control.reset();
        expect((await call('GET', '/connections')).headers.get('x-ratelimit-limit')).toBe('1');
    });

    test('follows the machine’s time while the clock runs, wherever that was moved to', async () => {
        fakeClock();
        const emulator = createEmulator({ rateLimit: 5 });
        await emulator.control.advance(3_600_000);
        const response = await emulator.fetch(
            new Request('http://localhost/providers', { headers: { Authorization: emulator.apiKey } }),
        );
        const reset = Number(response.headers.get('x-ratelimit-reset'));
        expect(Math.abs(reset - Date.now() / 1000 - 60)).toBeLessThanOrEqual(1);
    });
});
