import { sendAuthWebhook } from '../connections/auth-webhook.js';
import type { ConnectionCredentials, ConnectionRow } from '../connections/connection-row.js';
import { saveConnection } from '../connections/save-connection.js';
import type { EmulatorContext } from '../context.js';
import { verifyCredentials } from '../credentials/verify-credentials.js';
import { CodedError } from '../errors/coded-error.js';
import { validateConnection } from '../functions/validate-connection.js';
import { popupModes } from './auth-modes.js';
import type { ConnectRequest } from './connect-request.js';

export interface Connected {
    connectionId: string;
    providerConfigKey: string;
}

/**
 * Test and validate the credentials, then create the connection or give the reconnected one its new credentials; the `auth` webhook
 * follows.
 * @throws CodedError 400 `connection_test_failed` (TBA: `invalid_credentials`), `connection_validation_failed`, `resource_capped`
 */
export async function finishConnection(
    context: EmulatorContext,
    request: ConnectRequest,
    credentials: ConnectionCredentials,
    pending = false,
): Promise<Connected> {
    const { environment, session, integration } = request;
    const candidate = provisional(context, request, credentials);
    const { connections: cap } = environment.settings.plan;
    if (!session.reconnect && cap !== null && environment.connections.size >= cap) {
        throw new CodedError(400, 'resource_capped', 'The plan allows no more connections.');
    }
    const refusal = pending ? null : await verifyCredentials(context, integration, candidate);
    if (refusal !== null) {
        const code = request.provider.auth_mode === 'TBA' ? 'invalid_credentials' : 'connection_test_failed';
        failConnection(context, request, { type: code, description: refusal }, candidate);
        throw new CodedError(400, code, refusal);
    }
    const invalid = await validateConnection(context, environment, integration.uniqueKey);
    if (invalid !== null) {
        failConnection(context, request, { type: 'connection_validation_failed', description: invalid }, candidate);
        throw new CodedError(400, 'connection_validation_failed', invalid);
    }
    const known = environment.connections.get(integration.uniqueKey, candidate.connectionId);
    const { connection } = saveConnection(context, environment, {
        integration,
        connectionId: candidate.connectionId,
        credentials,
        connectionConfig: candidate.connectionConfig,
        metadata: known && keepsConfig(request) ? undefined : {},
        endUser: known && session.endUser === null ? undefined : session.endUser,
        // A session without tags and end user erases those that the connection had (contract 15.2).
        tags: session.tags,
        webhookUrlOverride: session.webhookUrlOverride ?? undefined,
        pending,
        fromSession: true,
    });
    const { connectionId, providerConfigKey } = connection;
    return { connectionId, providerConfigKey };
}

/** Tell the environment that an authorisation failed; no connection is made or changed. */
export function failConnection(
    context: EmulatorContext,
    request: ConnectRequest,
    error: { type: string; description: string },
    connection: ConnectionRow = provisional(context, request, {}),
): void {
    const operation = request.session.reconnect ? 'override' : 'creation';
    sendAuthWebhook(context, request.environment, { connection, operation, success: false, error, fromSession: true });
}

/** Reconnecting through a window keeps metadata and `connection_config`; a form replaces both (contract 15.2). */
const keepsConfig = ({ provider }: ConnectRequest) => popupModes.has(provider.auth_mode);

/** The connection as it would be. */
function provisional(context: EmulatorContext, request: ConnectRequest, credentials: ConnectionCredentials): ConnectionRow {
    const { environment, session, integration } = request;
    const connectionId = session.reconnect?.connectionId ?? context.ids.uuid();
    const known = environment.connections.get(integration.uniqueKey, connectionId);
    const now = context.clock.now();
    return {
        id: known?.id ?? 0,
        connectionId,
        providerConfigKey: integration.uniqueKey,
        provider: integration.provider,
        endUser: session.endUser ?? known?.endUser ?? null,
        tags: session.tags,
        metadata: null,
        connectionConfig: { ...(keepsConfig(request) ? known?.connectionConfig : {}), ...request.connectionConfig },
        webhookUrlOverride: session.webhookUrlOverride ?? known?.webhookUrlOverride ?? null,
        credentials,
        errors: [],
        createdAt: now,
        updatedAt: now,
        lastFetchedAt: null,
        refresh: { failedAt: null, failures: 0, exhausted: false },
        pending: false,
    };
}
