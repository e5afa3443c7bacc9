import { nango } from './typed-calls.js';

export async function count(row: { integration: string; connection: string; model: string }): Promise<number> {
    const key = { providerConfigKey: row.integration, connectionId: row.connection, model: row.model };
    const { records } = await nango.untyped().listRecords<{ title: string }>(key);
    return records.length;
}
