import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallLimits } from '../types/call-limits.js';
import { CallControl } from './call-control.js';

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const limits = (more: Partial<CallLimits> = {}): CallLimits => ({
    signal: undefined,
    totalTimeout: undefined,
    timedOut: (scope, timeout) => `${scope} ${timeout}`,
    ...more,
});
/** A control over something that can be cut, and what it was cut with. */
function watched(more: Partial<CallLimits> = {}) {
    const control = new CallControl(limits(more));
    const cut = vi.fn();
    control.onCancel = cut;
    return { control, cut };
}

test('the whole time running out cuts what is going on, and all that asks afterwards', async () => {
    const { control, cut } = watched({ totalTimeout: 1_000 });
    expect(control.deadline).toBe(1_800_000_001_000);
    await vi.advanceTimersByTimeAsync(999);
    control.throwIfCancelled();
    expect(cut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(cut).toHaveBeenCalledExactlyOnceWith('total 1000');
    expect([control.cancelled, control.reason]).toEqual([true, 'total 1000']);
    expect(() => control.throwIfCancelled()).toThrow('total 1000');
    expect(() => control.sleep(1)).toThrow('total 1000');
});

test('the time of an attempt running out cuts the attempt, not the call', async () => {
    const { control, cut } = watched();
    expect(control.deadline).toBeUndefined();
    control.startAttempt(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cut).toHaveBeenCalledExactlyOnceWith('attempt 1000');
    expect(control.cancelled).toBe(false);
    control.throwIfCancelled();
});

test('a limit that is reached while nothing can be cut cuts the next thing of its attempt', async () => {
    const control = new CallControl(limits());
    const [late, next] = [vi.fn(), vi.fn()];
    control.startAttempt(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    control.onCancel = late;
    expect(late).toHaveBeenCalledExactlyOnceWith('attempt 1000');
    control.startAttempt(1_000);
    control.onCancel = next;
    expect(next).not.toHaveBeenCalled();
    control.endAttempt();
});

test('a call that was aborted before there was anything to abort aborts what comes later', () => {
    const control = new CallControl(limits());
    const cut = vi.fn();
    control.cancel('enough');
    control.startAttempt(1_000);
    control.onCancel = cut;
    expect(cut).toHaveBeenCalledExactlyOnceWith('enough');
    control.release();
});

test('the next attempt has its own time, one without a limit has none', async () => {
    const { control, cut } = watched();
    control.startAttempt(1_000);
    await vi.advanceTimersByTimeAsync(900);
    control.startAttempt(1_000);
    await vi.advanceTimersByTimeAsync(900);
    control.endAttempt();
    await vi.advanceTimersByTimeAsync(900);
    control.startAttempt(1_000);
    control.startAttempt(undefined);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(cut).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
});

test('the first reason is the reason', () => {
    const { control, cut } = watched();
    control.cancel('first');
    control.cancel('second');
    expect(cut).toHaveBeenCalledExactlyOnceWith('first');
    expect(control.reason).toBe('first');
});

test("the caller's signal cuts with its own reason", () => {
    const controller = new AbortController();
    const { control, cut } = watched({ signal: controller.signal });
    const reason = new Error('mine');
    controller.abort(reason);
    expect(cut).toHaveBeenCalledExactlyOnceWith(reason);
    expect(control.reason).toBe(reason);
});

test('a signal that was aborted before is heeded, and not listened to', () => {
    const signal = AbortSignal.abort('before');
    const listen = vi.spyOn(signal, 'addEventListener');
    expect(new CallControl(limits({ signal })).reason).toBe('before');
    expect(listen).not.toHaveBeenCalled();
});

test('a signal without a reason, as those of old polyfills, gives the one of the standard', () => {
    const signal = { aborted: true, reason: undefined } as AbortSignal;
    expect(new CallControl(limits({ signal })).reason).toMatchObject({
        name: 'AbortError',
        message: 'This operation was aborted',
    });
});

test('releasing takes back every timer and listener, once', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const { control, cut } = watched({ signal, totalTimeout: 1_000 });
    control.startAttempt(500);
    control.release();
    control.release();
    expect(vi.getTimerCount()).toBe(0);
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledOnce();
    expect(control.onCancel).toBeUndefined();
    control.cancel('late');
    expect(cut).not.toHaveBeenCalled();
});

test('a wait ends when its time is up, and nothing is left to cut', async () => {
    const control = new CallControl(limits());
    let ended = false;
    const wait = control.sleep(1_000).then(() => {
        ended = true;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await wait;
    expect(control.onCancel).toBeUndefined();
});

test('a wait that is cut rejects at once and leaves no timer', async () => {
    const control = new CallControl(limits());
    const wait = control.sleep(1_000);
    control.cancel('over');
    await expect(wait).rejects.toBe('over');
    expect(vi.getTimerCount()).toBe(0);
});

test('times that are longer than timers can be do not end at once', async () => {
    const { control, cut } = watched({ totalTimeout: 10 ** 12 });
    control.startAttempt(10 ** 12);
    let slept = false;
    void control.sleep(10 ** 12).then(() => {
        slept = true;
    });
    control.onCancel = cut;
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(cut).not.toHaveBeenCalled();
    expect(slept).toBe(false);
    control.release();
});

test('a limit that runs out says how far the call can have come: in no wait before, between or after attempts that surely did nothing', async () => {
    const progress = vi.fn((scope: string, _timeout: number, how: string) => `${scope} ${how}`);
    const end = async (prepare: (control: CallControl) => void) => {
        const control = new CallControl(limits({ totalTimeout: 1_000, timedOut: progress }));
        prepare(control);
        await vi.advanceTimersByTimeAsync(1_000);
        return control.reason;
    };
    expect(await end(() => undefined)).toBe('total not-sent');
    expect(await end((control) => control.startAttempt(undefined))).toBe('total maybe-sent');
    expect(
        await end((control) => {
            control.startAttempt(undefined);
            control.endAttempt();
        }),
    ).toBe('total maybe-sent');
    expect(
        await end((control) => {
            control.startAttempt(undefined);
            control.forgetAttempt();
        }),
    ).toBe('total not-sent');
    expect(
        await end((control) => {
            control.startAttempt(undefined);
            control.startAttempt(undefined);
            control.forgetAttempt();
        }),
    ).toBe('total maybe-sent');
});

test('a call that began before counts its whole time from then', async () => {
    const begunAt = Date.now() - 400;
    const { control, cut } = watched({ totalTimeout: 1_000, begunAt });
    expect(control.deadline).toBe(begunAt + 1_000);
    await vi.advanceTimersByTimeAsync(599);
    expect(cut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(cut).toHaveBeenCalledExactlyOnceWith('total 1000');
    expect(new CallControl(limits({ totalTimeout: 300, begunAt })).reason).toBe('total 300');
    // Our clock was set back meanwhile.
    expect(new CallControl(limits({ totalTimeout: 300, begunAt: Date.now() + 3_600_000 })).deadline).toBe(Date.now() + 300);
});
