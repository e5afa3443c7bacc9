import { z } from 'zod';
import type { EmulatorContext } from '../context.js';
import { InvalidBodyError, NotFoundError } from '../errors/coded-error.js';
import { faultSchema } from '../faults/fault.js';
import { neverStrikes } from '../faults/never-strikes.js';
import { Reply, type Routes } from '../http/routes.js';
import { control, ok } from './control-route.js';
import { idParams, placedFault, restartBody } from './control-schemas.js';

/** Faults. */
export function registerFaultControl(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/faults',
            operation: 'control.faults',
            summary: 'List the faults that are set',
            success: { 200: z.strictObject({ faults: z.array(placedFault) }) },
        },
        () => ({ faults: context.faults.list() }),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/faults',
            operation: 'control.fault',
            summary: 'Make requests fail',
            body: faultSchema,
            success: { 201: placedFault },
        },
        ({ body }) => {
            const reason = neverStrikes(body, routes);
            if (reason) throw new InvalidBodyError(reason);
            const placed = context.faults.add(body);
            context.changed();
            return new Reply(201, placed);
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/restart',
            operation: 'control.restart',
            summary: 'Go down for some seconds: connections are cut off and refused',
            body: restartBody,
            success: { 200: ok },
        },
        async ({ c, body: { seconds } }) => {
            if (seconds === 0) {
                context.outage.end();
                await context.outage.over();
                return { ok: true };
            }
            const begin = () => context.outage.begin(seconds * 1000);
            const outgoing = c.env?.outgoing;
            // Whoever asked is answered first.
            if (outgoing) outgoing.once('finish', () => setImmediate(begin));
            else begin();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'delete',
            path: '/_emulator/faults',
            operation: 'control.clearFaults',
            summary: 'Take all faults away',
            success: { 200: ok },
        },
        () => {
            context.faults.clear();
            context.changed();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'delete',
            path: '/_emulator/faults/:id',
            operation: 'control.removeFault',
            summary: 'Take one fault away',
            params: idParams,
            success: { 200: ok },
            errors: { 404: ['not_found'] },
        },
        ({ params }) => {
            if (!context.faults.remove(params.id)) throw new NotFoundError(`There is no fault ${params.id}.`);
            context.changed();
            return { ok: true };
        },
    );
}
