import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { type BenchCall, cut, GateBench, gateStart, limits, sentOf, useGateClock } from '../../test/support/gate-bench.js';
import { NangoRateLimitError } from '../errors/api-error.js';

const pass = useGateClock();

describe('waiting', () => {
    test('who waits learns for how long, why, and what is known', async () => {
        const bench = new GateBench();
        const call = bench.begin();
        call.answer(200, limits(20, 0, 30));
        const calls = bench.beginMany(25);
        expect(bench.events).toHaveLength(25);
        expect(bench.events[0]).toEqual({
            call: { operation: 'getConnection', method: 'GET', path: '/connections/{connectionId}', origin: '' },
            wait: 31_000,
            waiting: 1,
            reason: 'paced',
            limit: 20,
            remaining: 0,
            resetAt: new Date(gateStart + 31_000),
        });
        // Those ahead fill the next window: half of it, as long as nobody knows whose the other half is.
        expect([5, 10, 24].map((place) => bench.events[place]?.wait)).toEqual([31_000, 91_000, 151_000]);
        cut(calls);
        const rejected = bench.begin({ waits: false });
        rejected.reject(limits(20, 0, 30));
        rejected.enter();
        expect(bench.events).toHaveLength(25);
    });

    test('who waits after a 429 learns so; what is unknown is left out', () => {
        const bench = new GateBench();
        const call = bench.begin();
        call.reject({ 'retry-after': '3' });
        call.enter();
        expect(bench.events).toEqual([
            expect.objectContaining({
                reason: 'rejected',
                wait: 4_000,
                limit: undefined,
                remaining: undefined,
                resetAt: undefined,
            }),
        ]);
        cut([call]);
        const slow = new GateBench();
        const calls = slow.beginMany(9);
        expect(slow.events).toEqual([
            expect.objectContaining({ reason: 'paced', wait: 125, limit: undefined, remaining: undefined, resetAt: undefined }),
        ]);
        cut(calls);
    });

    test('a wait that is too long is refused with the error that the server would have given', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 0, 30));
        const kept = bench.begin({ maxWait: 31_000 });
        const refused = bench.begin({ maxWait: 30_999 });
        await pass(0);
        expect(kept.error).toBeUndefined();
        expect(refused.error).toBeInstanceOf(NangoRateLimitError);
        expect(refused.error).toMatchObject({
            message:
                "getConnection: the account's rate limit is used up and the wait of 31 s is longer than `rateLimit.maxWait`; nothing was sent [GET /connections/{connectionId}]",
            code: 'too_many_request',
            status: 429,
            source: 'nango',
            errors: [],
            sent: false,
            retryAfter: 31,
            limit: 20,
            remaining: 0,
            resetAt: new Date(gateStart + 31_000),
            operation: 'getConnection',
            method: 'GET',
            path: '/connections/{connectionId}',
        });
        expect((refused.error as NangoRateLimitError).response).toEqual({
            status: 429,
            statusText: 'Too Many Requests',
            headers: {
                'retry-after': '31',
                'x-ratelimit-limit': '20',
                'x-ratelimit-remaining': '0',
                'x-ratelimit-reset': String(gateStart / 1_000 + 31),
            },
            data: { error: { code: 'too_many_request', method: 'GET', path: '/connections/{connectionId}' } },
        });
        cut([kept]);
    });

    test('a full line is reported as full; an unknown limit is left out', async () => {
        const bench = new GateBench({ maxQueue: 1 });
        const calls = bench.beginMany(10);
        await pass(0);
        const { error } = calls[9] as BenchCall;
        expect(error).toMatchObject({
            message: expect.stringContaining('as many calls wait already as `rateLimit.maxQueue` allows'),
            retryAfter: 0,
            limit: undefined,
            remaining: undefined,
            resetAt: new Date(gateStart),
        });
        expect(Object.keys((error as NangoRateLimitError).response.headers)).toEqual(['retry-after', 'x-ratelimit-reset']);
        expect(calls[8]?.error).toBeUndefined();
        cut(calls);
    });

    test('a full line beside others says when the window turns', async () => {
        const bench = new GateBench({ maxQueue: 0 });
        bench.begin().answer(200, limits(100, 99, 30));
        bench.begin().answer(200, limits(100, 40, 30));
        const calls = bench.beginMany(4);
        await pass(0);
        expect(calls[3]?.error).toMatchObject({ retryAfter: 0, limit: 100, remaining: 0, resetAt: new Date(gateStart + 31_000) });
    });

    test('a block of which nothing else is known is reported with its end', async () => {
        const bench = new GateBench({ maxWait: 8_000 });
        bench.begin().reject({ 'retry-after': '7' });
        const { error } = await (async () => {
            const call = bench.begin({ maxWait: 7_000 });
            await pass(0);
            return call;
        })();
        expect(error).toMatchObject({ retryAfter: 8, resetAt: new Date(gateStart + 8_000) });
    });

    test('one that comes back after a 429 finds its place in a full line', async () => {
        const bench = new GateBench({ maxQueue: 1 });
        const call = bench.begin();
        call.reject({ 'retry-after': '3' });
        const waiting = bench.begin();
        call.enter();
        await pass(0);
        expect([call.error, waiting.error]).toEqual([undefined, undefined]);
        await pass(4_005);
        expect([call.sent, waiting.sent]).toEqual([true, true]);
    });

    test('a block that grows longer than a waiting call may wait ends its wait', async () => {
        const bench = new GateBench({ maxWait: 10_000 });
        const calls = bench.beginMany(10);
        const waiting = calls[9] as BenchCall;
        expect(waiting.sent).toBe(false);
        calls[0]?.reject({ 'retry-after': '60' });
        calls[1]?.pass.settle();
        await pass(10_001);
        expect(waiting.error).toBeInstanceOf(NangoRateLimitError);
        expect(waiting.error).toMatchObject({ sent: false });
        expect(bench.status.queued).toBe(0);
    });

    test('one that may wait less long than those ahead of it does not wait for them', async () => {
        const bench = new GateBench();
        const [first] = bench.beginMany(8) as [BenchCall];
        const patient = bench.begin({ maxWait: 65_000 });
        const hurried = bench.begin({ maxWait: 5_000 });
        first.pass.rejected({ response: { headers: { 'retry-after': '30' } } } as never);
        await pass(130);
        expect([patient.error, patient.sent]).toEqual([undefined, false]);
        expect(hurried.error).toMatchObject({ sent: false, retryAfter: 31 });
        cut([patient]);
    });

    test('who is cut leaves the line with its own reason, and the others go on', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 0, 5));
        const calls = bench.beginMany(3);
        const reason = new Error('mine');
        calls[0]?.control.cancel(reason);
        await pass(0);
        expect(calls[0]?.error).toBe(reason);
        expect(bench.status.queued).toBe(2);
        await pass(6_005);
        expect(calls.map(({ sent }) => sent)).toEqual([false, true, true]);
    });
});

