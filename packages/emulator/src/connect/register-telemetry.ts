import { z } from 'zod';
import { authenticateSession } from '../auth/authenticate.js';
import type { EmulatorContext } from '../context.js';
import { LegacyError } from '../errors/legacy-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { beaconHeaders } from '../http/cors.js';
import { parseQuery } from '../http/parse-query.js';
import { Reply, type Routes } from '../http/routes.js';

const events = [
    'open',
    ...['list', 'integration', 'unknown_error', 'credentials_error', 'success'].map((view) => `view:${view}`),
    ...['integration', 'doc', 'doc_section', 'connect', 'close', 'finish', 'outside'].map((click) => `click:${click}`),
    ...['blocked_by_browser', 'closed_early'].map((popup) => `popup:${popup}`),
];
const tolerance = 2 * 3_600_000;

/** `POST /connect/telemetry` (contract 15.5): beacons of the Connect page, checked and forgotten. */
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
            // The token is in the body, and comes before all else.
            query: 'any',
            order: [],
            body,
            success: { 204: null },
            errors: { 401: ['missing_auth_header', 'invalid_connect_session_token_format', 'unknown_connect_session_token'] },
        },
        ({ c }) => {
            const { token } = (c.get('body') ?? {}) as { token?: unknown };
            if (!token) throw new LegacyError(401, 'missing_auth_header', 'The body has no token of a connect session.');
            routes.limit(c, authenticateSession(context, String(token)));
            const query = z.strictObject({}).safeParse(parseQuery(c.req.url));
            if (!query.success) throw ValidationError.from('query_params', query.error);
            const checked = body.safeParse(c.get('body'));
            if (!checked.success) throw ValidationError.from('body', checked.error);
            return new Reply(204, null, beaconHeaders(new URL(context.connectUrl()).origin));
        },
    );
}
