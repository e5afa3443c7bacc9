/**
 * Stands in for the client of the examples, `new Nango({ apiKey })`, so that they can be compiled and run without a server: the few
 * calls that they make, with the same arguments and results, over data that a test sets.
 */
export interface Connection {
    connection_id: string;
    provider_config_key: string;
    tags: Record<string, string>;
}

interface RecordsConfig {
    providerConfigKey: string;
    connectionId: string;
    model: string;
}

interface Batch {
    added: { id: string }[];
    updated: { id: string }[];
    deleted: { id: string }[];
}

interface Consumer {
    load(key: RecordsConfig): Promise<string | undefined>;
    save(cursor: string, key: RecordsConfig): Promise<void>;
    handle(batch: Batch): Promise<void>;
}

export const data = { connections: [] as Connection[], records: [] as { id: string }[], listed: 0 };

export const nango = {
    async listConnections(query: { connectionId?: string; integrationId?: string }): Promise<{ connections: Connection[] }> {
        data.listed++;
        const { connectionId, integrationId } = query;
        return {
            connections: data.connections.filter(
                (found) => found.connection_id === connectionId && found.provider_config_key === integrationId,
            ),
        };
    },
    async *iterateConnections(): AsyncGenerator<Connection> {
        yield* data.connections;
    },
    async consumeRecords(config: RecordsConfig, { load, save, handle }: Consumer): Promise<void> {
        const seen = Number((await load(config)) ?? 0);
        const added = data.records.slice(seen);
        if (added.length === 0) return;
        await handle({ added, updated: [], deleted: [] });
        await save(String(seen + added.length), config);
    },
};
