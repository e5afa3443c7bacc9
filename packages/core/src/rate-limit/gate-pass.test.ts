import { describe, expect, test, vi } from 'vitest';
import { type BenchCall, cut, GateBench, gateStart, limits, sentOf, useGateClock } from '../../test/support/gate-bench.js';
import { GatePass } from './gate-pass.js';

const pass = useGateClock();

describe('until an answer shows the limit', () => {
    test('eight calls are under way at most; each that ends lets one follow', async () => {
        const bench = new GateBench();
        const calls = bench.beginMany(12);
        expect(sentOf(calls)).toBe(8);
        expect(bench.status).toEqual({ limit: undefined, remaining: undefined, resetAt: undefined, queued: 4 });
        calls[3]?.pass.settle();
        calls[3]?.pass.settle();
        await pass(0);
        expect(sentOf(calls)).toBe(9);
        calls[8]?.pass.settle();
        calls[0]?.answer(500);
        await pass(0);
        expect(sentOf(calls)).toBe(11);
        cut(calls);
    });

    test('as long as none is answered, 16 more may be under way every 125 ms', async () => {
        const bench = new GateBench();
        await pass(7_000);
        const calls = bench.beginMany(80);
        const sent = [sentOf(calls)];
        for (let i = 0; i < 4; i++) {
            await pass(i === 0 ? 126 : 125);
            sent.push(sentOf(calls));
        }
        expect(sent).toEqual([8, 24, 40, 56, 72]);
        await pass(125);
        expect(sentOf(calls)).toBe(80);
    });

    test.each([8, 20, 39])('%i slow calls hold up a quick one for a quarter of a second at most', async (slow) => {
        const bench = new GateBench();
        bench.beginMany(slow);
        const quick = bench.begin();
        await pass(251);
        expect(quick.sent).toBe(true);
        // Nor do those that come later wait, while still none is answered.
        await pass(20_000);
        expect(bench.begin().sent).toBe(true);
    });

    test('the wait that is announced is the one that it takes', async () => {
        const bench = new GateBench();
        const calls = bench.beginMany(60);
        const announced = bench.events.map(({ wait }) => wait);
        expect(announced).toHaveLength(52);
        expect([announced[0], announced[15], announced[16], announced[31], announced[32], announced[51]]).toEqual([
            125, 125, 250, 250, 375, 500,
        ]);
        await pass(376);
        expect(sentOf(calls)).toBe(56);
        await pass(125);
        expect(sentOf(calls)).toBe(60);
    });

    test('a call that must not wait goes out at once, before those that do', async () => {
        const bench = new GateBench();
        const calls = bench.beginMany(20);
        expect(bench.begin({ maxWait: 0 }).sent).toBe(false);
        await pass(0);
        const hurried = bench.beginMany(30, { maxWait: 0 });
        await pass(0);
        expect([sentOf(calls), sentOf(hurried)]).toEqual([8, 30]);
        cut(calls);
    });

    test('the growth begins anew when nothing was under way', async () => {
        const bench = new GateBench();
        bench.begin().pass.settle();
        await pass(60_000);
        const calls = bench.beginMany(12);
        expect(sentOf(calls)).toBe(8);
        await pass(120);
        expect(sentOf(calls)).toBe(8);
        cut(calls);
    });

    test('it begins anew, too, when a server that had its limit off refuses a call', async () => {
        const bench = new GateBench();
        bench.begin().answer(200);
        const slow = bench.beginMany(3);
        await pass(60_000);
        bench.begin({ waits: false }).reject({ 'retry-after': '2' });
        const calls = bench.beginMany(20);
        await pass(3_001);
        expect(sentOf(calls)).toBe(8 - slow.length);
        cut(calls);
    });

    test('a success without limits opens the gate; nothing else does', async () => {
        for (const status of [199, 300, 401, 404, 415, 500]) {
            const bench = new GateBench();
            const calls = bench.beginMany(10);
            calls[0]?.answer(status);
            await pass(0);
            expect(sentOf(calls)).toBe(9);
            cut(calls);
        }
        for (const status of [200, 204, 299]) {
            const bench = new GateBench();
            const calls = bench.beginMany(100);
            calls[0]?.answer(status);
            await pass(0);
            expect(sentOf(calls)).toBe(100);
            expect(bench.status.limit).toBeUndefined();
        }
    });
});

