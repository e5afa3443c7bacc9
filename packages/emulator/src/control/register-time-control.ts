import { zuluDate } from '../base/dates.js';
import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { control } from './control-route.js';
import { clockBody, clockState } from './control-schemas.js';

/** The clock. */
export function registerTimeControl(routes: Routes, context: EmulatorContext): void {
    const now = () => ({ now: zuluDate(context.clock.now()), frozen: context.clock.frozen });
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/clock',
            operation: 'control.clock',
            summary: 'Tell the time',
            success: { 200: clockState },
        },
        now,
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/clock',
            operation: 'control.setClock',
            summary: 'Stop the clock, let it run, or move it forward',
            body: clockBody,
            success: { 200: clockState },
        },
        async ({ body }) => {
            if (body.freeze !== undefined) context.clock.freeze(body.freeze === true ? undefined : Date.parse(body.freeze));
            if (body.resume) context.clock.resume();
            if (body.advance !== undefined) await context.clock.advance(body.advance);
            context.changed();
            return now();
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/settle',
            operation: 'control.settle',
            summary: 'Wait until nothing is due and nothing is running',
            success: { 200: clockState },
        },
        async () => {
            await context.clock.settle();
            return now();
        },
    );
}
