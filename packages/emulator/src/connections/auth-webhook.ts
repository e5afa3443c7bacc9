import type { Environment } from '../state/environment.js';
import type { World } from '../world.js';
import type { ConnectionRow, EndUser } from './connection-row.js';

/** What happened to a connection's authorisation. */
export interface AuthEvent {
    connection: ConnectionRow;
    operation: 'creation' | 'override' | 'refresh' | 'deletion';
    success: boolean;
    /** Only when it failed. */
    error?: { type: string; description: string };
    /** Only webhooks of connect sessions name the end user (contract 17.2). */
    fromSession?: boolean;
}

/** The `endUser` of an `auth` webhook: without the email's and organization's fields when they are not known. */
export function webhookEndUser(endUser: EndUser): Record<string, unknown> {
    return {
        endUserId: endUser.id,
        ...(endUser.email === null ? {} : { endUserEmail: endUser.email }),
        ...(endUser.organization === null ? {} : { organizationId: endUser.organization.id }),
        tags: endUser.tags ?? {},
    };
}

/** Send the `auth` webhook unless the environment switched it off. Overrides have no switch; refreshes are reported only when they fail. */
export function sendAuthWebhook(world: World, environment: Environment, event: AuthEvent): void {
    const { connection, operation, success } = event;
    const { webhooks, name } = environment.settings;
    if (operation === 'creation' && !webhooks.on_auth_creation) return;
    if (operation === 'deletion' && !webhooks.on_connection_deletion) return;
    if (operation === 'refresh' && (success || !webhooks.on_auth_refresh_error)) return;
    world.webhooks.send({
        environment,
        connection,
        body: {
            type: 'auth',
            from: 'nango',
            connectionId: connection.connectionId,
            providerConfigKey: connection.providerConfigKey,
            authMode: world.providers.get(connection.provider)?.auth_mode ?? 'NONE',
            provider: connection.provider,
            environment: name,
            operation,
            success,
            tags: connection.tags,
            ...(event.fromSession && connection.endUser ? { endUser: webhookEndUser(connection.endUser) } : {}),
            ...(success ? {} : { error: event.error }),
        },
    });
}
