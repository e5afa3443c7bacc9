import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { jsonTextResponse } from '../http/json-response.js';
import type { Routes } from '../http/routes.js';
import type { Environment } from '../state/environment.js';
import { findConnection } from '../state/look-up.js';
import { fromCursor, toCursor } from './cursor.js';
import { listRecords } from './list-records.js';
import { listRecordsQuery, pruneBody, pruned, record, recordHeaders } from './record-schemas.js';
import { RecordTable } from './record-table.js';

/** Synced records (contract 10). */
export function registerRecords(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'get',
            path: '/records',
            operation: 'listRecords',
            contract: '10.1',
            summary: 'List the records of a model, by modification, oldest first',
            auth: keyWith('environment:records:read'),
            query: listRecordsQuery(() => context.clock.now()),
            headers: recordHeaders,
            success: { 200: z.strictObject({ records: z.array(record), next_cursor: z.string().nullable() }) },
            errors: { 400: ['unknown_connection'], 500: ['server_error'] },
        },
        ({ environment, headers, query }) => jsonTextResponse(200, listRecords(open(environment, headers, query), query)),
    );

    routes.add(
        {
            method: 'patch',
            path: '/records/prune',
            operation: 'pruneRecords',
            contract: '10.2',
            summary: 'Empty the payloads of records up to a cursor',
            auth: keyWith('environment:records:write'),
            headers: recordHeaders,
            body: pruneBody,
            order: ['query', 'body', 'headers'],
            success: { 200: pruned },
            errors: { 400: ['unknown_connection'], 500: ['server_error'] },
        },
        ({ environment, headers, body }) => {
            const records = open(environment, headers, body);
            const until = fromCursor(body.until_cursor);
            let count = 0;
            let last: string | undefined;
            for (const row of records?.unpruned() ?? []) {
                const after = row.lastModifiedAt - until.lastModifiedAt || (row.uuid > until.uuid ? 1 : 0);
                if (after > 0 || count >= body.limit) break;
                records?.prune(row, context.clock.micros());
                last = toCursor(row);
                count++;
            }
            context.changed();
            return { count, has_more: count > 0 && last !== body.until_cursor };
        },
    );
}

function open(
    environment: Environment,
    headers: z.output<typeof recordHeaders>,
    { model, variant }: { model: string; variant?: string | undefined },
) {
    const connection = findConnection(environment, headers['provider-config-key'], headers['connection-id'], 'unknown-400');
    return environment.records.find(connection.id, RecordTable.storedName(model, variant));
}
