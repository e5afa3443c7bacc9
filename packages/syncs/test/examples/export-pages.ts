import type { Issue } from './app.js';
import { nango } from './nango.js';

/** Copies records in pages of 5,000, and can be stopped and resumed. Resolves to the cursor to go on from. */
export async function exportPages(
    connectionId: string,
    write: (issues: readonly Issue[]) => Promise<void>,
    { cursor, signal }: { cursor?: string; signal?: AbortSignal } = {},
): Promise<string | undefined> {
    const issues = nango.iterateRecords<Issue>({
        providerConfigKey: 'github',
        connectionId,
        model: 'Issue',
        filter: 'added,updated',
        pageSize: 5_000,
        cursor,
        signal,
    });
    let reached = cursor;
    for await (const { records } of issues.pages()) {
        await write(records);
        reached = records.at(-1)?._nango_metadata.cursor ?? reached;
    }
    return reached;
}
