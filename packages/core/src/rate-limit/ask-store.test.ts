import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BenchCall, GateBench, limits, sentOf } from '../../test/support/gate-bench.js';
import { askStore } from './ask-store.js';
import type { Lease, LeaseRequest } from './permit-store.js';

const start = 1_800_000_000_000;
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: start }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const cut = (calls: readonly BenchCall[]) => {
    for (const { control } of calls) control.cancel(new Error('over'));
};

type Reply = Lease | Error | Promise<Lease>;
const lease = (granted: number | undefined, more: Partial<Lease> = {}): Lease => ({
    granted,
    window: 1,
    endsIn: 60_000,
    retryIn: 60_000,
    ...more,
});
const ignorant = lease(undefined, { window: 0, endsIn: 0, retryIn: 0 });

/** A gate whose store gives these answers in turn, the last one for ever, and notes what it was asked. */
function bench(replies: Reply[], options: ConstructorParameters<typeof GateBench>[0] = {}) {
    const asked: LeaseRequest[] = [];
    const store = {
        name: 'test store',
        ask: askStore,
        async lease(request: LeaseRequest) {
            asked.push(request);
            const reply = (replies.length > 1 ? replies.shift() : replies[0]) as Reply;
            if (reply instanceof Error) throw reply;
            return reply;
        },
    };
    const warn = vi.fn();
    return { gate: new GateBench({ store, logger: { warn }, ...options }), asked, warn };
}

