import { z } from 'zod';
import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { findConnection } from '../state/look-up.js';

/** Makes token refreshes fail. */
export function registerRefreshControl(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            control: true,
            contract: 'emulator',
            auth: { kind: 'none' },
            method: 'post',
            path: '/_emulator/refresh',
            operation: 'control.failRefresh',
            summary: "Make a connection's token refreshes fail",
            body: z.strictObject({
                providerConfigKey: z.string(),
                connectionId: z.string(),
                /** How many of the next refreshes fail; true is all of them, false none. */
                fail: z.union([z.boolean(), z.number().int().min(0)]),
            }),
            success: { 200: z.strictObject({ ok: z.literal(true) }) },
            errors: { 404: ['not_found'] },
        },
        ({ environment, body }) => {
            const connection = findConnection(environment, body.providerConfigKey, body.connectionId, 'not-found');
            const { failing: _, ...refresh } = connection.refresh;
            connection.refresh = body.fail ? { ...refresh, failing: body.fail } : refresh;
            context.changed();
            return { ok: true };
        },
    );
}
