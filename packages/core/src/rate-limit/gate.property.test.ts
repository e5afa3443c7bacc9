import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { SimulatedCall, SimulatedServer, type World } from '../../test/support/gate-simulation.js';
import { fc } from '../../test/support/properties.js';
import { newAccountState } from '../pipeline/account-state.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_123 }));
afterEach(() => void vi.useRealTimers());

/** What the commands know without looking at the gate. */
interface Model {
    begun: number;
}

abstract class Step implements fc.AsyncCommand<Model, World> {
    check = () => true;
    abstract run(model: Model, world: World): Promise<void>;

    protected begin(model: Model, world: World, calls: number, loses: boolean): Promise<unknown> {
        for (let i = 0; i < calls; i++) {
            const call = new SimulatedCall(world, model.begun++, loses);
            world.calls.push(call);
            void call.run();
        }
        return vi.advanceTimersByTimeAsync(1);
    }

    /** Whatever happens: no window takes more than its limit of this gate's calls, and none overtakes an older one. */
    protected holds({ server, account, calls, sent, alone }: World): void {
        expect(server.ownInWindow).toBeLessThanOrEqual(server.limit);
        const waiting = calls.filter((call) => call.state === 'waiting');
        expect(account.gate.line.waiting.length).toBe(waiting.length);
        if (alone) expect(sent).toEqual([...sent].sort((a, b) => a - b));
    }
}

class Begin extends Step {
    constructor(readonly calls: number) {
        super();
    }
    async run(model: Model, world: World) {
        await this.begin(model, world, this.calls, false);
        this.holds(world);
    }
    override toString = () => `begin ${this.calls} calls`;
}

class BeginLost extends Step {
    constructor(readonly calls: number) {
        super();
    }
    async run(model: Model, world: World) {
        await this.begin(model, world, this.calls, true);
        this.holds(world);
    }
    override toString = () => `begin ${this.calls} calls that never arrive`;
}

class Abort extends Step {
    constructor(readonly which: number) {
        super();
    }
    async run(_model: Model, world: World) {
        const waiting = world.calls.filter((call) => call.state === 'waiting');
        if (waiting.length > 0) (waiting[this.which % waiting.length] as SimulatedCall).control.cancel(new Error('aborted'));
        await vi.advanceTimersByTimeAsync(1);
        this.holds(world);
    }
    override toString = () => `abort waiting call ${this.which}`;
}

class Others extends Step {
    constructor(readonly calls: number) {
        super();
    }
    async run(_model: Model, world: World) {
        if (!world.alone) for (let i = 0; i < this.calls; i++) world.server.count(false);
        await vi.advanceTimersByTimeAsync(1);
    }
    override toString = () => `another process makes ${this.calls} calls`;
}

class SetClockBack extends Step {
    async run(_model: Model, world: World) {
        // Ours, not the server's.
        vi.setSystemTime(Date.now() - 40_000);
        world.server.skew += 40_000;
        await vi.advanceTimersByTimeAsync(1);
    }
    override toString = () => 'our clock is set back by 40 s';
}

class Pass extends Step {
    constructor(readonly ms: number) {
        super();
    }
    async run(_model: Model, world: World) {
        await vi.advanceTimersByTimeAsync(this.ms);
        this.holds(world);
    }
    override toString = () => `${this.ms} ms pass`;
}

/** The seconds in which the server's window has turned and the gate can't be sure of it yet. */
class PassToTurn extends Step {
    constructor(readonly offset: number) {
        super();
    }
    async run(_model: Model, world: World) {
        const ms = world.server.endsAt - world.server.skew + this.offset - Date.now();
        if (ms > 0) await vi.advanceTimersByTimeAsync(ms);
        this.holds(world);
    }
    override toString = () => `time passes to ${this.offset} ms after the server's window turned`;
}

const commandsOf = (mostCalls: number) =>
    fc.commands(
        [
            fc.integer({ min: 1, max: mostCalls }).map((calls) => new Begin(calls)),
            fc.integer({ min: 1, max: 5 }).map((calls) => new BeginLost(calls)),
            fc.nat().map((which) => new Abort(which)),
            fc.integer({ min: 1, max: 40 }).map((calls) => new Others(calls)),
            fc.integer({ min: 1, max: 70_000 }).map((ms) => new Pass(ms)),
            fc.integer({ min: -200, max: 2_500 }).map((offset) => new PassToTurn(offset)),
            fc.constant(new SetClockBack()),
        ],
        { maxCommands: 14 },
    );

const conditionsOf = (mostCalls: number) =>
    fc.record({
        limit: fc.integer({ min: 8, max: 50 }),
        latency: fc.integer({ min: 0, max: 1_500 }),
        skew: fc.integer({ min: -100_000, max: 100_000 }),
        commands: commandsOf(mostCalls),
    });
const conditions = conditionsOf(60);
/** Each that waits looks again and again by itself, which takes its time: fewer of them. */
const fewCalls = conditionsOf(12);

async function play(
    alone: boolean,
    {
        limit,
        latency,
        skew,
        commands,
    }: { limit: number; latency: number; skew: number; commands: Iterable<fc.AsyncCommand<Model, World>> },
) {
    const world: World = {
        server: new SimulatedServer(limit, 60_000, skew),
        account: newAccountState('k'),
        calls: [],
        sent: [],
        latency,
        alone,
    };
    // The limit is known: until then more calls may be under way than a small window takes.
    void new SimulatedCall({ ...world, latency: 0 }, -1, false).run();
    await vi.advanceTimersByTimeAsync(1);
    await fc.asyncModelRun(() => ({ model: { begun: 0 }, real: world }), commands);
    return world;
}

/** Lets enough windows pass for all that wait, and looks whether any was forgotten. */
async function expectAllThrough({ calls, account, server }: World) {
    await vi.advanceTimersByTimeAsync((Math.ceil(calls.length / server.limit) + 4) * 64_000);
    expect(calls.filter((call) => call.state !== 'done' && call.state !== 'aborted')).toEqual([]);
    expect(account.gate.line.waiting).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
}

const { GATE_RUNS } = process.env;
/** With a number of runs of its own it ends at the first failure: mutation testing does not read the smallest example. */
const runs = { numRuns: Number(GATE_RUNS ?? 100), endOnFailure: GATE_RUNS !== undefined };

test('alone with its account, a gate meets no 429, loses no waiter and keeps the order of arrival', async () => {
    await fc.assert(
        fc.asyncProperty(conditions, async (given) => {
            const world = await play(true, given);
            await expectAllThrough(world);
            expect(world.server.rejected).toBe(0);
        }),
        runs,
    );
});

test('beside other processes, a gate loses no waiter and starves none', async () => {
    await fc.assert(
        fc.asyncProperty(conditions, async (given) => {
            const world = await play(false, given);
            await expectAllThrough(world);
        }),
        runs,
    );
});

test('where calls may not wake each other, waiters find their turn by themselves', async () => {
    const shares = platform.sharesPromises;
    (platform as { sharesPromises: boolean }).sharesPromises = false;
    try {
        await fc.assert(
            fc.asyncProperty(fewCalls, async (given) => {
                const world = await play(true, given);
                await expectAllThrough(world);
                expect(world.server.rejected).toBe(0);
            }),
            { ...runs, numRuns: Math.ceil(runs.numRuns / 10) },
        );
    } finally {
        (platform as { sharesPromises: boolean }).sharesPromises = shares;
    }
});
