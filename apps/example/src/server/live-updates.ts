import { sql } from 'drizzle-orm';
import type { Database, Tables } from './database/database.js';

/** What of a tenant's data has changed: the page reads it again. */
export type Topic = 'connections' | 'contacts' | 'tasks';

interface Message {
    readonly tenantId: string;
    readonly topic: Topic;
}

const channel = 'contacts_hub';

/** Tells the pages of a tenant, in all processes. Within a transaction: once that is committed. */
export async function announce(tables: Tables, tenantId: string, ...topics: Topic[]): Promise<void> {
    for (const topic of topics) {
        await tables.execute(sql`SELECT pg_notify(${channel}, ${JSON.stringify({ tenantId, topic } satisfies Message)})`);
    }
}

type Listener = (topic: Topic) => void;

/** The pages that are open in this process. */
export class LiveUpdates {
    readonly #listeners = new Map<string, Set<Listener>>();

    async start(database: Database): Promise<void> {
        await database.listen(
            channel,
            (payload) => {
                const { tenantId, topic } = JSON.parse(payload) as Message;
                for (const tell of this.#listeners.get(tenantId) ?? []) tell(topic);
            },
            () => {
                for (const tell of [...this.#listeners.values()].flatMap((set) => [...set]))
                    for (const topic of ['connections', 'contacts', 'tasks'] as const) tell(topic);
            },
        );
    }

    /** @returns how to stop */
    subscribe(tenantId: string, listener: Listener): () => void {
        const listeners = this.#listeners.get(tenantId) ?? new Set();
        this.#listeners.set(tenantId, listeners.add(listener));
        return () => {
            listeners.delete(listener);
            if (listeners.size === 0) this.#listeners.delete(tenantId);
        };
    }
}
