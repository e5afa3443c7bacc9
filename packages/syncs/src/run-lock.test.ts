import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fieldsOf } from '../../core/test/support/fields-of.js';
import { alone, runsShape } from './run-lock.js';

/** What the runs of all copies of the package in a process share. */
const runs = () => (globalThis as { [key: symbol]: unknown })[Symbol.for(runsShape)] as Map<string, { seenAt: number }>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
    runs()?.clear();
    vi.useRealTimers();
});

/** Starts a run whose end the test decides. */
function start(name = 'a') {
    let end = () => {};
    const work = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
    const ended = alone(name, undefined, work);
    return {
        ended,
        begun: () => work.mock.calls.length === 1,
        end: async () => {
            end();
            await ended;
        },
    };
}

test('a run that takes long keeps its place as long as it is alive', async () => {
    const first = start();
    const second = start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([first.begun(), second.begun()]).toEqual([true, false]);
    await first.end();
    await vi.advanceTimersByTimeAsync(250);
    expect(second.begun()).toBe(true);
    await second.end();
    expect(runs().size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
});

test('the next one begins at once when one fails', async () => {
    const failed = alone('a', undefined, () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
    const next = start();
    await vi.advanceTimersByTimeAsync(0);
    expect(next.begun()).toBe(true);
    await next.end();
});

test('a run that has shown no life for 30 s is replaced, and not sooner', async () => {
    const dead = start();
    await vi.advanceTimersByTimeAsync(0);
    vi.clearAllTimers();
    const next = start();
    await vi.advanceTimersByTimeAsync(29_900);
    expect([dead.begun(), next.begun()]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(700);
    expect(next.begun()).toBe(true);

    // It ends after all: the place is no longer its own to give.
    await dead.end();
    const third = start();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(third.begun()).toBe(false);
    await next.end();
    await vi.advanceTimersByTimeAsync(250);
    expect(third.begun()).toBe(true);
    await third.end();
});

test('a run found without life gets half a second to show some', async () => {
    const frozen = start();
    await vi.advanceTimersByTimeAsync(0);
    runs().set('a', { seenAt: Date.now() - 60_000 });
    const next = start();
    await vi.advanceTimersByTimeAsync(300);
    expect(next.begun()).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(next.begun()).toBe(true);
    await Promise.all([frozen.end(), next.end()]);
});

test('a process that stood still does not lose the runs that go on', async () => {
    const first = start();
    const second = start();
    await vi.advanceTimersByTimeAsync(4_700);
    vi.setSystemTime(Date.now() + 60_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([first.begun(), second.begun()]).toEqual([true, false]);
    await first.end();
    await vi.advanceTimersByTimeAsync(250);
    await second.end();
});

test('needs no timers that can be unreferenced', async () => {
    const set = setInterval;
    vi.stubGlobal('setInterval', (run: () => void, ms: number) => Number(set(run, ms)));
    expect(await alone('a', undefined, async () => 'done')).toBe('done');
    vi.unstubAllGlobals();
});

test('runs have the fields that are committed for the name under which copies of the package share them', async () => {
    const list = new URL('../../core/test/shared-shapes.json', import.meta.url);
    const committed = JSON.parse(readFileSync(list, 'utf8')) as Record<string, string[]>;
    const run = start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(
        fieldsOf(...runs().values()),
        `The fields of a run have changed: give runsShape the next number, and add a list to shared-shapes.json`,
    ).toEqual(committed[runsShape]);
    await run.end();
});

test('a run that may not wait for ever gives up when its time is over, and at once when it may not wait at all', async () => {
    const first = start();
    const late = () => new Error('late');
    await expect(alone('a', undefined, async () => {}, { wait: 0, late })).rejects.toThrow('late');
    const waiting = alone('a', undefined, async () => {}, { wait: 60_000, late });
    const gaveUp = expect(waiting).rejects.toThrow('late');
    let settled = false;
    void waiting.catch(() => (settled = true));
    await vi.advanceTimersByTimeAsync(59_999);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await gaveUp;
    expect(first.begun()).toBe(true);
    await first.end();
    expect(vi.getTimerCount()).toBe(0);
});
