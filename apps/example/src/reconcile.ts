import type { Nango } from '@x/node';
import { integrations } from './app-context.js';
import { contactsConsumer } from './contacts-consumer.js';
import type { Database } from './database.js';

/**
 * Finds what lost webhooks would have reported: run it every hour or so. It costs one request for each connection that has nothing new.
 *
 * @returns how many records were new
 */
export async function reconcile(nango: Nango, database: Database): Promise<number> {
    let records = 0;
    for await (const connection of nango.iterateConnections({ integrationId: Object.values(integrations) })) {
        const { provider_config_key: providerConfigKey, connection_id: connectionId, tags } = connection;
        const userId = tags.end_user_id;
        // Newest first: the first one found is the one that counts.
        if (userId && !database.findLink(userId, providerConfigKey)) {
            database.saveLink({ userId, integrationId: providerConfigKey, connectionId });
        }
        if (providerConfigKey !== integrations.crm) continue;
        const key = { providerConfigKey, connectionId, model: 'Contact' };
        records += (await nango.consumeRecords(key, contactsConsumer(database))).records;
    }
    return records;
}
