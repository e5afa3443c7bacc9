import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SimulatedCall, SimulatedServer, type World } from '../../test/support/gate-simulation.js';
import { newAccountState } from '../pipeline/account-state.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_123 }));
afterEach(() => void vi.useRealTimers());

interface Row {
    readonly processes: number;
    readonly calls: number;
    readonly limit: number;
    /** How long an answer takes, in ms. @default some ms, each process a little longer */
    readonly latency?: number;
    /** Whether each process has made a quick call before, and so knows the limit. */
    readonly informed?: boolean;
}

/** Gates that know nothing of each other, as in processes without a shared store. */
async function runFleet({ processes, calls: callsEach, limit, latency, informed }: Row) {
    const server = new SimulatedServer(limit, 60_000, 0);
    const worlds = Array.from({ length: processes }, (_, i): World => {
        return { server, account: newAccountState(`p${i}`), calls: [], sent: [], latency: latency ?? 20 + i, alone: false };
    });
    if (informed) for (const world of worlds) void new SimulatedCall({ ...world, latency: 20 }, 0, false).run();
    if (informed) await vi.advanceTimersByTimeAsync(1_000);
    const started = Date.now();
    const ends: number[] = [];
    for (const world of worlds) {
        for (let i = 0; i < callsEach; i++) world.calls.push(new SimulatedCall(world, i, false));
        for (const call of world.calls) void call.run().then(() => ends.push(Date.now() - started));
    }
    const windows = Math.ceil((processes * callsEach) / limit);
    await vi.advanceTimersByTimeAsync((2 * windows + 3) * 62_000);
    const states = worlds.flatMap(({ calls }) => calls.map(({ state }) => state));
    return {
        rejected: server.rejected,
        unsent: states.filter((state) => state !== 'done').length,
        /** In how many windows all calls were through. */
        windows: Math.ceil(Math.max(...ends) / 61_000),
    };
}

test.each<[Row, few: number]>([
    [{ processes: 2, calls: 60, limit: 40 }, 0.05],
    [{ processes: 8, calls: 50, limit: 80 }, 0.2],
    [{ processes: 3, calls: 120, limit: 60 }, 0.08],
    [{ processes: 12, calls: 20, limit: 120 }, 0.35],
])('processes that share an account and no store lose no call, and 429s stay few: %o', async (row, few) => {
    const { rejected, unsent } = await runFleet(row);
    expect(unsent).toBe(0);
    expect(rejected / (row.processes * row.calls)).toBeLessThan(few);
});

/**
 * Harder rows, in which each part of the model shows: taken out, or changed, it moves a figure (docs/decisions/rate-limit-model.md has
 * the table). The simulation has neither chance nor a real clock, so the figures are exact; a change that is meant moves them on purpose.
 */
test.each<[Row, figures: { rejected: number; windows: number }]>([
    [
        { processes: 2, calls: 60, limit: 60 },
        { rejected: 1, windows: 2 },
    ],
    [
        { processes: 20, calls: 40, limit: 60 },
        { rejected: 484, windows: 14 },
    ],
    [
        { processes: 6, calls: 60, limit: 60, latency: 9_000 },
        { rejected: 360, windows: 8 },
    ],
    [
        { processes: 6, calls: 60, limit: 60, latency: 9_000, informed: true },
        { rejected: 67, windows: 7 },
    ],
    [
        { processes: 1, calls: 200, limit: 60, latency: 9_000, informed: true },
        { rejected: 9, windows: 7 },
    ],
])('%o', async (row, figures) => {
    expect(await runFleet(row)).toEqual({ unsent: 0, ...figures });
});