describe('where calls may not wake each other', () => {
    beforeEach(() => void Object.assign(platform, { sharesPromises: false }));
    afterEach(() => void Object.assign(platform, { sharesPromises: true }));

    test('each looks by itself, soon while answers are awaited, and goes in its place', async () => {
        const bench = new GateBench();
        const calls = bench.beginMany(12);
        expect(sentOf(calls)).toBe(8);
        calls[0]?.pass.settle();
        calls[1]?.pass.settle();
        await pass(0);
        expect(sentOf(calls)).toBe(8);
        await pass(26);
        expect(calls.map(({ sent }) => sent).slice(8)).toEqual([true, true, false, false]);
        cut(calls);
        expect(bench.status.queued).toBe(0);
    });

    test('a new call does not overtake those that have not looked yet', async () => {
        const bench = new GateBench();
        const calls = bench.beginMany(9);
        calls[0]?.pass.settle();
        const late = bench.begin();
        expect(late.sent).toBe(false);
        await pass(30);
        expect([calls[8]?.sent, late.sent]).toEqual([true, false]);
        cut([late]);
    });

    test('while the server makes all wait, each looks once a second, and none goes too soon', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 0, 30));
        const calls = bench.beginMany(2);
        const looked = vi.spyOn(bench.account.gate.line.waiting, 'indexOf');
        await pass(10_000);
        expect(looked.mock.calls.length).toBeGreaterThanOrEqual(18);
        expect(looked.mock.calls.length).toBeLessThanOrEqual(20);
        await pass(20_990);
        expect(sentOf(calls)).toBe(0);
        await pass(1_100);
        expect(sentOf(calls)).toBeGreaterThan(0);
        cut(calls);
    });

    test('one whose request ended without a word, as they do on Workers, holds up the others for three seconds at most', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 30));
        bench.begin().answer(200, limits(20, 0, 5));
        const gone = bench.begin();
        const last = bench.begin();
        // Its timer is never heard of again.
        vi.clearAllTimers();
        const next = bench.begin();
        expect(bench.status.queued).toBe(3);
        await pass(3_900);
        expect(bench.status.queued).toBe(3);
        await pass(1_200);
        expect(bench.status.queued).toBe(1);
        await pass(1_500);
        expect([gone.sent, last.sent, next.sent]).toEqual([false, false, true]);
    });

    test('one that waits on is never taken for gone, however long the wait and wherever the clock', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 0, 60));
        const calls = bench.beginMany(3);
        await pass(20_000);
        vi.setSystemTime(Date.now() - 3_600_000);
        for (let i = 0; i < 100 && sentOf(calls) === 0; i++) {
            await pass(1_000);
            if (sentOf(calls) === 0) expect(bench.status.queued).toBe(3);
        }
        expect(calls[0]?.sent).toBe(true);
        cut(calls);
    });
});

describe('a clock that is set back by an hour', () => {
    const back = () => vi.setSystemTime(Date.now() - 3_600_000);

    test('makes no block an hour longer', async () => {
        const bench = new GateBench();
        bench.begin().reject({ 'retry-after': '9' });
        back();
        const call = bench.begin();
        await pass(10_005);
        expect(call.sent).toBe(true);
    });

    test('makes no slow start slower', async () => {
        const bench = new GateBench();
        const calls = bench.beginMany(60);
        back();
        // What had passed when the clock was last looked at is all that is known.
        await pass(252);
        expect(sentOf(calls)).toBe(24);
        cut(calls);
    });

    test('leaves answers of this window answers of this window', () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 30));
        back();
        bench.begin().answer(200, limits(20, 12, 30));
        expect(bench.status.remaining).toBe(12);
    });

    test('by less than a second is no step', () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 30));
        vi.setSystemTime(Date.now() - 1_000);
        expect(bench.status.resetAt).toEqual(new Date(gateStart + 31_000));
        vi.setSystemTime(Date.now() - 1_001);
        expect(bench.status.resetAt).toEqual(new Date(gateStart + 31_000 - 1_001));
    });
});
