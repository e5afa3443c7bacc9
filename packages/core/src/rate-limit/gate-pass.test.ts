import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { type BenchCall, GateBench, limits, sentOf } from '../../test/support/gate-bench.js';
import { NangoRateLimitError } from '../errors/api-error.js';
import { GatePass } from './gate-pass.js';

const start = 1_800_000_000_000;
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: start }));
afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Cuts those that still wait. */
const cut = (calls: readonly BenchCall[]) => {
    for (const { control } of calls) control.cancel(new Error('over'));
};

describe('until an answer tells the limit', () => {
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

    test('calls that take minutes let eight more go after every ten seconds', async () => {
        const bench = new GateBench();
        await pass(7_000);
        const calls = bench.beginMany(40);
        await pass(9_999);
        expect(sentOf(calls)).toBe(8);
        await pass(10);
        expect(sentOf(calls)).toBe(16);
        await pass(9_980);
        expect(sentOf(calls)).toBe(16);
        await pass(20);
        expect(sentOf(calls)).toBe(24);
        cut(calls);
    });

    test('the ten seconds begin anew when nothing was under way', async () => {
        const bench = new GateBench();
        bench.begin().pass.settle();
        await pass(60_000);
        const calls = bench.beginMany(12);
        expect(sentOf(calls)).toBe(8);
        await pass(9_000);
        expect(sentOf(calls)).toBe(8);
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
        expect(bench.status).toEqual({ limit: 20, remaining: 19, resetAt: new Date(start + 31_000), queued: 0 });
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
        expect(bench.status.resetAt).toEqual(new Date(start + 31_001 + 61_000));
        cut(calls);
    });

    test('a window that has turned is full again, and its end is not known before its first call', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 3, 30));
        await pass(31_000);
        expect(bench.status).toEqual({ limit: 20, remaining: 20, resetAt: undefined, queued: 0 });
        await pass(5_000);
        bench.begin();
        expect(bench.status).toEqual({ limit: 20, remaining: 19, resetAt: new Date(start + 36_000 + 61_000), queued: 0 });
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
        expect(bench.status.resetAt).toEqual(new Date(start + 30_000));
        // Within the blur of whole seconds it is the same window, whose earliest end is the best.
        bench.begin().answer(200, limits(20, 17, 31));
        expect(bench.status).toMatchObject({ resetAt: new Date(start + 30_000), remaining: 17 });
        // Further ahead it is the next.
        bench.begin().answer(200, limits(20, 19, 50));
        expect(bench.status).toMatchObject({ resetAt: new Date(start + 51_000), remaining: 19 });
    });

    test('an answer of the window before, that comes late, tells nothing of this one', async () => {
        const bench = new GateBench();
        bench.begin().answer(200, limits(20, 19, 5));
        const slow = bench.begin();
        await pass(7_000);
        bench.begin().answer(200, limits(20, 19, 55));
        slow.answer(200, { ...limits(20, 0, -2) });
        expect(bench.status).toMatchObject({ remaining: 19, resetAt: new Date(start + 63_000) });
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

describe("after Nango's own 429", () => {
    test.each<[string, Record<string, unknown>, number]>([
        ['Retry-After, and a second more', { 'retry-after': '7' }, 8_000],
        ['a second for one of 0', { 'retry-after': '0' }, 1_000],
        ["the window's end where it is later", limits(20, 0, 9, { 'retry-after': '2' }), 10_000],
        ["the window's end where nothing else is told", limits(20, 0, 9), 10_000],
        ['a second where the window is over', limits(20, 0, -9), 1_000],
        ['a second where nothing is told', {}, 1_000],
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

    test('a call that is told nothing waits twice as long each time, and gives up at the tenth', async () => {
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

    test('one that would wait longer than it may gives up, and tells how long', () => {
        const bench = new GateBench({ maxWait: 8_000 });
        expect(bench.begin().reject({ 'retry-after': '7' })).toEqual({ waits: true, retryAfter: undefined });
        expect(new GateBench({ maxWait: 7_999 }).begin().reject({ 'retry-after': '7' })).toEqual({ waits: false, retryAfter: 8 });
        expect(new GateBench().begin({ waits: false }).reject({ 'retry-after': '7' })).toEqual({ waits: false, retryAfter: 8 });
    });

    test('it goes before those that came after it', async () => {
        const bench = new GateBench();
        const [first, second] = bench.beginMany(2) as [BenchCall, BenchCall];
        second.reject(limits(20, 0, 9));
        second.enter();
        const later = bench.beginMany(30);
        first.reject(limits(20, 0, 9));
        first.enter();
        expect(bench.account.gate.queue.map(({ ticket }) => ticket).slice(0, 3)).toEqual([1, 2, 3]);
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
        expect(bench.status).toMatchObject({ remaining: 0, resetAt: new Date(start + 31_000) });
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

describe('waiting', () => {
    test('who waits is told for how long, why, and what is known', async () => {
        const bench = new GateBench();
        const call = bench.begin();
        call.answer(200, limits(20, 0, 30));
        const calls = bench.beginMany(25);
        expect(bench.events).toHaveLength(25);
        expect(bench.events[0]).toEqual({
            call: { operation: 'getConnection', method: 'GET', path: '/connections/{connectionId}', origin: '' },
            wait: 31_000,
            reason: 'paced',
            limit: 20,
            remaining: 0,
            resetAt: new Date(start + 31_000),
        });
        // Those ahead fill the next window: half of it, as long as nobody knows whose the other half is.
        expect([5, 10, 24].map((place) => bench.events[place]?.wait)).toEqual([31_000, 91_000, 151_000]);
        cut(calls);
        const rejected = bench.begin({ waits: false });
        rejected.reject(limits(20, 0, 30));
        rejected.enter();
        expect(bench.events).toHaveLength(25);
    });

    test('who waits after a 429 is told so, and where nothing is known, nothing is told', () => {
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
            expect.objectContaining({ reason: 'paced', wait: 0, limit: undefined, remaining: undefined, resetAt: undefined }),
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
            resetAt: new Date(start + 31_000),
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
                'x-ratelimit-reset': String(start / 1_000 + 31),
            },
            data: { error: { code: 'too_many_request', method: 'GET', path: '/connections/{connectionId}' } },
        });
        cut([kept]);
    });

    test('a full line is said to be full; where the limit is not known none is told', async () => {
        const bench = new GateBench({ maxQueue: 1 });
        const calls = bench.beginMany(10);
        await pass(0);
        const { error } = calls[9] as BenchCall;
        expect(error).toMatchObject({
            message: expect.stringContaining('as many calls wait already as `rateLimit.maxQueue` allows'),
            retryAfter: 0,
            limit: undefined,
            remaining: undefined,
            resetAt: new Date(start),
        });
        expect(Object.keys((error as NangoRateLimitError).response.headers)).toEqual(['retry-after', 'x-ratelimit-reset']);
        expect(calls[8]?.error).toBeUndefined();
        cut(calls);
    });

    test('a full line beside others tells when the window turns', async () => {
        const bench = new GateBench({ maxQueue: 0 });
        bench.begin().answer(200, limits(100, 99, 30));
        bench.begin().answer(200, limits(100, 40, 30));
        const calls = bench.beginMany(4);
        await pass(0);
        expect(calls[3]?.error).toMatchObject({ retryAfter: 0, limit: 100, remaining: 0, resetAt: new Date(start + 31_000) });
    });

    test('of a block of which nothing else is known, its end is told', async () => {
        const bench = new GateBench({ maxWait: 8_000 });
        bench.begin().reject({ 'retry-after': '7' });
        const { error } = await (async () => {
            const call = bench.begin({ maxWait: 7_000 });
            await pass(0);
            return call;
        })();
        expect(error).toMatchObject({ retryAfter: 8, resetAt: new Date(start + 8_000) });
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
        const looked = vi.spyOn(bench.account.gate.queue, 'indexOf');
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
        const calls = bench.beginMany(20);
        back();
        // What had passed when the clock was last looked at is all that is known.
        await pass(20_005);
        expect(sentOf(calls)).toBe(16);
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
        expect(bench.status.resetAt).toEqual(new Date(start + 31_000));
        vi.setSystemTime(Date.now() - 1_001);
        expect(bench.status.resetAt).toEqual(new Date(start + 31_000 - 1_001));
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