describe('permits of a store', () => {
    test('are asked for at once, for as many calls as wait, and let them go', async () => {
        const { gate, asked } = bench([lease(5)]);
        const calls = gate.beginMany(5);
        expect(sentOf(calls)).toBe(0);
        await pass(0);
        expect(sentOf(calls)).toBe(5);
        expect(asked).toEqual([
            {
                key: 'hash-of-account',
                want: 5,
                limit: undefined,
                remaining: 0,
                endsIn: 0,
                about: 0,
                over: 0,
                length: 0,
                blockedFor: 0,
            },
        ]);
    });

    test('that are too few are followed by another question, no sooner than the store says', async () => {
        const { gate, asked } = bench([lease(2, { retryIn: 3_000 }), lease(2, { retryIn: 60_000 })]);
        const calls = gate.beginMany(4);
        await pass(0);
        expect(sentOf(calls)).toBe(2);
        await pass(2_990);
        expect(asked).toHaveLength(1);
        await pass(20);
        expect(sentOf(calls)).toBe(4);
        // As many again as this window has used so far.
        expect(asked.map(({ want }) => want)).toEqual([4, 4]);
    });

    test('a long line asks for what it needs and no more', async () => {
        const { gate, asked } = bench([lease(30, { retryIn: 1_000 }), lease(20)]);
        const calls = gate.beginMany(50);
        await pass(1_010);
        expect(sentOf(calls)).toBe(50);
        expect(asked.map(({ want }) => want)).toEqual([50, 20]);
    });

    test('are void when their window ends, and the next asks for as many as this one took', async () => {
        const { gate, asked } = bench([lease(10, { endsIn: 5_000, retryIn: 5_000 }), lease(10, { window: 2 })]);
        const calls = gate.beginMany(7);
        await pass(0);
        expect(sentOf(calls)).toBe(7);
        await pass(4_999);
        expect(sentOf(gate.beginMany(1))).toBe(1);
        await pass(1);
        const next = gate.beginMany(1);
        expect(sentOf(next)).toBe(0);
        await pass(0);
        expect(sentOf(next)).toBe(1);
        expect(asked.map(({ want }) => want)).toEqual([7, 8]);
    });

    test('go by their own count, whatever another window had left', async () => {
        const { gate } = bench([lease(10, { endsIn: 5_000, retryIn: 5_000 }), lease(3, { window: 2 })]);
        await gate.begin();
        await pass(5_000);
        const calls = gate.beginMany(9);
        await pass(0);
        expect(sentOf(calls)).toBe(3);
        cut(calls);
    });

    test('never go beyond what the API itself says is left', async () => {
        const { gate, asked } = bench([lease(10)]);
        const first = gate.begin();
        await pass(0);
        first.answer(200, limits(100, 4, 30));
        const calls = gate.beginMany(9);
        expect(sentOf(calls)).toBe(4);
        // It has permits: to ask for more would be of no use.
        await pass(100);
        expect(asked).toHaveLength(1);
        cut(calls);
    });

    test.each([
        ["the API's window ends sooner", 9, 10_000],
        ["the store's does", 40, 20_000],
    ])('that have run out impose a wait, which is announced, or refused: %s', async (_what, resetIn, wait) => {
        const { gate } = bench([lease(1, { endsIn: 20_000, retryIn: 20_000 })]);
        const first = gate.begin();
        await pass(0);
        first.answer(200, limits(100, 50, resetIn));
        const kept = gate.begin({ maxWait: wait });
        const refused = gate.begin({ maxWait: wait - 1 });
        await pass(0);
        expect(gate.events.at(-1)).toMatchObject({ wait, reason: 'paced', limit: 100 });
        expect(kept.error).toBeUndefined();
        expect(refused.error).toMatchObject({ sent: false, retryAfter: wait / 1_000 });
        cut([kept]);
    });

    test('a fresh process learns from the store that the window is used up: a call that may not wait for it fails', async () => {
        const { gate, asked } = bench([lease(0, { endsIn: 39_000, retryIn: 39_000 })]);
        const calls = [0, 38_999, 39_000].map((maxWait) => gate.begin({ maxWait }));
        // What the store says is not known yet.
        expect(gate.events.map(({ wait }) => wait)).toEqual([0, 0, 0]);
        await pass(30);
        expect(asked).toHaveLength(1);
        for (const call of calls.slice(0, 2)) {
            expect(call.error).toMatchObject({
                sent: false,
                retryAfter: 39,
                limit: undefined,
                resetAt: new Date(start + 39_000),
            });
        }
        expect(calls[2]).toMatchObject({ sent: false, error: undefined });
        // Who goes on waiting learns for how long.
        expect(gate.events.slice(3).map(({ wait }) => wait)).toEqual([39_000]);
        const late = gate.begin({ maxWait: 0 });
        await pass(0);
        expect(late.error).toMatchObject({ sent: false, retryAfter: 39 });
        cut(calls);
    });

    test('a call that must not wait goes out where the store has nothing to say', async () => {
        const hanging = bench([new Promise<Lease>(() => undefined)], { maxWait: 0 });
        const calls = hanging.gate.beginMany(30);
        await pass(499);
        expect(sentOf(calls)).toBe(0);
        await pass(30);
        expect(sentOf(calls)).toBe(30);
        // Another process is finding out.
        const nobody = bench([lease(0, { window: 0, endsIn: 50, retryIn: 50 })], { maxWait: 0 });
        const call = nobody.gate.begin();
        await pass(30);
        expect(call.sent).toBe(true);
    });

    test('a store that has none left makes all wait for its next window', async () => {
        const { gate, asked } = bench([lease(0, { endsIn: 20_000, retryIn: 20_000 }), lease(5, { window: 2 })]);
        const calls = gate.beginMany(3);
        await pass(19_990);
        expect([sentOf(calls), asked.length]).toEqual([0, 1]);
        await pass(1_020);
        expect(sentOf(calls)).toBe(3);
    });

    test('calls that must not wait are not held back by the question', async () => {
        const { gate } = bench([lease(5)]);
        expect(gate.begin({ waits: false }).sent).toBe(true);
        await pass(0);
    });
});

