import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SimulatedCall, SimulatedServer, type World } from '../../test/support/gate-simulation.js';
import { newAccountState } from '../pipeline/account-state.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_123 }));
afterEach(() => void vi.useRealTimers());

/** Gates that know nothing of each other, as in processes without a shared store. */
async function runFleet(processes: number, callsEach: number, limit: number) {
    const server = new SimulatedServer(limit, 60_000, 0);
    const worlds = Array.from({ length: processes }, (_, i): World => {
        return { server, account: newAccountState(`p${i}`), calls: [], sent: [], latency: 20 + i, alone: false };
    });
    for (const world of worlds) {
        for (let i = 0; i < callsEach; i++) world.calls.push(new SimulatedCall(world, i, false));
        for (const call of world.calls) void call.run();
    }
    const windows = Math.ceil((processes * callsEach) / limit);
    await vi.advanceTimersByTimeAsync((windows + 3) * 62_000);
    const states = worlds.flatMap(({ calls }) => calls.map(({ state }) => state));
    return { server, refused: states.filter((state) => state !== 'done').length };
}

test.each([
    [2, 60, 40, 0.05],
    [8, 50, 80, 0.2],
    [3, 120, 60, 0.08],
    [12, 20, 120, 0.35],
])(
    '%i processes that share an account and no store: no call is lost, and 429s stay few',
    async (processes, calls, limit, few) => {
        const { server, refused } = await runFleet(processes, calls, limit);
        expect(refused).toBe(0);
        console.info(
            `${processes} x ${calls}, limit ${limit}: ${server.rejected} 429s, ${((100 * server.rejected) / (processes * calls)).toFixed(0)} %`,
        );
        expect(server.rejected / (processes * calls)).toBeLessThan(few);
    },
    60_000,
);
