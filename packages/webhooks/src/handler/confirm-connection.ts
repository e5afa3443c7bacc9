import { NangoWebhookError } from '../webhook-error.js';
import { isDeletion } from '../webhook-event.js';
import type { ConfirmableEvent, Confirms } from './options.js';

interface Identified {
    connection_id: string;
    provider_config_key: string;
}

/** The one call of a Nango client that {@link confirmConnection} needs. */
export interface ConnectionLister<Connection> {
    listConnections(
        query: { connectionId: string; integrationId: string },
        options: { totalTimeout: number; rateLimit: { maxWait: number } },
    ): Promise<{ connections: readonly Connection[] }>;
}

/**
 * The function that {@link confirmConnection} makes. An intersection, because TypeScript passes over a generic call that returns a
 * plain function type when it infers `context.confirmed`.
 */
export type ConfirmConnection<Connection, Types extends ConfirmableEvent['type'] = 'auth' | 'forward'> = ((
    event: ConfirmableEvent,
) => Promise<Connection | undefined>) &
    Confirms<Types> & { readonly name: string };

const confirmable: readonly string[] = ['auth', 'sync', 'async_action', 'forward'] satisfies ConfirmableEvent['type'][];

/** Nango waits 20 s: what is not known by then is better asked for again. A used-up window must not queue deliveries up. */
const callOptions = { totalTimeout: 10_000, rateLimit: { maxWait: 0 } };

/**
 * A `confirm` that asks Nango for the connection that an event names, and hands it to the handlers as `context.confirmed`. An event
 * about a connection that does not exist is dropped; that a connection was deleted is confirmed when Nango no longer lists it.
 *
 * It lists the one connection instead of getting it: getting would refresh its token first, and fail exactly when the event says that
 * this can't be done. No credentials are read. The call waits for no rate limit and at most 10 s; a delivery for which it failed is
 * answered with 503, so that Nango sends it again.
 *
 * The report of a connection that could not be created is dropped too: there is nothing that could confirm it.
 *
 * @throws {TypeError} When the client has no `listConnections`, or the options are not these.
 * @param client Any client with `listConnections`: that of these packages or `@nangohq/node`.
 * @param options `types`: which events are confirmed. The others reach their handlers as they came, with `confirmed` undefined: `sync`
 * and `async_action` only start a read, which finds nothing where there is nothing. `@default ['auth', 'forward']`
 */
export function confirmConnection<Connection extends Identified>(
    client: ConnectionLister<Connection>,
): ConfirmConnection<Connection>;
export function confirmConnection<Connection extends Identified, Types extends ConfirmableEvent['type']>(
    client: ConnectionLister<Connection>,
    options: { readonly types: readonly Types[] },
): ConfirmConnection<Connection, Types>;
export function confirmConnection<Connection extends Identified>(
    client: ConnectionLister<Connection>,
    options?: { readonly types?: readonly string[] },
): ConfirmConnection<Connection> {
    const { types = ['auth', 'forward'], ...others } = options ?? {};
    // A type that there is not would never be confirmed, and forged events of the one that was meant would pass.
    if (!Array.isArray(types) || !types.every((type) => confirmable.includes(type)) || Object.keys(others).length > 0)
        throw new TypeError(`confirmConnection has one option, types, a list of ${confirmable.join(', ')}`);
    if (typeof client?.listConnections !== 'function')
        throw new TypeError('confirmConnection needs a client with listConnections');
    const confirm = async (event: ConfirmableEvent): Promise<Connection | undefined> => {
        const { connectionId, providerConfigKey: integrationId } = event;
        // Asking would fail, and whoever forged the event would have the delivery answered with 503 again and again.
        if (![connectionId, integrationId].every(mayBeId)) return undefined;
        let found: Connection | undefined;
        try {
            const { connections } = await client.listConnections({ connectionId, integrationId }, callOptions);
            found = connections.find((one) => one.connection_id === connectionId && one.provider_config_key === integrationId);
        } catch (cause) {
            throw new NangoWebhookError('confirm_failed', 'The connection could not be looked up.', { cause });
        }
        // A handler of deletions is given nothing that was confirmed.
        if (isDeletion(event)) return found ? undefined : ({} as Connection);
        return found;
    };
    return Object.assign(confirm, { confirms: (type: string) => types.includes(type) });
}

/** Ids have 1 to 255 characters, which can be written into an address. */
const mayBeId = (id: string) => id.length <= 255 && /^[^\p{Cc}\p{Cs}]+$/u.test(id);
