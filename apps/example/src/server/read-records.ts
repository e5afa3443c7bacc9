import { NangoCursorConflictError, NangoLockError, type TransactionalConsumer } from '@x/node';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tables } from './database/database.js';
import { contacts, links } from './database/schema.js';
import { isGone } from './failures.js';
import type { IntegrationId } from './integrations.js';
import type { ConnectionKey } from './jobs.js';
import { forgetConnection, linkOfConnection, model } from './links.js';
import { announce } from './live-updates.js';
import type { NangoTypes } from './nango.gen.js';
import type { Services } from './services.js';

/** A contact as the `contacts` syncs save it, whichever. */
type Contact = NangoTypes[IntegrationId]['models']['Contact'];

/** Brings what has changed in a connection's records into our table. Nothing happens where there is no link (any more). */
export async function readRecords(services: Services, connection: ConnectionKey): Promise<void> {
    const { nango, database, jobs } = services;
    const { integrationId, connectionId } = connection;
    if (!(await linkOfConnection(database.tables, connection))) return;
    try {
        const key = { providerConfigKey: integrationId, connectionId, model } as const;
        const { caughtUp } = await nango.consumeRecords(key, contactsConsumer(services, connection));
        if (!caughtUp) return jobs.add('read-records', connection);
    } catch (error) {
        if (isGone(error)) return forgetConnection(services, connection);
        // It went while it was read.
        if (!(await linkOfConnection(database.tables, connection))) return;
        // Another process is reading it, perhaps past what this job is about: look again soon.
        if (NangoLockError.isInstance(error) || NangoCursorConflictError.isInstance(error))
            return jobs.add('read-records', connection, { delay: 2 });
        throw error;
    }
    const [link] = await database.tables
        .update(links)
        .set({ readAt: new Date() })
        .where(and(eq(links.integrationId, integrationId), eq(links.connectionId, connectionId)))
        .returning();
    if (link) await announce(database.tables, link.tenantId, 'connections');
}

/** Rows and cursor are written together: each batch takes effect once, whichever process reads, and wherever it dies. */
function contactsConsumer({ database, cursors }: Services, connection: ConnectionKey): TransactionalConsumer<Contact, Tables> {
    return {
        ...cursors, // load, save
        // Who finds a connection taken turns to another one.
        lock: { ...cursors.lock, wait: 0 },
        // Others want their turn.
        maxBatches: 50,
        transaction: (work) => database.tables.transaction(work),
        async handle({ added, updated, deleted }, tx) {
            const { integrationId, connectionId } = connection;
            const [link] = await tx
                .select()
                .from(links)
                .where(and(eq(links.integrationId, integrationId), eq(links.connectionId, connectionId)))
                .for('key share');
            if (!link) throw new Error('The connection has gone while it was read');
            const rows = [...added, ...updated].map(({ id, name, email, company, _nango_metadata }) => ({
                tenantId: link.tenantId,
                integrationId,
                connectionId,
                id: String(id),
                name: name ?? '',
                email: email ?? '',
                company: company ?? '',
                changedAt: new Date(_nango_metadata.last_modified_at),
            }));
            if (rows.length > 0) {
                await tx
                    .insert(contacts)
                    .values(rows)
                    .onConflictDoUpdate({
                        target: [contacts.integrationId, contacts.connectionId, contacts.id],
                        set: {
                            name: sql`excluded.name`,
                            email: sql`excluded.email`,
                            company: sql`excluded.company`,
                            changedAt: sql`excluded.changed_at`,
                        },
                    });
            }
            const gone = deleted.map(({ id }) => String(id));
            if (gone.length > 0) {
                await tx
                    .delete(contacts)
                    .where(
                        and(
                            eq(contacts.integrationId, integrationId),
                            eq(contacts.connectionId, connectionId),
                            inArray(contacts.id, gone),
                        ),
                    );
            }
            await announce(tx, link.tenantId, 'contacts');
        },
    };
}
