import { ActionError, startEmulator } from '@x/emulator';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

/** The examples of the documentation do what it says, against the emulator. */

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'shop' }],
            connections: [{ provider_config_key: 'shop', connection_id: 'c1', credentials: { type: 'NONE' } }],
        },
    });
    emulator
        .defineAction('shop', 'order', ({ sku, amount }: { sku: string; amount: number }) => {
            if (amount > 10) throw new ActionError({ reason: 'not that many' });
            if (sku === 'gone') throw Object.assign(new Error('gone'), { response: { status: 410, headers: {}, data: {} } });
            return { id: `${sku}-1` };
        })
        .defineAction('shop', 'import-orders', () => ({ imported: 3 }));
    // The examples make their client when they are imported.
    vi.stubEnv('NANGO_API_KEY', 'e0e0e0e0-0000-4000-8000-000000000001');
    vi.stubEnv('NANGO_HOST', emulator.url);
});
afterAll(() => emulator.close());

test('failures are distinguished', async () => {
    const { order } = await import('./examples/failures.js');
    expect(await order('c1', { sku: 'tea', amount: 1 })).toBe('ordered: tea-1');
    expect(await order('c1', { sku: 'tea', amount: 11 })).toBe('refused: not that many');
    expect(await order('c1', { sku: 'gone', amount: 1 })).toBe('the shop answered 410');
    await expect(order('nobody', { sku: 'tea', amount: 1 })).rejects.toMatchObject({ code: 'unknown_connection' });
});

test('a queued action is waited for, by polling or by webhook', async () => {
    const { importOrders, collect, onAsyncAction } = await import('./examples/settle.js');
    expect(await importOrders('c1')).toEqual({ imported: 3 });
    const id = (await (await import('./examples/nango.js')).nango.triggerActionAsync('shop', 'c1', 'import-orders')).id;
    await emulator.control.settle();
    const event = {
        type: 'async_action',
        from: 'nango',
        connectionId: 'c1',
        providerConfigKey: 'shop',
        payload: { id, statusUrl: `/action/${id}` },
    } as const;
    onAsyncAction(event);
    expect(await collect(event)).toEqual({ imported: 3 });
});

test('the package works alone', async () => {
    const { importOrdersAlone } = await import('./examples/one-package.js');
    expect(await importOrdersAlone('c1')).toEqual({ imported: 3 });
});