describe('a store that knows no limit', () => {
    test('leaves it to a slow start, and learns what that has found out', async () => {
        const { gate, asked } = bench([ignorant, lease(50)]);
        const calls = gate.beginMany(20);
        await pass(0);
        expect(sentOf(calls)).toBe(8);
        await pass(40);
        expect(asked).toHaveLength(1);
        calls[0]?.answer(200, limits(100, 92, 30));
        await pass(0);
        expect(asked[1]).toMatchObject({ limit: 100, endsIn: 31_000, about: 0, over: 0, blockedFor: 0 });
        expect(asked[1]?.remaining).toBe(92 - 7);
        expect(sentOf(calls)).toBe(20);
        cut(calls);
    });

    test('is informed at once, even if no call here waits: others may', async () => {
        const { gate, asked } = bench([ignorant, lease(0)]);
        const call = gate.begin();
        await pass(0);
        call.answer(404);
        expect(asked).toHaveLength(1);
        call.enter();
        call.answer(200, limits(100, 92, 30));
        await pass(0);
        expect(asked[1]).toMatchObject({ limit: 100, remaining: 92 });
    });

    test('is not asked at all where the server has its limit off', async () => {
        const { gate, asked } = bench([ignorant]);
        const first = gate.begin();
        await pass(0);
        first.answer(200);
        expect(sentOf(gate.beginMany(50))).toBe(50);
        await pass(60_000);
        expect(asked).toHaveLength(1);
    });
});

describe("what the store learns from the API's answers", () => {
    test('limit, what is left and the end of the window, and its number', async () => {
        const { gate, asked } = bench([lease(1, { retryIn: 100 }), lease(5)]);
        const first = gate.begin();
        await pass(0);
        first.answer(200, limits(100, 40, 30));
        await pass(100);
        const calls = gate.beginMany(2);
        await pass(5);
        expect(asked[1]).toEqual({
            key: 'hash-of-account',
            want: 2,
            limit: 100,
            remaining: 40,
            endsIn: 30_900,
            about: 1,
            over: 0,
            length: 0,
            blockedFor: 0,
        });
        cut(calls);
    });

    test('that a window is over before the store thought so, and how long it was', async () => {
        const { gate, asked } = bench([lease(10), lease(10, { window: 2 })]);
        const first = gate.begin();
        await pass(0);
        first.answer(200, limits(100, 40, 30));
        await pass(31_000);
        const calls = gate.beginMany(2);
        await pass(5);
        expect(asked[1]).toMatchObject({ over: 1, length: 31_000, limit: undefined, remaining: 0, endsIn: 0 });
        expect(sentOf(calls)).toBe(2);
    });

    test('a 429, at once, and for how long', async () => {
        const { gate, asked } = bench([lease(10), lease(0, { endsIn: 8_000, retryIn: 8_000 }), lease(10, { window: 2 })]);
        const call = gate.begin();
        await pass(0);
        expect(call.reject({ 'retry-after': '7' }).waits).toBe(true);
        call.enter();
        await pass(0);
        expect(asked[1]).toMatchObject({ want: 0, blockedFor: 8_000 });
        // Permits that are left are void: the server has said no.
        expect(sentOf(gate.beginMany(1))).toBe(0);
        await pass(9_100);
        expect(call.sent).toBe(true);
        expect(asked.map(({ blockedFor }) => blockedFor)).toEqual([0, 8_000, 0]);
    });
});

