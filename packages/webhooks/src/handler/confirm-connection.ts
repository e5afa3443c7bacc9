import type { ConfirmableEvent } from './options.js';

/** The one call of a Nango client that {@link confirmConnection} needs. */
export interface ConnectionLister<Connection> {
    listConnections(query: { connectionId: string; integrationId: string }): Promise<{ connections: readonly Connection[] }>;
}

/**
 * The function that {@link confirmConnection} makes. An intersection, because TypeScript passes over a generic call that returns a
 * plain function type when it infers `context.confirmed`.
 */
export type ConfirmConnection<Connection> = ((event: ConfirmableEvent) => Promise<Connection | undefined>) & {
    readonly name: string;
};

/**
 * A `confirm` that asks Nango for the connection that an event names, and hands it to the handlers as `context.confirmed`. An event
 * about a connection that does not exist is dropped.
 *
 * It lists the one connection instead of getting it: getting would refresh its token first, and fail exactly when the event tells that
 * this can't be done. No credentials are read.
 *
 * The report of a connection that could not be created is dropped too: there is nothing that could confirm it.
 *
 * @param client Any client with `listConnections`: that of these packages or `@nangohq/node`.
 */
export function confirmConnection<Connection extends { connection_id: string; provider_config_key: string }>(
    client: ConnectionLister<Connection>,
): ConfirmConnection<Connection> {
    return async ({ connectionId, providerConfigKey: integrationId }) => {
        // Asking would fail, and whoever forged the event would have the delivery answered with 500 again and again.
        if (![connectionId, integrationId].every(mayBeId)) return undefined;
        const { connections } = await client.listConnections({ connectionId, integrationId });
        return connections.find((found) => found.connection_id === connectionId && found.provider_config_key === integrationId);
    };
}

/** Ids have 1 to 255 characters (wire contract 8.1), which can be written into an address. */
const mayBeId = (id: string) => id.length <= 255 && /^[^\p{Cc}\p{Cs}]+$/u.test(id);
