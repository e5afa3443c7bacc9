import { isReconnectRequired } from '@x/node';
import { confirmConnection, createWebhookHandler } from '@x/webhooks/fetch';
import { Hono } from 'hono';
import { integrations, type Services } from '../app-context.js';
import { contactsConsumer } from '../contacts-consumer.js';

/** What Nango reports: connections made or broken, syncs that ran. */
export function webhookRoutes({ nango, database, webhookSigningKey }: Services): Hono {
    const receive = createWebhookHandler({
        signingKey: webhookSigningKey,
        // A valid signature does not prove who wrote the body: read the connection by its id, and trust only what that says.
        confirm: confirmConnection(nango),
        async onAuth(event, { confirmed: connection }) {
            const { connection_id: connectionId, provider_config_key: integrationId, tags } = connection;
            if (!event.success) {
                // An outage first looks like a revocation: a second look distinguishes them.
                const failure = await nango.getConnection(integrationId, connectionId).then(
                    () => undefined,
                    (error) => error,
                );
                if (isReconnectRequired(failure)) database.markBroken(connectionId);
            } else if (event.operation === 'creation' || event.operation === 'override') {
                // A reconnect session without tags has erased them (somebody else's, say): then our own table knows the user.
                const userId = tags.end_user_id ?? database.userOf(integrationId, connectionId);
                if (userId) database.saveLink({ userId, integrationId, connectionId });
                database.markRepaired(connectionId);
            }
        },
        // Confirmed too: Nango no longer lists it. The event names no user, and needs to name none.
        onConnectionDeleted: (event) => database.removeConnection(event.providerConfigKey, event.connectionId),
        // Nango waits 20 s for the answer: with many records, put the event in a queue here and read them in a worker.
        async onSync(event) {
            if (event.outcome === 'failed' || event.model !== 'Contact') return;
            // Not confirmed: of a connection that does not exist there is nothing to be read.
            if (event.providerConfigKey === integrations.crm) await nango.recordsFromWebhook(event, contactsConsumer(database));
        },
    });

    return new Hono().post('/', (c) => receive(c.req.raw));
}