describe('a store that fails', () => {
    test.each<[string, time: number, () => Reply]>([
        ['connection lost', 0, () => new Error('connection lost')],
        ['it took too long', 500, () => new Promise<Lease>(() => undefined)],
    ])('%s: calls go on, it is said once, and it is left alone for five seconds', async (why, time, reply) => {
        const { gate, asked, warn } = bench([reply()]);
        const calls = gate.beginMany(20);
        if (time > 0) await pass(time - 1);
        expect(sentOf(calls)).toBe(0);
        await pass(time > 0 ? 1 : 0);
        // It goes by what this process knows itself.
        expect(sentOf(calls)).toBe(8);
        expect(warn).toHaveBeenCalledOnce();
        expect(warn).toHaveBeenCalledWith(
            `nango: the rate limit store test store does not answer (${why}); this process keeps the rate limit by itself until it does`,
            { store: 'test store', why },
        );
        for (const call of calls.slice(0, 8)) call.answer(200, limits(100, 92, 60));
        await pass(3_500);
        cut(gate.beginMany(200));
        expect(asked).toHaveLength(1);
        await pass(2_000);
        cut(gate.beginMany(200));
        await pass(600);
        expect(asked).toHaveLength(2);
        expect(warn).toHaveBeenCalledOnce();
        cut(calls);
    });

    test('and fails again after it was well is said again', async () => {
        const { gate, warn, asked } = bench([
            new Error('down'),
            lease(1, { endsIn: 1_000, retryIn: 1_000 }),
            new Error('down again'),
        ]);
        gate.begin();
        await pass(5_001);
        gate.begin();
        await pass(1_001);
        gate.begin();
        await pass(0);
        expect(asked).toHaveLength(3);
        expect(warn.mock.calls.map(([message]) => message.replace(/;.*/, ''))).toEqual([
            'nango: the rate limit store test store does not answer (down)',
            'nango: the rate limit store test store answers again: processes share the rate limit through it',
            'nango: the rate limit store test store does not answer (down again)',
        ]);
    });

    test('what is not an Error is reported, too; without a logger the process is warned', async () => {
        const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
        const store = { name: 's', ask: askStore, lease: () => Promise.reject('no words') };
        const gate = new GateBench({ store, logger: undefined });
        gate.begin();
        await pass(0);
        expect(emit).toHaveBeenCalledWith(expect.stringContaining('store s does not answer (no words)'), 'NangoWarning');
        const quiet = new GateBench({ store, logger: {} });
        quiet.begin();
        await pass(0);
        expect(emit).toHaveBeenCalledOnce();
    });

    test('a runtime that can not be warned writes it down', async () => {
        const { emitWarning } = process;
        const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
        Object.assign(process, { emitWarning: undefined });
        try {
            const gate = new GateBench({ store: { name: 's', ask: askStore, lease: () => Promise.reject(new Error('x')) } });
            gate.begin();
            await pass(0);
            expect(warn).toHaveBeenCalledWith(expect.stringContaining('store s does not answer (x)'));
        } finally {
            Object.assign(process, { emitWarning });
        }
    });

    test('a store that throws fails no call', async () => {
        const { gate, warn } = bench([lease(1)], {
            store: {
                name: 's',
                ask: askStore,
                lease() {
                    throw new Error('bug');
                },
            },
        });
        const call = gate.begin();
        await pass(0);
        expect(call.sent).toBe(true);
        expect(warn).toHaveBeenCalledOnce();
    });

    test('permits that come too late are taken all the same', async () => {
        let answer: (lease: Lease) => void = () => undefined;
        const { gate } = bench([
            new Promise<Lease>((resolve) => {
                answer = resolve;
            }),
        ]);
        const calls = gate.beginMany(30);
        await pass(530);
        expect(sentOf(calls)).toBe(8);
        answer(lease(40));
        await pass(0);
        expect(sentOf(calls)).toBe(30);
    });
});

