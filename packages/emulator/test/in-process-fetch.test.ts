import { Nango } from '@x/node';
import { expect, expectTypeOf, test } from 'vitest';
import { createEmulator, type Emulator, startEmulator } from '../src/index.js';
import { scene } from './support/scene.js';

const client = ({ apiKey, url, fetch }: Emulator) => new Nango({ apiKey, host: url, fetch, retry: false });

test('it is a fetch: a client takes it as it is, and no port is needed', async () => {
    expectTypeOf<Emulator['fetch']>().toEqualTypeOf<typeof globalThis.fetch>();
    const emulator = createEmulator({ seed: scene });
    const nango = client(emulator);
    expect(await nango.getToken('key-api', 'k1')).toEqual({ type: 'API_KEY', apiKey: 'secret-key' });
    await nango.setMetadata('github', 'octo', { plan: 'free' });
    expect(await nango.getMetadata('github', 'octo')).toEqual({ plan: 'free' });
    await emulator.control.fault({ type: 'reset' });
    await expect(nango.listConnections()).rejects.toMatchObject({ name: 'NangoNetworkError', code: 'ECONNRESET' });
});

test('it takes an address as text, URL or request, with or without an origin', async () => {
    const { fetch, url, apiKey } = createEmulator({ seed: scene });
    const init = { headers: { Authorization: `Bearer ${apiKey}` } };
    for (const input of ['/connections', `${url}/connections`, new URL('/connections', url), new Request(`${url}/connections`)])
        expect((await fetch(input, init)).status).toBe(200);
    const answer = await fetch('/connections/metadata', {
        method: 'POST',
        ...init,
        body: JSON.stringify({ provider_config_key: 'github', connection_id: 'octo', metadata: { a: 1 } }),
        headers: { ...init.headers, 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(201);
});

test('an aborted call ends, before its answer and within it', async () => {
    const emulator = createEmulator();
    await expect(emulator.fetch('/health', { signal: AbortSignal.abort('at once') })).rejects.toBe('at once');
    await emulator.control.fault({ type: 'latency', ms: 3_600_000, times: 1 });
    const early = new AbortController();
    const call = emulator.fetch('/health', { signal: early.signal });
    early.abort('too late');
    await expect(call).rejects.toBe('too late');
    await emulator.control.fault({ type: 'slow-body', bytes: 1, ms: 60_000, times: 1 });
    const late = new AbortController();
    const answer = await emulator.fetch('/health', { signal: late.signal });
    late.abort('half-way');
    await expect(answer.text()).rejects.toBe('half-way');
});

test('of one that listens it answers the same, and chaining keeps the one that listens', async () => {
    const emulator = await startEmulator({ port: 0, seed: scene });
    const same = emulator.defineAction('github', 'one', () => 1).defineSync('github', 'two', { model: 'Two', run: () => [] });
    expect(same).toBe(emulator);
    expect((await client(same).listConnections()).connections).toHaveLength(4);
    expect((await client(same).triggerAction('github', 'octo', 'one')) as unknown).toBe(1);
    await same.close();
});
