import { database } from './app.js';
import { nango } from './nango.js';
import { consumer } from './worker.js';

/** Run it every hour or so: it finds what the webhooks that never arrived would have reported. */
export async function reconcile(): Promise<void> {
    for await (const connection of nango.iterateConnections({ integrationId: 'github' })) {
        const { provider_config_key: providerConfigKey, connection_id: connectionId, tags } = connection;
        await database.linkConnection(tags.end_user_id ?? (await database.userOf(connectionId)), connectionId);
        const key = { providerConfigKey, connectionId, model: 'Issue' };
        // One that can't be read keeps none of the others from being read.
        await nango.consumeRecords(key, consumer).catch((error) => console.error('could not read', key, error));
    }
}
