import type { ConnectionRow } from './connection-row.js';

const pairKey = (providerConfigKey: string, connectionId: string) => `${providerConfigKey}\n${connectionId}`;

/** Connections by internal id and by (integration, connection id), newest first. */
export class ConnectionTable {
    #byId = new Map<number, ConnectionRow>();
    #byPair = new Map<string, ConnectionRow>();
    #newestFirst: ConnectionRow[] | undefined;

    get size(): number {
        return this.#byId.size;
    }

    get(providerConfigKey: string, connectionId: string): ConnectionRow | undefined {
        return this.#byPair.get(pairKey(providerConfigKey, connectionId));
    }

    byId(id: number): ConnectionRow | undefined {
        return this.#byId.get(id);
    }

    set(row: ConnectionRow): ConnectionRow {
        this.#byId.set(row.id, row);
        this.#byPair.set(pairKey(row.providerConfigKey, row.connectionId), row);
        this.#newestFirst = undefined;
        return row;
    }

    delete(row: ConnectionRow): boolean {
        this.#newestFirst = undefined;
        this.#byPair.delete(pairKey(row.providerConfigKey, row.connectionId));
        return this.#byId.delete(row.id);
    }

    /** All connections of one integration. */
    ofIntegration(providerConfigKey: string): ConnectionRow[] {
        return this.all().filter((row) => row.providerConfigKey === providerConfigKey);
    }

    /** Ordered by creation, then id, both descending (contract 8.1). */
    all(): readonly ConnectionRow[] {
        this.#newestFirst ??= [...this.#byId.values()].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
        return this.#newestFirst;
    }

    load(rows: readonly ConnectionRow[]): void {
        this.#byId.clear();
        this.#byPair.clear();
        for (const row of rows) this.set(row);
        this.#newestFirst = undefined;
    }
}
