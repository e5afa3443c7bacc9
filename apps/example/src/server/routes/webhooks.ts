import { confirmConnection, createWebhookHandler } from '@x/webhooks/fetch';
import { Hono } from 'hono';
import { isOffered } from '../integrations.js';
import { adoptConnection, checkCredentials, forgetConnection, model } from '../links.js';
import type { Services } from '../services.js';
import { settleAction } from '../tasks.js';

/** What Nango reports: connections made, broken, repaired or deleted, syncs and actions that ended. Nothing is read here: that is queued. */
export function webhookRoutes(services: Services): Hono {
    const { nango, jobs, log, config } = services;
    const receive = createWebhookHandler({
        signingKey: config.nango.webhookSigningKey,
        maxBodySize: 1024 * 1024,
        // A right signature does not prove who wrote the body: read the connection by its id, and trust only what that says.
        confirm: confirmConnection(nango),
        async onAuth(event, { confirmed: connection }) {
            const { provider_config_key: integrationId, connection_id: connectionId } = connection;
            if (!isOffered(integrationId)) return;
            if (event.success) await adoptConnection(services, connection);
            await checkCredentials(services, { integrationId, connectionId });
        },
        // Confirmed too: Nango no longer lists it.
        async onConnectionDeleted({ providerConfigKey: integrationId, connectionId }) {
            if (isOffered(integrationId)) await forgetConnection(services, { integrationId, connectionId });
        },
        async onSync({ providerConfigKey: integrationId, connectionId, model: changed }) {
            // Also when the run failed or changed nothing: what a lost webhook was about is read as well.
            if (isOffered(integrationId) && changed === model) await jobs.add('read-records', { integrationId, connectionId });
        },
        onAsyncAction: ({ payload }) => settleAction(services, payload.id),
        onError: (error, event) => log.warn({ error, type: event?.type }, 'webhook refused'),
    });
    return new Hono().all('/', (c) => receive(c.req.raw));
}
