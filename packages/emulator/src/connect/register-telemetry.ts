import { z } from 'zod';
import { authenticateSession } from '../auth/authenticate.js';
import type { EmulatorContext } from '../context.js';
import { beaconHeaders } from '../http/cors.js';
import { Reply, type Routes } from '../http/routes.js';

const events = [
    'open',
    ...['list', 'integration', 'unknown_error', 'credentials_error', 'success'].map((view) => `view:${view}`),
    ...['integration', 'doc', 'doc_section', 'connect', 'close', 'finish', 'outside'].map((click) => `click:${click}`),
    ...['blocked_by_browser', 'closed_early'].map((popup) => `popup:${popup}`),
];
const tolerance = 2 * 3_600_000;

/** `POST /connect/telemetry` (wire contract 15.5): beacons of the Connect page, checked and forgotten. */
export function registerTelemetry(routes: Routes, context: EmulatorContext): void {
    const body = z.strictObject({
        token: z.string(),
        event: z.enum(events),
        // Beacons carry the browser's time, whatever the emulator's clock says.
        timestamp: z.coerce.date().refine((date) => Math.abs(date.getTime() - Date.now()) <= tolerance),
        dimensions: z.strictObject({ integration: z.string().optional() }).optional(),
    });
    routes.add(
        {
            method: 'post',
            path: '/connect/telemetry',
            operation: 'connectTelemetry',
            contract: '15.5',
            summary: 'A beacon of the Connect page',
            auth: { kind: 'none' },
            body,
            success: { 204: null },
            errors: { 401: ['invalid_connect_session_token_format', 'unknown_connect_session_token'] },
        },
        ({ body }) => {
            authenticateSession(context, body.token);
            return new Reply(204, null, beaconHeaders(new URL(context.connectUrl()).origin));
        },
    );
}
