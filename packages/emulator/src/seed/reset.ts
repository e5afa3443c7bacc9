import type { EmulatorContext } from '../context.js';
import { applySeed } from './apply-seed.js';
import { initialState } from './initial-state.js';

/** Back to how the emulator started: its options, its seed, the functions defined in code. */
export function resetState(context: EmulatorContext): void {
    const { frozenAt, idSeed, rateLimit, seed } = context.options;
    context.clock.reset({ offset: 0, frozenAt: frozenAt ?? null, lastMicros: 0 });
    context.ids.restore({ seed: idSeed, drawn: 0, numbers: {} });
    context.faults.clear();
    context.outage.end();
    context.requests.clear();
    context.limiter.settings = rateLimit;
    context.limiter.reset();
    context.webhooks.clear();
    context.functions.clearCanned();
    initialState(context);
    context.syncs.resume();
    context.actions.resume();
    if (seed !== undefined) applySeed(context, seed);
    context.changed();
}
