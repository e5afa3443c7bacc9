import { expect } from 'vitest';
import { runChild } from './run-child.js';
import type { Soak } from './soak.js';

/** So many calls of every kind leave a process as they found it, and alive. */
export async function expectClean(calls: number): Promise<void> {
    const { before, after, outcomes, unhandled } = await runChild<Soak>(new URL('./soak.ts', import.meta.url), String(calls));
    expect(unhandled).toEqual([]);
    // There may be fewer: what was still closing when the first count was taken.
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors);
    expect(after.timers).toBeLessThanOrEqual(before.timers);
    expect(after.listeners).toBe(before.listeners);
    // A listener, a timer or a buffer that each call leaves behind would be several times as much.
    expect(after.heap - before.heap).toBeLessThan(2_000_000 + calls * 150);
    const kinds = Object.keys(outcomes).map((outcome) => outcome.split(' over ')[0]);
    expect(new Set(kinds).size).toBe(18);
    // Each kind ends in one way, whichever transport.
    expect(new Set(Object.keys(outcomes).map((outcome) => outcome.replace(/over \S+/, ''))).size).toBe(18);
}
