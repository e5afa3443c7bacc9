import type { ListedConnection } from '@x/node';
import { confirmConnection, type WebhookHandlerOptions } from '@x/webhooks/fetch';
import { database, queue } from './app.js';
import { nango } from './nango.js';

export const receiver: WebhookHandlerOptions<ListedConnection | undefined, 'auth' | 'forward'> = {
    signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
    // Reads the connection that the event names. An event about none is dropped.
    confirm: confirmConnection(nango),
    onAuth: async (event, { confirmed: connection }) => {
        // `connection.tags` were set by your server when it made the connect session. `event.tags` may have been written by anyone.
        if (event.success && (event.operation === 'creation' || event.operation === 'override'))
            await database.linkConnection(
                // No tag after a reconnect session that was made without `keepTags`: then your own row says whose it is.
                connection.tags.end_user_id ?? (await database.userOf(connection.connection_id)),
                connection.connection_id,
            );
        // A hint, not a proof: look with `getConnection` before you ask the user to connect again.
        else await database.checkConnection(connection.connection_id);
    },
    // Confirmed too: Nango no longer lists it.
    onConnectionDeleted: (event) => database.unlinkConnection(event.connectionId),
    // Nango waits 20 s. Queue the event, answer, and work later.
    onSync: (event) => queue.add(event),
};
