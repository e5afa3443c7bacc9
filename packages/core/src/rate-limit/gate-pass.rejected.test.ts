import { describe, expect, test } from 'vitest';
import { type BenchCall, cut, GateBench, gateStart, limits, sentOf, useGateClock } from '../../test/support/gate-bench.js';

const pass = useGateClock();

describe("after Nango's own 429", () => {
    test.each<[string, Record<string, unknown>, number]>([
        ['Retry-After, and a second more', { 'retry-after': '7' }, 8_000],
        ['a second for one of 0', { 'retry-after': '0' }, 1_000],
        ["the window's end where it is later", limits(20, 0, 9, { 'retry-after': '2' }), 10_000],
        ["the window's end where the answer says nothing else", limits(20, 0, 9), 10_000],
        ['a second where the window is over', limits(20, 0, -9), 1_000],
        ['a second where the answer says nothing', {}, 1_000],
    ])('a call waits %s', async (_what, headers, wait) => {
        const bench = new GateBench();
        const call = bench.begin();
        expect(call.reject(headers)).toEqual({ waits: true, retryAfter: undefined });
        call.enter();
        const other = bench.begin();
        await pass(wait - 1);
        expect([call.sent, other.sent]).toEqual([false, false]);
        await pass(3);
        expect(call.sent).toBe(true);
        call.answer(200, limits(20, 19, 60));
        await pass(0);
        expect(other.sent).toBe(true);
    });

    test('a call that learns nothing waits twice as long each time, and gives up at the tenth', async () => {
        const bench = new GateBench();
        const call = bench.begin();
        const waits: number[] = [];
        for (;;) {
            const { waits: again, retryAfter } = call.reject();
            if (!again) {
                expect(retryAfter).toBe(61);
                break;
            }
            call.enter();
            const from = Date.now();
            while (!call.sent) await pass(100);
            waits.push(Math.floor((Date.now() - from) / 1_000));
        }
        expect(waits).toEqual([1, 2, 4, 8, 16, 32, 61, 61, 61]);
    });

    test('a window that is over costs a second, however often', async () => {
        const bench = new GateBench();
        const call = bench.begin();
        for (let i = 0; i < 4; i++) {
            call.reject(limits(20, 0, -9));
            call.enter();
            await pass(999);
            expect(call.sent).toBe(false);
            await pass(3);
            expect(call.sent).toBe(true);
        }
    });

    test('a window of more than a minute is believed', () => {
        expect(new GateBench().begin().reject(limits(20, 0, 90))).toEqual({ waits: false, retryAfter: 91 });
    });

    test('one that would wait longer than it may gives up, and says how long', () => {
        const bench = new GateBench({ maxWait: 8_000 });
        expect(bench.begin().reject({ 'retry-after': '7' })).toEqual({ waits: true, retryAfter: undefined });
        expect(new GateBench({ maxWait: 7_999 }).begin().reject({ 'retry-after': '7' })).toEqual({ waits: false, retryAfter: 8 });
        // Who does not go by the limit gets what the server said, and that alone.
        expect(new GateBench().begin({ waits: false }).reject({ 'retry-after': '7' })).toEqual({
            waits: false,
            retryAfter: undefined,
        });
    });

    test('it goes before those that came after it', async () => {
        const bench = new GateBench();
        const [first, second] = bench.beginMany(2) as [BenchCall, BenchCall];
        second.reject(limits(20, 0, 9));
        second.enter();
        const later = bench.beginMany(30);
        first.reject(limits(20, 0, 9));
        first.enter();
        expect(bench.account.gate.line.waiting.map(({ ticket }) => ticket).slice(0, 3)).toEqual([1, 2, 3]);
        await pass(10_005);
        expect([first.sent, second.sent, sentOf(later)]).toEqual([true, false, 0]);
        first.answer(200, limits(20, 19, 60));
        await pass(0);
        expect(second.sent).toBe(true);
        cut(later);
    });

    test('a 429 of the window before, that comes late, costs no wait', async () => {
        const bench = new GateBench();
        const old = bench.begin();
        bench.begin().answer(200, limits(20, 0, 2));
        await pass(4_000);
        bench.begin().answer(200, limits(20, 19, 58));
        expect(old.reject(limits(20, 0, -2, { 'retry-after': '0' }))).toEqual({ waits: true, retryAfter: undefined });
        old.enter();
        expect(old.sent).toBe(true);
    });

    test('an absurd Retry-After closes the gate for five minutes at most', async () => {
        const bench = new GateBench({ maxWait: Number.POSITIVE_INFINITY });
        expect(bench.begin().reject({ 'retry-after': '999999' }).waits).toBe(true);
        const call = bench.begin();
        await pass(299_990);
        expect(call.sent).toBe(false);
        await pass(20);
        expect(call.sent).toBe(true);
    });

    test('a gate that was open is careful again', async () => {
        const bench = new GateBench();
        bench.begin().answer(200);
        const call = bench.begin();
        call.reject();
        await pass(1_001);
        const calls = bench.beginMany(10);
        expect(sentOf(calls)).toBe(8);
        cut(calls);
    });

    test('what is known of the window is that nothing is left of it', () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 5, 30));
        bench.begin({ waits: false }).reject({ 'retry-after': '3' });
        expect(bench.status).toMatchObject({ remaining: 0, resetAt: new Date(gateStart + 31_000) });
    });

    test('each window with a 429 halves what is taken at a time beside others, each without gives a quarter back', async () => {
        const bench = new GateBench();
        const steps: number[] = [];
        for (let window = 0; window < 4; window++) {
            // Others have taken half.
            for (let i = 0; i < 2; i++) bench.begin().answer(200, limits(1_600, 800 - i, 5));
            const calls = bench.beginMany(60);
            steps.push(sentOf(calls));
            cut(calls);
            for (const { pass } of calls) pass.settle();
            if (window < 2) bench.begin({ waits: false }).reject(limits(1_600, 0, 5));
            await pass(6_001);
        }
        expect(steps).toEqual([50, 25, 13, 16]);
    });
});