describe('with a limit that is known', () => {
    test('what is left goes, the rest waits for the turn of the window, the oldest first', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 30));
        expect(bench.status).toEqual({ limit: 20, remaining: 19, resetAt: new Date(gateStart + 31_000), queued: 0 });
        const last = bench.begin();
        expect(bench.status.remaining).toBe(18);
        last.answer(200, limits(20, 0, 30));
        const order: number[] = [];
        const calls = bench.beginMany(3);
        expect(sentOf(calls)).toBe(0);
        expect(bench.status).toMatchObject({ remaining: 0, queued: 3 });
        await pass(30_999);
        expect(sentOf(calls)).toBe(0);
        await pass(2);
        expect(sentOf(calls)).toBeGreaterThan(0);
        for (const [i, call] of calls.entries()) if (call.sent) order.push(i);
        expect(order).toEqual([...order.keys()]);
        expect(bench.status).toMatchObject({ limit: 20, remaining: 20 - sentOf(calls) });
        expect(bench.status.resetAt).toEqual(new Date(gateStart + 31_001 + 61_000));
        cut(calls);
    });

    test('a window that has turned is full again, and its end is not known before its first call', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 3, 30));
        await pass(31_000);
        expect(bench.status).toEqual({ limit: 20, remaining: 20, resetAt: undefined, queued: 0 });
        await pass(5_000);
        bench.begin();
        expect(bench.status).toEqual({ limit: 20, remaining: 19, resetAt: new Date(gateStart + 36_000 + 61_000), queued: 0 });
    });

    test('an answer that overtakes an older one does not give back what that has used', () => {
        const bench = new GateBench();
        const calls = bench.beginMany(3);
        calls[2]?.answer(200, limits(20, 17, 30));
        calls[0]?.answer(200, limits(20, 19, 30));
        expect(bench.status.remaining).toBe(17);
    });

    test('others who use the account are seen in the answers', () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(100, 99, 30));
        bench.begin().answer(200, limits(100, 40, 30));
        expect(bench.status).toMatchObject({ remaining: 40 });
        // Beside others it does not take all at once.
        const calls = bench.beginMany(40);
        expect(sentOf(calls)).toBe(3);
        expect(bench.events.at(-1)).toMatchObject({ wait: 0, limit: 100, remaining: 40 });
        cut(calls);
    });

    test('alone with its account it takes all that is left', () => {
        const bench = new GateBench();
        for (let left = 199; left >= 100; left--) bench.begin().answer(200, limits(200, left, 30));
        const calls = bench.beginMany(120);
        expect(sentOf(calls)).toBe(100);
        cut(calls);
    });

    test('an end that turns out earlier or later is taken', () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 30));
        bench.begin().answer(200, limits(20, 18, 29));
        expect(bench.status.resetAt).toEqual(new Date(gateStart + 30_000));
        // Within the blur of whole seconds it is the same window, whose earliest end is the best.
        bench.begin().answer(200, limits(20, 17, 31));
        expect(bench.status).toMatchObject({ resetAt: new Date(gateStart + 30_000), remaining: 17 });
        // Further ahead it is the next.
        bench.begin().answer(200, limits(20, 19, 50));
        expect(bench.status).toMatchObject({ resetAt: new Date(gateStart + 51_000), remaining: 19 });
    });

    test('a late answer of the window before says nothing about this one', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 5));
        const slow = bench.begin();
        await pass(7_000);
        bench.begin().answer(200, limits(20, 19, 55));
        slow.answer(200, { ...limits(20, 0, -2) });
        expect(bench.status).toMatchObject({ remaining: 19, resetAt: new Date(gateStart + 63_000) });
    });

    test('a new limit is taken', () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 30));
        bench.begin().answer(200, limits(500, 498, 30));
        expect(bench.status.limit).toBe(500);
    });

    test('a server that turns its limit off in the next window is believed', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 0, 5));
        bench.begin({ waits: false }).answer(200);
        expect(bench.status.limit).toBe(20);
        await pass(6_000);
        bench.begin().answer(200);
        expect(bench.status.limit).toBeUndefined();
    });

    test('a clock that is set back by an hour makes no wait an hour longer', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 0, 30));
        const [call] = bench.beginMany(1) as [BenchCall];
        await pass(10_000);
        vi.setSystemTime(Date.now() - 3_600_000);
        await pass(20_999);
        expect(call.sent).toBe(false);
        // What had passed when the clock was last looked at is all that is known.
        await pass(31_005);
        expect(call.sent).toBe(true);
    });
});

describe('a proxied answer teaches', () => {
    const whole = { 'content-length': '2' };
    test.each<[string, number, object, number | undefined]>([
        ['when it came whole', 200, whole, 20],
        ['not when it failed', 404, whole, undefined],
        ['not when it is a stream', 200, {}, undefined],
        ['not when it is a file', 200, { ...whole, 'content-disposition': 'attachment' }, undefined],
    ])('%s', (_what, status, more, limit) => {
        const bench = new GateBench();
        bench.begin({}, true).answer(status, limits(20, 19, 30, more));
        expect(bench.status.limit).toBe(limit);
    });

    test('of another window than one minute nothing, while an answer of Nango itself may', () => {
        const bench = new GateBench();
        bench.begin({}, true).answer(200, limits(20, 19, 90, whole));
        expect(bench.status.limit).toBeUndefined();
        bench.begin().answer(200, limits(20, 19, 90));
        expect(bench.status.limit).toBe(20);
    });
});

test('calls that were sent late in a window may count in either: they are taken off the new one until they are answered', async () => {
    const bench = new GateBench();
    bench.begin().answer(200, limits(20, 19, 6));
    await pass(5_000);
    const late = bench.beginMany(2);
    expect(sentOf(late)).toBe(2);
    await pass(2_000);
    expect(bench.status).toMatchObject({ limit: 20, remaining: 18 });
    late[0]?.answer(200, limits(20, 19, 60));
    expect(bench.status.remaining).toBe(19 - 1);
});

test.each([
    [15_000, 18_000, 19],
    [16_500, 19_500, 18],
    [12_000, 15_000, 20],
])(
    'of calls at %i and %i ms, unanswered, the window of 21 s takes off the young alone: %i are left',
    async (first, second, left) => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 20));
        bench.begin();
        await pass(first);
        bench.begin();
        await pass(second - first);
        bench.begin();
        await pass(21_000 - second);
        expect(bench.status).toMatchObject({ limit: 20, remaining: left });
    },
);

test('a call is not refused for a wait that is over', async () => {
    const bench = new GateBench({ maxWait: 100 });
    bench.begin().answer(200, limits(20, 0, 1));
    await pass(2_000);
    expect(bench.begin().sent).toBe(true);
});

test('nobody has to listen', async () => {
    const bench = new GateBench();
    const silent = new GatePass(
        bench.account,
        { waits: true, maxWait: 65_000, maxQueue: 9, store: undefined, logger: undefined },
        { info: {}, operation: {} } as never,
        { onCancel: undefined } as never,
        undefined,
    );
    bench.begin().answer(200, limits(20, 0, 1));
    const turn = silent.enter();
    await pass(2_005);
    await expect(turn).resolves.toBeUndefined();
});
