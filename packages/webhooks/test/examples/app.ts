import type { SyncEvent } from '@x/webhooks';

/** Stands in for what the app of the examples has of its own: a queue, a database. */
export const queue = {
    jobs: [] as SyncEvent[],
    async add(job: SyncEvent): Promise<void> {
        this.jobs.push(job);
    },
};

export const database = {
    links: [] as { userId: string; connectionId: string }[],
    toCheck: [] as string[],
    cursors: new Map<string, string>(),
    rows: [] as { id: string }[],
    async linkConnection(userId: string | undefined, connectionId: string): Promise<void> {
        if (userId !== undefined) this.links.push({ userId, connectionId });
    },
    async checkConnection(connectionId: string): Promise<void> {
        this.toCheck.push(connectionId);
    },
    async loadCursor(key: object): Promise<string | undefined> {
        return this.cursors.get(JSON.stringify(key));
    },
    async saveCursor(key: object, cursor: string): Promise<void> {
        this.cursors.set(JSON.stringify(key), cursor);
    },
    async applyBatch({ added }: { added: { id: string }[] }): Promise<void> {
        this.rows.push(...added);
    },
};
