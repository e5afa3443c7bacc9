import { sendAuthWebhook } from '../connections/auth-webhook.js';
import type { ConnectionCredentials, ConnectionRow } from '../connections/connection-row.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import type { Provider } from '../providers/provider.js';
import type { Environment } from '../state/environment.js';
import type { World } from '../world.js';
import { issueApp, issueCustom, issueOAuth2, issueSession } from './issue-credentials.js';

/** Credentials that expire sooner than this are refreshed (contract 8.2), ms. */
const margin = 15 * 60_000;
/** After a failure, calls within this time fail at once (contract 8.2), ms. */
const backOff = 30_000;
const day = 24 * 3_600_000;
/** Days in a row with a failed refresh until the server gives up. */
const daysUntilExhausted = 4;

interface Subject {
    world: World;
    environment: Environment;
    integration: IntegrationRow;
    connection: ConnectionRow;
}

/** How a refresh ended. `status` is the HTTP status of `GET /connections/:id` then (contract 8.2). */
export type RefreshResult = { ok: true } | { ok: false; status: number; code: string; message: string };

/**
 * Bring the connection's credentials up to date, in place: refresh when they expire within 15 minutes or `force` is set, obey the 30 s
 * back-off unless forced, count failures in `connection.refresh`, send the `auth` webhook of a failure.
 */
export async function refreshCredentials(subject: Subject, force: boolean): Promise<RefreshResult> {
    const { world, integration, connection } = subject;
    const { refresh } = connection;
    const now = world.clock.now();
    if (!force) {
        // Both hold even while the access token is still good (contract 8.2).
        if (refresh.exhausted) {
            return refused(424, 'connection_refresh_exhausted', 'The refresh has failed for too long. Reconnect the connection.');
        }
        if (refresh.failedAt !== null && now - refresh.failedAt < backOff) {
            return refused(424, 'connection_refresh_backoff', 'The last refresh failed less than 30 seconds ago.');
        }
    }
    const provider = world.providers.get(integration.provider);
    if (!provider || !isRefreshable(connection.credentials) || !(force || isDue(connection.credentials, now)))
        return { ok: true };
    return refresh.failing ? failed(subject, now) : succeeded(subject, provider, now);
}

const refused = (status: number, code: string, message: string): RefreshResult => ({ ok: false, status, code, message });

const withSession = new Set(['OAUTH2_CC', 'TWO_STEP', 'JWT', 'SIGNATURE', 'BILL', 'AWS_SIGV4', 'APP']);

function isRefreshable(credentials: ConnectionCredentials): boolean {
    if (credentials.type === 'OAUTH2') return typeof credentials.refresh_token === 'string' && credentials.refresh_token !== '';
    if (credentials.type === 'CUSTOM') return credentials.app !== undefined;
    return withSession.has(String(credentials.type));
}

function isDue(credentials: ConnectionCredentials, now: number): boolean {
    const holder = credentials.type === 'CUSTOM' ? (credentials.app as ConnectionCredentials) : credentials;
    const expiresAt = holder.expires_at;
    if (typeof expiresAt !== 'string' && !(expiresAt instanceof Date)) return false;
    return new Date(expiresAt).getTime() - now <= margin;
}

function succeeded({ world, connection }: Subject, provider: Provider, now: number): RefreshResult {
    const issue = { ids: world.ids, provider, now };
    connection.credentials = renew(issue, connection.credentials);
    connection.refresh = { failedAt: null, failures: 0, exhausted: false };
    connection.errors = connection.errors.filter(({ type }) => type !== 'auth');
    connection.updatedAt = now;
    world.changed();
    return { ok: true };
}

function renew(issue: Parameters<typeof issueApp>[0], credentials: ConnectionCredentials): ConnectionCredentials {
    switch (credentials.type) {
        case 'OAUTH2': {
            const { config_override } = credentials;
            const scope = (credentials.raw as { scope?: unknown } | undefined)?.scope;
            const renewed = issueOAuth2(issue, typeof scope === 'string' ? scope : '', String(credentials.refresh_token));
            const raw = { ...(renewed.raw as object), expires_at: renewed.expires_at };
            return { ...renewed, raw, ...(config_override !== undefined && { config_override }) };
        }
        case 'APP':
            return { ...issueApp(issue) };
        case 'CUSTOM':
            return issueCustom(issue, '');
        default:
            return issueSession(issue, credentials);
    }
}

function failed({ world, environment, connection }: Subject, now: number): RefreshResult {
    const { refresh } = connection;
    const sameDay = refresh.failedAt !== null && now - refresh.failedAt < day;
    const failures = refresh.failures + (sameDay ? 0 : 1);
    const failing = typeof refresh.failing === 'number' && refresh.failing > 1 ? refresh.failing - 1 : refresh.failing === true;
    connection.refresh = { failedAt: now, failures, exhausted: failures >= daysUntilExhausted, ...(failing && { failing }) };
    connection.errors = [...connection.errors.filter(({ type }) => type !== 'auth'), { type: 'auth', log_id: world.ids.hex(20) }];
    const message = 'The provider refused to refresh the credentials.';
    const error = { type: 'refresh_token_external_error', description: message };
    sendAuthWebhook(world, environment, { connection, operation: 'refresh', success: false, error });
    world.changed();
    return refused(400, 'refresh_token_external_error', message);
}
