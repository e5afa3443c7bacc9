import type { EmulatorContext } from '../context.js';
import { InvalidBodyError } from '../errors/coded-error.js';
import type { Routes } from '../http/routes.js';
import { applySeed } from '../seed/apply-seed.js';
import { resetState } from '../seed/reset.js';
import { SeedError } from '../seed/seed-error.js';
import { restoreSnapshot, takeSnapshot } from '../seed/snapshot.js';
import { control, ok } from './control-route.js';
import { anyJson, anything } from './control-schemas.js';

/** Seed, reset and snapshots. */
export function registerStateControl(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/seed',
            operation: 'control.seed',
            summary: 'Add state: the JSON of a seed file',
            body: anyJson,
            success: { 200: ok },
        },
        ({ body }) => refusingSeeds(() => applySeed(context, body)),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/reset',
            operation: 'control.reset',
            summary: 'Go back to how the emulator started',
            success: { 200: ok },
        },
        async () => {
            resetState(context);
            await context.outage.over();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/snapshot',
            operation: 'control.snapshot',
            summary: 'Take a snapshot of the whole state, credentials included',
            success: { 200: anything },
        },
        () => takeSnapshot(context),
    );
    routes.add(
        {
            ...control,
            method: 'put',
            path: '/_emulator/snapshot',
            operation: 'control.restore',
            summary: 'Replace the whole state by a snapshot',
            body: anyJson,
            success: { 200: ok },
        },
        ({ body }) => refusingSeeds(() => restoreSnapshot(context, body)),
    );
}

function refusingSeeds(work: () => void): { ok: true } {
    try {
        work();
    } catch (error) {
        if (error instanceof SeedError) throw new InvalidBodyError(error.message);
        throw error;
    }
    return { ok: true };
}