describe('what a store says is checked', () => {
    const nonsense: [string, unknown][] = [
        ['no answer', undefined],
        ['a text', 'OK'],
        ['no numbers', { granted: Number.NaN, window: Number.NaN, endsIn: Number.NaN, retryIn: Number.NaN }],
        ['texts for numbers', { granted: '5', window: '1', endsIn: '1000', retryIn: '1000' }],
        ['null for all', { granted: null, window: null, endsIn: null, retryIn: null }],
        ['fewer than none', lease(-5)],
        ['a part of a permit', lease(0.5)],
        ['endlessly many', lease(Number.POSITIVE_INFINITY)],
        ['an end in ten years', lease(0, { endsIn: 315_360_000_000, retryIn: 315_360_000_000 })],
        ['an end that was', lease(5, { endsIn: -1 })],
        ['to be asked in ten years', lease(0, { retryIn: 315_360_000_000 })],
        ['to be asked never', lease(0, { retryIn: Number.POSITIVE_INFINITY })],
        ['a window without a number', lease(5, { window: Number.NaN })],
    ];
    test.each(nonsense)('%s: the process continues by itself, and warns', async (_what, answer) => {
        const { gate, asked, warn } = bench([answer as Lease]);
        const calls = gate.beginMany(8);
        await pass(0);
        expect(sentOf(calls)).toBe(8);
        expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('(its answer makes no sense)'), expect.anything());
        await pass(4_000);
        expect(asked).toHaveLength(1);
    });

    test('one that has nothing, and wants to be asked at once, is asked ten times a second', async () => {
        const { gate, asked } = bench([lease(0, { endsIn: 0, retryIn: 0 })]);
        const calls = gate.beginMany(3);
        await pass(10_000);
        expect(asked.length).toBeGreaterThan(50);
        expect(asked.length).toBeLessThanOrEqual(101);
        cut(calls);
    });

    test('one that never knows a limit, however often it gets one, is not asked without end', async () => {
        const { gate, asked, warn } = bench([ignorant]);
        const calls = gate.beginMany(20);
        await pass(0);
        calls[0]?.answer(200, limits(100, 92, 30));
        await pass(0);
        expect(asked).toHaveLength(2);
        expect(warn.mock.calls[0]?.[0]).toContain('(it forgets the limit)');
        // What this process knows by itself lets the others go, when it is sure of the calls under way.
        await pass(5_100);
        expect(sentOf(calls)).toBeGreaterThan(8);
        cut(calls);
    });

    test('one that knows no limit when the window has turned is asked ten times a second at most', async () => {
        const { gate, asked } = bench([ignorant]);
        const first = gate.begin();
        await pass(0);
        first.answer(200, limits(20, 0, 5));
        await pass(6_001);
        const before = asked.length;
        const calls = gate.beginMany(30);
        await pass(1_000);
        expect(asked.length - before).toBeLessThanOrEqual(11);
        cut(calls);
    });

    test('one that has nothing for more than two windows is not believed', async () => {
        const { gate, warn } = bench([lease(0)]);
        const calls = gate.beginMany(3);
        await pass(119_000);
        expect([sentOf(calls), warn.mock.calls.length]).toEqual([0, 0]);
        await pass(62_000);
        expect(sentOf(calls)).toBe(3);
        expect(warn).toHaveBeenCalledExactlyOnceWith(
            expect.stringContaining('(it has lent nothing for two minutes)'),
            expect.anything(),
        );
    });

    test('one that had nothing in windows long apart is', async () => {
        const { gate, warn } = bench([lease(0)]);
        for (let i = 0; i < 4; i++) {
            const calls = gate.beginMany(3);
            await pass(1_000);
            cut(calls);
            await pass(200_000);
        }
        expect(warn).not.toHaveBeenCalled();
    });

    test('an absurd Retry-After of the API is not passed on', async () => {
        const { gate, asked } = bench([lease(10), lease(0)], { maxWait: Number.POSITIVE_INFINITY });
        const call = gate.begin();
        await pass(0);
        call.reject({ 'retry-after': '99999999' });
        await pass(0);
        expect(asked[1]).toMatchObject({ want: 0, blockedFor: 300_000 });
    });
});

test('a clock that is set back moves what was lent along', async () => {
    const { gate, asked } = bench([lease(2, { retryIn: 5_000, endsIn: 30_000 }), lease(5)]);
    const calls = gate.beginMany(3);
    await pass(0);
    expect(sentOf(calls)).toBe(2);
    vi.setSystemTime(Date.now() - 3_600_000);
    await pass(10_100);
    expect(asked).toHaveLength(2);
    expect(sentOf(calls)).toBe(3);
});

test('where others always take all that is left, a second question in a window is asked in fewer and fewer', async () => {
    const { gate, asked } = bench([]);
    let window = 0;
    let second = false;
    const seconds: number[] = [];
    Object.assign(gate.options.store as object, {
        async lease(request: LeaseRequest) {
            asked.push(request);
            if (second) seconds.push(window);
            const answer = second
                ? lease(0, { window, endsIn: 5_000, retryIn: 5_000 })
                : lease(2, { window, endsIn: 10_000, retryIn: 5_000 });
            second = true;
            return answer;
        },
    });
    for (window = 1; window <= 30; window++) {
        second = false;
        const calls = gate.beginMany(8);
        await pass(10_000);
        cut(calls);
    }
    expect(seconds.slice(0, 2)).toEqual([1, 3]);
    expect(seconds.length).toBeLessThan(9);
});
