import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TokenStore } from '../types/options.js';
import { BoundedStore } from './bounded-store.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 }));
afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
});

const hangs = () => new Promise<never>(() => undefined);
const store = (parts: Partial<TokenStore> = {}): TokenStore => ({ get: hangs, set: hangs, delete: hangs, ...parts });
/** Whether a promise has settled by now. */
async function watch(promise: Promise<unknown>) {
    const seen = { settled: false };
    promise.then(
        () => (seen.settled = true),
        () => (seen.settled = true),
    );
    await vi.advanceTimersByTimeAsync(0);
    return seen;
}

describe('a store that hangs', () => {
    test.each<[string, (bounded: BoundedStore) => Promise<unknown>]>([
        ['get', (bounded) => bounded.get('n', {})],
        ['set', (bounded) => bounded.set('n', 'v', 1, {})],
        ['delete', (bounded) => bounded.delete('n', {})],
    ])('is waited for half a second: %s', async (_name, ask) => {
        const seen = await watch(ask(new BoundedStore(store())));
        await vi.advanceTimersByTimeAsync(499);
        expect(seen.settled).toBe(false);
        await vi.advanceTimersByTimeAsync(1);
        expect(seen.settled).toBe(true);
    });

    test('is waited for as long as it was given', async () => {
        const seen = await watch(new BoundedStore(store(), 2_000).get('n', {}));
        await vi.advanceTimersByTimeAsync(1_999);
        expect(seen.settled).toBe(false);
        await vi.advanceTimersByTimeAsync(1);
        expect(seen.settled).toBe(true);
    });

    test('is not waited for longer than the call has time', async () => {
        const seen = await watch(new BoundedStore(store()).get('n', { deadline: Date.now() + 200 }));
        await vi.advanceTimersByTimeAsync(199);
        expect(seen.settled).toBe(false);
        await vi.advanceTimersByTimeAsync(1);
        expect(seen.settled).toBe(true);
    });

    test('does not hold a call that is aborted, which gets its own reason', async () => {
        const controller = new AbortController();
        const reading = new BoundedStore(store()).get('n', { signal: controller.signal });
        const reason = new Error('mine');
        controller.abort(reason);
        await expect(reading).rejects.toBe(reason);
        const asked = vi.fn(hangs);
        await expect(new BoundedStore(store({ get: asked })).get('n', { signal: controller.signal })).rejects.toBe(reason);
        expect(asked).not.toHaveBeenCalled();
    });

    test('does not hold an answer that is here when the call is aborted', async () => {
        const controller = new AbortController();
        const keeping = new BoundedStore(store()).set('n', 'v', 1, { signal: controller.signal });
        controller.abort();
        await keeping;
    });
});

test('no listener stays at a signal', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await new BoundedStore(store({ get: () => 'v' })).get('n', { signal });
    expect(removed.mock.calls).toEqual(added.mock.calls);
});

test('a store that throws, or answers something else than text, counts as empty', async () => {
    const throws = () => {
        throw new Error('down');
    };
    const thrower = new BoundedStore(store({ get: throws, set: throws, delete: throws }));
    expect(await thrower.get('n', {})).toBeUndefined();
    await thrower.set('n', 'v', 1, {});
    await thrower.delete('n', {});
    for (const value of [null, 5, {}, Symbol('s')]) {
        expect(await new BoundedStore(store({ get: () => value as never })).get('n', {})).toBeUndefined();
    }
});

test('what could not be dropped is not taken from the store again, until it was replaced', async () => {
    const kept = new Map([['n', 'old']]);
    let down = true;
    const flaky = new BoundedStore({
        get: (name) => kept.get(name),
        set: (name, value) => (down ? Promise.reject(new Error('down')) : void kept.set(name, value)),
        delete: (name) => (down ? hangs() : void kept.delete(name)),
    });
    expect(await flaky.get('n', {})).toBe('old');
    const dropping = flaky.delete('n', {});
    expect(await flaky.get('n', {})).toBeUndefined();
    await vi.advanceTimersByTimeAsync(500);
    await dropping;
    expect(await flaky.get('n', {})).toBeUndefined();
    await flaky.set('n', 'new', 1, {});
    expect(await flaky.get('n', {})).toBeUndefined();
    down = false;
    await flaky.set('n', 'new', 1, {});
    expect(await flaky.get('n', {})).toBe('new');
    await flaky.delete('n', {});
    kept.set('n', 'of another process');
    expect(await flaky.get('n', {})).toBe('of another process');
});

test('a thousand names that could not be dropped are remembered', async () => {
    const flaky = new BoundedStore(store({ get: () => 'old', delete: () => Promise.reject(new Error('down')) }));
    for (let i = 0; i <= 1_000; i++) await flaky.delete(`n${i}`, {});
    expect([await flaky.get('n0', {}), await flaky.get('n1', {}), await flaky.get('n1000', {})]).toEqual([
        'old',
        undefined,
        undefined,
    ]);
});
