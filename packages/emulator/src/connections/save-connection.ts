import type { EmulatorContext } from '../context.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import type { Environment } from '../state/environment.js';
import { sendAuthWebhook } from './auth-webhook.js';
import type { ConnectionCredentials, ConnectionRow, EndUser } from './connection-row.js';

/** What a new or overwritten connection is made of. */
export interface ConnectionInput {
    integration: IntegrationRow;
    /** A UUID is drawn when it is missing. */
    connectionId?: string | undefined;
    credentials: ConnectionCredentials;
    connectionConfig?: Record<string, unknown> | undefined;
    metadata?: Record<string, unknown> | null | undefined;
    endUser?: EndUser | null | undefined;
    tags?: Record<string, string> | undefined;
    webhookUrlOverride?: string | null | undefined;
    pending?: boolean | undefined;
    /** The webhook of connections made through a connect session holds the end user. */
    fromSession?: boolean | undefined;
    /** Send no webhook: for state that is set up rather than happening. */
    silent?: boolean | undefined;
}

/**
 * Create a connection, or overwrite the one of the same id, with all that follows: its syncs are created and the `auth` webhook goes
 * out as `creation` or `override` (contract 8.5, 17.2). Every way to make a connection ends here.
 */
export function saveConnection(
    context: EmulatorContext,
    environment: Environment,
    input: ConnectionInput,
): { connection: ConnectionRow; operation: 'creation' | 'override' } {
    const { integration } = input;
    const connectionId = input.connectionId ?? context.ids.uuid();
    const now = context.clock.now();
    const known = environment.connections.get(integration.uniqueKey, connectionId);
    const connection = environment.connections.set({
        id: known?.id ?? context.ids.number('connection'),
        connectionId,
        providerConfigKey: integration.uniqueKey,
        provider: integration.provider,
        endUser: input.endUser === undefined ? (known?.endUser ?? null) : input.endUser,
        tags: input.tags ?? known?.tags ?? {},
        metadata: input.metadata === undefined ? (known?.metadata ?? null) : input.metadata,
        connectionConfig: input.connectionConfig ?? known?.connectionConfig ?? {},
        webhookUrlOverride:
            input.webhookUrlOverride === undefined ? (known?.webhookUrlOverride ?? null) : input.webhookUrlOverride,
        credentials: input.credentials,
        errors: [],
        createdAt: known?.createdAt ?? now,
        updatedAt: now,
        lastFetchedAt: known?.lastFetchedAt ?? null,
        refresh: { failedAt: null, failures: 0, exhausted: false },
        pending: input.pending ?? false,
    });
    context.syncs.connected(environment, connection);
    const operation = known ? 'override' : 'creation';
    if (!input.silent) {
        sendAuthWebhook(context, environment, { connection, operation, success: true, fromSession: input.fromSession ?? false });
    }
    context.changed();
    return { connection, operation };
}

/** Remove a connection with its syncs and records (contract 8.7). */
export function removeConnection(context: EmulatorContext, environment: Environment, connection: ConnectionRow): void {
    context.syncs.disconnected(environment, connection);
    environment.actions.deleteWhere((action) => action.connection === connection.id && action.state === 'queued');
    environment.records.drop(connection.id);
    environment.connections.delete(connection);
    context.changed();
}
