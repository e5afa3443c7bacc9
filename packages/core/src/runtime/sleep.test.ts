import { expect, test, vi } from 'vitest';
import { sleep } from './sleep.js';

test('ends when the time is up, and leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    signal.addEventListener = (
        (add) =>
        (...args: Parameters<typeof add>) => {
            listeners++;
            add.apply(signal, args);
        }
    )(signal.addEventListener) as typeof signal.addEventListener;
    signal.removeEventListener = (
        (remove) =>
        (...args: Parameters<typeof remove>) => {
            listeners--;
            remove.apply(signal, args);
        }
    )(signal.removeEventListener) as typeof signal.removeEventListener;
    await sleep(1, signal);
    expect(listeners).toBe(0);
});

test("rejects with the signal's reason, before and during the wait", async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(sleep(60_000, controller.signal)).rejects.toBe(reason);
});

test('a wait that is longer than timers can be does not end at once', async () => {
    vi.useFakeTimers();
    try {
        let ended = false;
        void sleep(10 ** 12).then(() => {
            ended = true;
        });
        await vi.advanceTimersByTimeAsync(1_000_000);
        expect(ended).toBe(false);
    } finally {
        vi.useRealTimers();
    }
});

test('a wait that is cut leaves no timer', async () => {
    vi.useFakeTimers();
    try {
        const controller = new AbortController();
        const waiting = sleep(1_000, controller.signal);
        controller.abort(new Error('enough'));
        await expect(waiting).rejects.toThrow('enough');
        expect(vi.getTimerCount()).toBe(0);
    } finally {
        vi.useRealTimers();
    }
});

test('needs no signal', async () => {
    await sleep(0);
});
