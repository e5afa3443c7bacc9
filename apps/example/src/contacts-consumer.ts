import type { RecordsConsumer } from '@x/node';
import type { Contact, Database } from './database.js';

/**
 * Brings the records of the `contacts` sync into our table. Reading goes on from our own cursor, which is saved after each batch:
 * deliveries may be late, lost or repeated, and no change is missed.
 */
export function contactsConsumer(database: Database): RecordsConsumer<Contact> {
    return {
        load: (key) => database.loadCursor(key),
        save: (cursor, key) => database.saveCursor(cursor, key),
        // May see a batch twice (after a crash between the two): applying it again changes nothing.
        handle: ({ key, added, updated, deleted }) => {
            database.saveContacts(key.connectionId, [...added, ...updated]);
            database.removeContacts(
                key.connectionId,
                deleted.map(({ id }) => String(id)),
            );
        },
    };
}
