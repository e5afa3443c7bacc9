import type { RecordsKey } from '@x/node';
import { nango } from './nango.js';

interface Contact {
    id: string;
    name: string;
}

/** Your tables. */
export const cursors = new Map<string, string>();
export const contacts = new Map<string, string>();

/** Brings the table up to date. Run it when a `sync` webhook arrives, and every hour in case one got lost. */
export async function keepUp(connectionId: string): Promise<number> {
    const of = { providerConfigKey: 'hubspot', connectionId, model: 'Contact' };
    const { records } = await nango.consumeRecords<Contact>(of, {
        load: (key) => cursors.get(row(key)),
        save: (cursor, key) => cursors.set(row(key), cursor),
        // May see a batch a second time after a crash: write it so that this changes nothing. Users' records may share ids.
        handle({ key, added, updated, deleted }) {
            for (const { id, name } of [...added, ...updated]) contacts.set(row(key, id), name);
            for (const { id } of deleted) contacts.delete(row(key, id));
        },
    });
    return records;
}

export function row({ providerConfigKey, connectionId, model, variant }: RecordsKey, id?: string): string {
    return JSON.stringify([providerConfigKey, connectionId, model, variant, id]);
}
