import { z } from 'zod';
import type { EmulatorContext } from '../context.js';
import { NotFoundError } from '../errors/coded-error.js';
import type { Routes } from '../http/routes.js';
import { control, ok } from './control-route.js';
import { anything, idParams, logEntry } from './control-schemas.js';

/** What happened: requests and webhook deliveries. */
export function registerLogControl(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/requests',
            operation: 'control.requests',
            summary: 'Read the request log, oldest first; secrets are masked',
            success: { 200: z.strictObject({ requests: z.array(logEntry) }) },
        },
        () => ({ requests: context.requests.entries() }),
    );
    routes.add(
        {
            ...control,
            method: 'delete',
            path: '/_emulator/requests',
            operation: 'control.clearRequests',
            summary: 'Empty the request log',
            success: { 200: ok },
        },
        () => {
            context.requests.clear();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/webhooks',
            operation: 'control.deliveries',
            summary: 'List the webhook deliveries and their attempts',
            success: { 200: z.strictObject({ deliveries: z.array(anything) }) },
        },
        () => ({ deliveries: context.webhooks.deliveries() }),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/webhooks/:id/redeliver',
            operation: 'control.redeliver',
            summary: 'Send a webhook again',
            params: idParams,
            success: { 200: anything },
            errors: { 404: ['not_found'] },
        },
        ({ params }) => {
            const delivery = context.webhooks.redeliver(params.id);
            if (!delivery) throw new NotFoundError(`There is no delivery ${params.id}.`);
            return delivery;
        },
    );
}
