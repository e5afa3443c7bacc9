import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { SimulatedServer } from '../../test/support/gate-simulation.js';
import { fc } from '../../test/support/properties.js';
import { newAccountState } from '../pipeline/account-state.js';
import { CallControl } from '../pipeline/call-control.js';
import { askStore } from './ask-store.js';
import { GatePass } from './gate-pass.js';
import type { GateOptions } from './rate-limit-options.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_123 }));
afterEach(() => {
    Object.assign(platform, { sharesPromises: true });
    vi.useRealTimers();
});

/** What a store may say: sense, nonsense, nothing. */
const lie = fc.oneof(
    fc.record({
        granted: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
        window: fc.integer({ min: 0, max: 5 }),
        endsIn: fc.integer({ min: 0, max: 61_000 }),
        retryIn: fc.integer({ min: 0, max: 61_000 }),
    }),
    fc.record({ granted: fc.double(), window: fc.double(), endsIn: fc.double(), retryIn: fc.double() }),
    fc.constantFrom<unknown>('hang', 'throw', null, 'OK', { granted: 0, window: 1, endsIn: 0, retryIn: 0 }),
);

const step = fc.oneof(
    fc.record({
        kind: fc.constant('calls' as const),
        count: fc.integer({ min: 1, max: 30 }),
        maxWait: fc.constantFrom(0, 500, 65_000, Number.POSITIVE_INFINITY),
    }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 70_000 }) }),
    fc.record({ kind: fc.constant('turn' as const), offset: fc.integer({ min: -300, max: 2_600 }) }),
    fc.record({ kind: fc.constant('outage' as const), down: fc.boolean() }),
    fc.record({ kind: fc.constant('clock' as const), by: fc.integer({ min: -4_000_000, max: 4_000_000 }) }),
    fc.record({ kind: fc.constant('abort' as const), which: fc.nat() }),
);

const scenario = fc.record({
    limit: fc.integer({ min: 1, max: 60 }),
    latency: fc.integer({ min: 0, max: 9_000 }),
    store: fc.option(fc.array(lie, { minLength: 1, maxLength: 8 })),
    wakes: fc.boolean(),
    maxQueue: fc.constantFrom(0, 3, Number.POSITIVE_INFINITY),
    steps: fc.array(step, { minLength: 1, maxLength: 16 }),
});

interface Call {
    state: string;
    readonly control: CallControl;
}

test('whatever stores, clocks and servers do, every call ends, and nothing is left behind', async () => {
    await fc.assert(
        fc.asyncProperty(scenario, async ({ limit, latency, store: lies, wakes, maxQueue, steps }) => {
            Object.assign(platform, { sharesPromises: wakes });
            const server = new SimulatedServer(limit, 60_000, 0);
            const account = newAccountState('k');
            let down = false;
            let asked = 0;
            const store = lies && {
                name: 'liar',
                ask: askStore,
                async lease() {
                    const said = lies[asked++ % lies.length];
                    if (said === 'throw') throw new Error('no');
                    return said === 'hang' ? new Promise<never>(() => undefined) : (said as never);
                },
            };
            const calls: Call[] = [];
            const begin = (maxWait: number) => {
                const control = new CallControl({
                    signal: undefined,
                    totalTimeout: undefined,
                    timedOut: () => new Error('time'),
                });
                const options: GateOptions = { waits: true, maxWait, maxQueue, store: store ?? undefined, logger: {} };
                const call: Call = { state: 'waiting', control };
                calls.push(call);
                const info = { operation: 'op', method: 'GET', path: '/', origin: 'http://h' };
                const pass = new GatePass(account, options, { info, operation: {} } as never, control, undefined, 20_000);
                const run = async () => {
                    for (;;) {
                        await pass.enter();
                        control.throwIfCancelled();
                        await new Promise((resolve) => setTimeout(resolve, latency / 2));
                        if (down) {
                            pass.unreachable(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
                            if (!pass.waitsForServer) return 'unsent';
                            continue;
                        }
                        const { status, headers } = server.count(true);
                        await new Promise((resolve) => setTimeout(resolve, latency / 2));
                        pass.answered(status, headers);
                        if (status !== 429) return 'done';
                        if (!pass.rejected({ response: { headers } } as never)) return 'refused';
                    }
                };
                run()
                    .catch(() => 'failed')
                    .then((state) => {
                        call.state = state;
                        pass.settle();
                        control.release();
                    });
            };
            for (const one of steps) {
                if (one.kind === 'calls') for (let i = 0; i < one.count; i++) begin(one.maxWait);
                else if (one.kind === 'pass') await vi.advanceTimersByTimeAsync(one.ms);
                else if (one.kind === 'turn')
                    await vi.advanceTimersByTimeAsync(
                        Math.min(70_000, Math.max(1, server.endsAt - server.skew + one.offset - Date.now())),
                    );
                else if (one.kind === 'outage') down = one.down;
                else if (one.kind === 'clock') {
                    vi.setSystemTime(Date.now() + one.by);
                    server.skew -= one.by;
                } else calls.filter(({ state }) => state === 'waiting')[one.which % 3]?.control.cancel(new Error('aborted'));
                await vi.advanceTimersByTimeAsync(1);
                expect(account.gate.line.waiting.length).toBeLessThanOrEqual(
                    calls.filter(({ state }) => state === 'waiting').length,
                );
            }
            down = false;
            // A store that lends one permit a window lets through one call a window, with two windows' doubt between.
            const windows = Math.ceil(calls.length / limit) + 4;
            for (let i = 0; i < windows * 12 && calls.some(({ state }) => state === 'waiting'); i++) {
                await vi.advanceTimersByTimeAsync(64_000);
            }
            // Those that a lying store starves are no fewer than it lets: what is asserted is that they can be ended.
            const starved = calls.filter(({ state }) => state === 'waiting');
            if (!lies) expect(starved).toEqual([]);
            for (const { control } of starved) control.cancel(new Error('over'));
            await vi.advanceTimersByTimeAsync(10_000);
            expect(calls.filter(({ state }) => state === 'waiting')).toEqual([]);
            expect(account.gate.line.waiting).toEqual([]);
            expect(vi.getTimerCount()).toBe(0);
        }),
        { numRuns: Number(process.env.GATE_RUNS ?? 200) },
    );
}, 300_000);
