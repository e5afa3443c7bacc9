import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually, settle } from '../../core/test/support/eventually.js';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { createEmulator, EmulatorControl, type RunningEmulator, startEmulator } from '../src/index.js';
import { scene } from './support/scene.js';

let emulator: RunningEmulator;
let control: EmulatorControl;
const get = (path = '/connections') => fetch(emulator.url + path, { headers: { Authorization: `Bearer ${emulator.apiKey}` } });

beforeEach(async () => {
    emulator = await startEmulator({ port: 0, seed: scene });
    control = new EmulatorControl(emulator.url);
});
afterEach(() => emulator.close());

describe('kinds', () => {
    test('status, with a body and headers of its own', async () => {
        await control.fault({ type: 'status', status: 503, body: { down: true }, headers: { 'Retry-After': '7' } });
        const answer = await get();
        expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([503, '7', { down: true }]);
        await control.clearFaults();
        await control.fault({
            type: 'status',
            status: 502,
            body: '<h1>Bad gateway</h1>',
            headers: { 'Content-Type': 'text/html' },
        });
        expect(await (await get()).text()).toBe('<h1>Bad gateway</h1>');
    });

    test('latency, and then the real answer', async () => {
        await control.fault({ type: 'latency', ms: 60_000 });
        const clock = fakeClock();
        let answered = false;
        const answer = get().finally(() => {
            answered = true;
        });
        await eventually(() => expect(clock.timers).toContain(60_000));
        await clock.pass(59_999);
        await settle();
        expect(answered).toBe(false);
        await clock.pass(1);
        expect((await answer).status).toBe(200);
    });

    test('reset: the connection is closed without an answer', async () => {
        await control.fault({ type: 'reset', times: 1 });
        await expect(get()).rejects.toMatchObject({ cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } });
        expect((await get()).status).toBe(200);
    });

    test('truncate: all of the length is announced, half of the body comes', async () => {
        const whole = await (await get()).text();
        await control.fault({ type: 'truncate' });
        const answer = await get();
        expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(whole.length)]);
        await expect(answer.text()).rejects.toThrow();
    });

    test('slow-body: the headers at once, the body in pieces', async () => {
        const whole = await (await get('/integrations')).text();
        await control.fault({ type: 'slow-body', ms: 5, bytes: 200 });
        const answer = await get('/integrations');
        const pieces: string[] = [];
        for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) pieces.push(Buffer.from(piece).toString());
        expect(pieces.join('')).toBe(whole);
        expect(pieces.length).toBeGreaterThan(2);
    });

    test('garbage: labelled JSON, and no JSON', async () => {
        await control.fault({ type: 'garbage' });
        const answer = await get();
        expect(answer.headers.get('content-type')).toContain('application/json');
        await expect(answer.json()).rejects.toThrow(SyntaxError);
    });

    test('rate-limit: as the rate limiter would', async () => {
        await control.fault({ type: 'rate-limit', retryAfter: 3, times: 1 });
        const answer = await get();
        expect([answer.status, await answer.json()]).toEqual([
            429,
            { error: { code: 'too_many_request', method: 'GET', path: '/connections' } },
        ]);
        expect(answer.headers.get('retry-after')).toBe('3');
        expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    });

    test('a request may take effect before its answer is lost', async () => {
        const post = (processed: boolean) =>
            control.fault({ type: 'status', status: 500, method: 'DELETE', processed, times: 1 }).then(() =>
                fetch(`${emulator.url}/connections/octo?provider_config_key=github`, {
                    method: 'DELETE',
                    headers: { Authorization: `Bearer ${emulator.apiKey}` },
                }),
            );
        expect((await post(false)).status).toBe(500);
        expect((await get('/connections/octo?provider_config_key=github')).status).toBe(200);
        expect((await post(true)).status).toBe(500);
        expect((await get('/connections/octo?provider_config_key=github')).status).toBe(404);
    });
});

test('an answer that is replaced leaves none of its headers', async () => {
    emulator.defineAction('github', 'echo', (input: unknown) => input);
    await control.fault({ type: 'status', status: 502, processed: true, times: 1 });
    const answer = await fetch(`${emulator.url}/action/trigger`, {
        method: 'POST',
        headers: {
            Authorization: `Bearer ${emulator.apiKey}`,
            'Content-Type': 'application/json',
            'Connection-Id': 'octo',
            'Provider-Config-Key': 'github',
            'X-Async': 'true',
        },
        body: '{"action_name":"echo"}',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([502, null]);
});

describe('when they strike', () => {
    test('by operation, path, method', async () => {
        await control.fault({ type: 'status', status: 500, operation: 'listIntegrations' });
        await control.fault({ type: 'status', status: 501, path: '/connections/*' });
        await control.fault({ type: 'status', status: 502, method: 'POST' });
        expect((await get('/integrations')).status).toBe(500);
        expect((await get('/integrations/github')).status).toBe(200);
        expect((await get('/connections/octo?provider_config_key=github')).status).toBe(501);
        expect((await get('/connections')).status).toBe(200);
        expect((await fetch(`${emulator.url}/sync/trigger`, { method: 'POST' })).status).toBe(502);
    });

    test('n times, after some that pass', async () => {
        const { id } = await control.fault({ type: 'status', status: 500, times: 2, skip: 1 });
        const statuses: number[] = [];
        for (let index = 0; index < 5; index++) statuses.push((await get()).status);
        expect(statuses).toEqual([200, 500, 500, 200, 200]);
        expect(await control.faults()).toMatchObject([{ id, seen: 5, struck: 2 }]);
        await control.removeFault(id);
        expect(await control.faults()).toEqual([]);
        await expect(control.removeFault(id)).rejects.toMatchObject({ status: 404, code: 'not_found' });
    });

    test('by chance, the same with the same seed', async () => {
        const run = async (seed: number) => {
            await control.clearFaults();
            await control.fault({ type: 'status', status: 500, probability: 0.5, seed });
            const statuses: number[] = [];
            for (let index = 0; index < 20; index++) statuses.push((await get('/health')).status);
            return statuses;
        };
        const first = await run(7);
        expect(first).toContain(500);
        expect(first).toContain(200);
        expect(await run(7)).toEqual(first);
        expect(await run(8)).not.toEqual(first);
    });

    test('never on the control surface, and a second one waits for its turn', async () => {
        await control.fault({ type: 'status', status: 500, times: 1 });
        await control.fault({ type: 'status', status: 503, times: 1 });
        expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([500, 503, 200]);
    });

    test('a fault that is none is refused with its places', async () => {
        await expect(control.fault({ type: 'status', status: 99 })).rejects.toThrow(/status: /);
    });

    test('what struck is in the request log', async () => {
        await control.fault({ type: 'status', status: 500, times: 1 });
        await get();
        expect((await control.requests()).at(-1)).toMatchObject({ path: '/connections', status: 500, fault: 'status' });
    });
});

test('in process, a reset is a failed fetch and a truncated body breaks while it is read', async () => {
    const local = createEmulator();
    const request = () => new Request('http://localhost/health');
    await local.control.fault({ type: 'reset', times: 1 });
    await expect(local.fetch(request())).rejects.toThrow(TypeError);
    await local.control.fault({ type: 'truncate', bytes: 3, times: 1 });
    await expect((await local.fetch(request())).text()).rejects.toThrow(/cut off/);
    expect((await local.fetch(request())).status).toBe(200);
});
