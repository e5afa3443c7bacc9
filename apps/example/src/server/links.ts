import { isReconnectRequired, type ListedConnection } from '@x/node';
import { and, eq } from 'drizzle-orm';
import type { Tables } from './database/database.js';
import { links, tenants } from './database/schema.js';
import { type IntegrationId, isOffered } from './integrations.js';
import type { ConnectionKey } from './jobs.js';
import { announce } from './live-updates.js';
import type { Services } from './services.js';
import { findUser } from './users.js';

/** A tenant's connection. */
export type Link = typeof links.$inferSelect;

/** The record that the syncs of this product save. */
export const model = 'Contact';

const isConnection = ({ integrationId, connectionId }: ConnectionKey) =>
    and(eq(links.integrationId, integrationId), eq(links.connectionId, connectionId));

/** The tenant's connection of an integration. Routes take the connection id from here, never from the request. */
export async function findLink(tables: Tables, tenantId: string, integrationId: IntegrationId): Promise<Link | undefined> {
    const [link] = await tables
        .select()
        .from(links)
        .where(and(eq(links.tenantId, tenantId), eq(links.integrationId, integrationId)));
    return link;
}

export async function linkOfConnection(tables: Tables, connection: ConnectionKey): Promise<Link | undefined> {
    const [link] = await tables.select().from(links).where(isConnection(connection));
    return link;
}

/**
 * Links a connection, as Nango lists it, to the tenant that its tags name. They were set when the connect session was made, by us; what
 * a browser or the body of a webhook says does not count. It is safe to call for any connection, at any time, in any order.
 */
export async function adoptConnection(services: Services, connection: ListedConnection): Promise<void> {
    const { connection_id: connectionId, provider_config_key: integrationId, tags, created } = connection;
    if (!isOffered(integrationId)) return;
    const { tables } = services.database;
    const key = { integrationId, connectionId };
    const owner = tags.end_user_id === undefined ? undefined : await findUser(tables, tags.end_user_id);
    // Tags that contradict each other, or were erased by a reconnect session of somebody else: the link stays as it is.
    if (!owner || tags.organization_id !== owner.tenantId) return;

    await tables.transaction(async (tx) => {
        // Of two connections that are made at once, one after the other: there may be no link yet that could be locked.
        await tx.select().from(tenants).where(eq(tenants.id, owner.tenantId)).for('no key update');
        const [present] = await tx
            .select()
            .from(links)
            .where(and(eq(links.tenantId, owner.tenantId), eq(links.integrationId, integrationId)))
            .for('update');
        if (present?.connectionId === connectionId) return;
        const connectedAt = new Date(created);
        // The webhook of an older connection that comes late.
        if (present && present.connectedAt >= connectedAt) return;
        if (present) {
            await removeLink(services, present, tx);
            await services.jobs.add('drop-connection', present, { tx });
        }
        const elsewhere = await linkOfConnection(tx, key);
        if (elsewhere) await removeLink(services, elsewhere, tx);
        await tx.insert(links).values({ ...key, tenantId: owner.tenantId, userId: owner.id, connectedAt });
        await services.jobs.add('read-records', key, { tx });
        await announce(tx, owner.tenantId, 'connections');
    });
}

/**
 * Asks Nango whether the credentials of a connection work, and notes the answer. What a webhook says about that may be old by now or
 * played again, and an outage first looks like a revocation. An answer that says neither changes nothing.
 */
export async function checkCredentials(services: Services, connection: ConnectionKey): Promise<void> {
    const { integrationId, connectionId } = connection;
    const state = await services.nango.getConnection(integrationId, connectionId).then(
        () => 'ok' as const,
        (error: unknown) => (isReconnectRequired(error) ? ('broken' as const) : undefined),
    );
    if (state) await setState(services, connection, state);
}

/** Notes whether the provider accepts the credentials of a connection. */
export async function setState(services: Services, connection: ConnectionKey, state: Link['state']): Promise<void> {
    const { tables } = services.database;
    const [link] = await tables.update(links).set({ state }).where(isConnection(connection)).returning();
    if (link) await announce(tables, link.tenantId, 'connections');
}

/** Forgets a connection that is gone, with its contacts, whoever's it was. */
export async function forgetConnection(services: Services, connection: ConnectionKey): Promise<void> {
    await services.database.tables.transaction(async (tx) => {
        const link = await linkOfConnection(tx, connection);
        if (link) await removeLink(services, link, tx);
    });
}

async function removeLink({ cursors }: Services, link: Link, tx: Tables): Promise<void> {
    const { integrationId: providerConfigKey, connectionId } = link;
    await tx.delete(links).where(isConnection(link));
    // The contacts went with the link, so a new one has to read from the beginning.
    await cursors.forget({ providerConfigKey, connectionId, model }, tx);
    await announce(tx, link.tenantId, 'connections', 'contacts');
}
