import { argumentError, sleep } from '@x/core/internal';
import type { RecordsLock } from './consumer.js';
import { lockError } from './lock-error.js';
import type { RecordsKey } from './record.js';

/** Says whether the key is still this run's. */
export interface Lease {
    isHeld(): Promise<boolean>;
}

const free: Lease = { isHeld: async () => true };

/** How long a lock is lent and waited for, in ms, with what is left out filled in. */
export function lockTimes({ lease = 30_000, wait = 120_000 }: RecordsLock, operation: string): { lease: number; wait: number } {
    checkMs(lease, 'lock.lease', 1_000, operation);
    checkMs(wait, 'lock.wait', 0, operation);
    return { lease, wait };
}

/** Runs `work` while this process holds the lock of `key`, renewing it as long as the work goes on. Without a lock it just runs. */
export async function holdLease<T>(
    lock: RecordsLock | undefined,
    key: RecordsKey,
    { operation, signal }: { operation: string; signal: AbortSignal | undefined },
    work: (lease: Lease) => Promise<T>,
): Promise<T> {
    if (lock === undefined) return work(free);
    const { lease, wait } = lockTimes(lock, operation);
    const owner = globalThis.crypto.randomUUID();
    // A call that hangs is given up with the lease that it asks for.
    const acquire = () => within(lease, Promise.resolve(lock.acquire(key, owner, lease)), `\`lock.acquire\` did not answer`);
    await take(acquire, wait, signal, () => lockError(operation, key, wait));
    let renewedAt = Date.now();
    let held = true;
    const renew = async () => {
        held = await acquire();
        renewedAt = Date.now();
        return held;
    };
    const heart = setInterval(() => {
        // One that fails is tried again in the next third.
        if (held) renew().catch(() => {});
    }, lease / 3);
    (heart as { unref?(): void }).unref?.();
    try {
        // A process that stood still asks before it goes on.
        return await work({ isHeld: async () => held && (Date.now() - renewedAt < lease || renew()) });
    } finally {
        clearInterval(heart);
        // The lease ends by itself where this fails.
        await within(lease, Promise.resolve(lock.release(key, owner)), '').catch(() => {});
    }
}

async function take(
    acquire: () => Promise<boolean>,
    wait: number,
    signal: AbortSignal | undefined,
    late: () => Error,
): Promise<void> {
    const end = Date.now() + wait;
    for (let pause = 50; !(await acquire()); pause = Math.min(pause * 2, 1_000)) {
        if (Date.now() >= end) throw late();
        await sleep(Math.min(pause, end - Date.now()), signal);
    }
}

async function within<T>(ms: number, promise: Promise<T>, message: string): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${message} within ${ms} ms`)), ms);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}

function checkMs(value: unknown, parameter: string, least: number, operation: string): void {
    if (Number.isFinite(value) && (value as number) >= least && (value as number) <= 3_600_000) return;
    throw argumentError(operation, parameter, `must be a number of ms from ${least} to 3600000`);
}
