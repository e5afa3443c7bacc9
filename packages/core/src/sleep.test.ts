import { expect, test } from 'vitest';
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
