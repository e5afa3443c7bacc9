import type { RecordBatch, RecordsKey } from '@x/node';
import type { SyncEvent } from '@x/webhooks';

/** Stands in for what the app of the examples has of its own: a queue, a database. */
export const queue = {
    jobs: [] as SyncEvent[],
    async add(job: SyncEvent): Promise<void> {
        this.jobs.push(job);
    },
};

const name = ({ providerConfigKey, connectionId, model, variant }: RecordsKey) =>
    [providerConfigKey, connectionId, model, variant].join('/');

export const database = {
    links: [] as { userId: string; connectionId: string }[],
    toCheck: [] as string[],
    cursors: new Map<string, string>(),
    /** How often each record was written. */
    rows: new Map<string, number>(),
    async linkConnection(userId: string | undefined, connectionId: string): Promise<void> {
        if (userId !== undefined) this.links.push({ userId, connectionId });
    },
    /** Whose connection it is, by your own table. */
    async userOf(connectionId: string): Promise<string | undefined> {
        return this.links.find((link) => link.connectionId === connectionId)?.userId;
    },
    async unlinkConnection(connectionId: string): Promise<void> {
        this.links = this.links.filter((link) => link.connectionId !== connectionId);
    },
    async checkConnection(connectionId: string): Promise<void> {
        this.toCheck.push(connectionId);
    },
    async loadCursor(key: RecordsKey): Promise<string | undefined> {
        return this.cursors.get(name(key));
    },
    async saveCursor(key: RecordsKey, cursor: string): Promise<void> {
        this.cursors.set(name(key), cursor);
    },
    async applyBatch({ key, added, updated, deleted }: RecordBatch): Promise<void> {
        const row = (id: string | number) => `${name(key)} ${id}`;
        for (const { id } of [...added, ...updated]) this.rows.set(row(id), (this.rows.get(row(id)) ?? 0) + 1);
        for (const { id } of deleted) this.rows.delete(row(id));
    },
};
