import { links } from './database/schema.js';
import { integrationIds } from './integrations.js';
import { adoptConnection, checkCredentials, forgetConnection } from './links.js';
import type { Services } from './services.js';

/** Finds what webhooks that never arrived would have said: a job on a schedule, and once when a process starts. */
export async function reconcile(services: Services): Promise<void> {
    const { nango, database, jobs } = services;
    // What is linked while we list may be missing in the list.
    const before = await database.tables.select().from(links);
    const listed = new Set<string>();
    for await (const connection of nango.iterateConnections({ integrationId: [...integrationIds] })) {
        listed.add(keyOf(connection.provider_config_key, connection.connection_id));
        await adoptConnection(services, connection);
        const link = before.find(
            (one) =>
                keyOf(one.integrationId, one.connectionId) === keyOf(connection.provider_config_key, connection.connection_id),
        );
        // The webhook that it broke, or that it was repaired, may be the one that never arrived.
        if (link && (link.state === 'broken' || connection.errors.some(({ type }) => type === 'auth')))
            await checkCredentials(services, link);
    }
    for (const link of before) {
        const { integrationId, connectionId } = link;
        if (listed.has(keyOf(integrationId, connectionId))) await jobs.add('read-records', { integrationId, connectionId });
        else await forgetConnection(services, link);
    }
}

const keyOf = (integrationId: string, connectionId: string) => JSON.stringify([integrationId, connectionId]);
