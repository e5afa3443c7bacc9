import { NangoInputError } from '@x/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RecordsLock } from './consumer.js';
import { holdLease, type Lease } from './hold-lease.js';
import { NangoLockError } from './lock-error.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };
const call = { operation: 'consumeRecords', signal: undefined };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
});

/** A lock whose lease runs by the fake clock. */
function memoryLock(options: Partial<RecordsLock> = {}) {
    const held = { owner: undefined as string | undefined, until: 0 };
    const lock: RecordsLock = {
        lease: 30_000,
        acquire(_key, owner, lease) {
            if (held.owner !== undefined && held.owner !== owner && held.until > Date.now()) return false;
            Object.assign(held, { owner, until: Date.now() + lease });
            return true;
        },
        release(_key, owner) {
            if (held.owner === owner) held.owner = undefined;
        },
        ...options,
    };
    return { lock, held };
}

/** Work whose end the test decides. */
function work() {
    const seen: { lease?: Lease } = {};
    let end = (_result: string) => {};
    const ended = new Promise<string>((resolve) => {
        end = resolve;
    });
    const run = (lease: Lease) => {
        seen.lease = lease;
        return ended;
    };
    return { run, end: () => end('done'), lease: () => seen.lease as Lease };
}

test('keeps the key as long as the work goes on, and gives it back', async () => {
    const { lock, held } = memoryLock();
    const one = work();
    const first = holdLease(lock, key, call, one.run);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(held.until).toBeGreaterThan(Date.now());
    expect(await one.lease().isHeld()).toBe(true);

    const two = vi.fn(async () => 'second');
    const second = holdLease(lock, key, call, two);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(two).not.toHaveBeenCalled();
    one.end();
    expect(await first).toBe('done');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await second).toBe('second');
    expect(held.owner).toBeUndefined();
});

test('waits as long as `wait` allows, then says who is in the way', async () => {
    const { lock } = memoryLock({ wait: 5_000, acquire: () => false });
    const waiting = holdLease(lock, key, call, async () => 'never').catch((error) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    const error = await waiting;
    expect(error).toBeInstanceOf(NangoLockError);
    expect(error).toMatchObject({ key, waited: 5_000 });
});

test('an abort ends the wait', async () => {
    const { lock } = memoryLock({ acquire: () => false });
    const controller = new AbortController();
    const waiting = holdLease(lock, key, { ...call, signal: controller.signal }, async () => 'never').catch((error) => error);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error('enough'));
    expect((await waiting).message).toBe('enough');
});

test('a process that stood still for longer than its lease knows that the key is gone', async () => {
    const { lock, held } = memoryLock();
    const one = work();
    const first = holdLease(lock, key, call, one.run);
    await vi.advanceTimersByTimeAsync(0);
    vi.setSystemTime(Date.now() + 60_000);
    Object.assign(held, { owner: 'other', until: Date.now() + 30_000 });
    expect(await one.lease().isHeld()).toBe(false);
    one.end();
    await first;
    expect(held.owner).toBe('other');
});

test('a renewal that fails is tried again within the lease', async () => {
    const { lock, held } = memoryLock();
    const acquire = vi.spyOn(lock as { acquire: RecordsLock['acquire'] }, 'acquire');
    const one = work();
    const first = holdLease(lock, key, call, one.run);
    await vi.advanceTimersByTimeAsync(0);
    acquire.mockRejectedValueOnce(new Error('connection lost'));
    await vi.advanceTimersByTimeAsync(29_000);
    expect(held.until).toBeGreaterThan(Date.now() + 10_000);
    one.end();
    await first;
});

test.each(['acquire', 'release'] as const)('an `%s` that hangs holds up nothing for longer than the lease', async (part) => {
    const { lock } = memoryLock({ [part]: () => new Promise(() => {}) });
    const ended = holdLease(lock, key, call, async () => 'done').catch((error) => error.message);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await ended).toBe(part === 'release' ? 'done' : '`lock.acquire` did not answer within 30000 ms');
});

test.each([{ lease: 0 }, { lease: Number.NaN }, { wait: -1 }, { lease: 7_200_000 }])('refuses %j', async (options) => {
    await expect(holdLease(memoryLock(options).lock, key, call, async () => 'never')).rejects.toThrow(NangoInputError);
});
