import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryTokenStore } from './memory-token-store.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

test('the entry that was asked for longest ago goes first, and reading keeps one', async () => {
    const store = new MemoryTokenStore();
    for (let i = 0; i < 1_000; i++) store.set(`n${i}`, 'v', 60_000);
    expect(store.get('n0')).toBe('v');
    store.set('one more', 'v', 60_000);
    expect(store.get('n0')).toBe('v');
    expect(store.get('n1')).toBeUndefined();
    store.set('n0', 'again', 60_000);
    store.set('another', 'v', 60_000);
    expect([store.get('n0'), store.get('n2'), store.get('n3')]).toEqual(['again', undefined, 'v']);
    store.delete('n3');
    expect(store.get('n3')).toBeUndefined();
});

test('an entry that is too old does not keep its place in memory', () => {
    const store = new MemoryTokenStore();
    store.set('old', 'v', 10);
    vi.setSystemTime(Date.now() + 10);
    expect(store.get('old')).toBeUndefined();
    vi.setSystemTime(Date.now() - 10);
    expect(store.get('old')).toBeUndefined();
});
