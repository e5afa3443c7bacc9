import { z } from 'zod';
import { abort, connectionId, functionName, modelName, providerConfigKey } from '../base/formats.js';

const yearMs = 365 * 24 * 60 * 60 * 1000;

/** Headers that name a connection; the order is the one in which they are reported (contract 10.1). */
export const recordHeaders = z.object({ 'connection-id': connectionId, 'provider-config-key': providerConfigKey });

const limit = z.coerce.number().min(1).max(10_000);
const cursor = z.string().min(1).max(1000);
const recordId = z.string().min(1, abort).max(256, abort);

/** The server's zod takes a moment without seconds too. */
const withSeconds = (text: unknown) => (typeof text === 'string' ? text.replace(/^([\d-]+T\d\d:\d\d)Z$/, '$1:00Z') : text);

/** @param now - what "365 days ago" is counted from */
export const listRecordsQuery = (now: () => number) => {
    const modifiedAfter = z.preprocess(
        withSeconds,
        z.iso.datetime().refine((text) => Date.parse(text) >= now() - yearMs, {
            message: 'The moment must not be more than 365 days ago.',
        }),
    );
    return z.strictObject({
        model: modelName,
        variant: functionName.optional(),
        modified_after: modifiedAfter.optional(),
        delta: modifiedAfter.optional(),
        limit: limit.default(100),
        filter: z
            .string()
            .transform((list) => list.split(','))
            .pipe(z.array(z.enum(['added', 'updated', 'deleted', 'ADDED', 'UPDATED', 'DELETED'])))
            .optional(),
        cursor: cursor.optional(),
        ids: z
            .union([recordId, z.array(recordId).max(100, abort)])
            .transform((ids) => [ids].flat())
            .optional(),
    });
};

export const pruneBody = z.strictObject({
    model: modelName,
    variant: functionName.optional(),
    until_cursor: cursor,
    limit: limit.default(1000),
});

/** What pruning did (contract 10.2). */
export const pruned = z.strictObject({ count: z.number().int(), has_more: z.boolean() });

const microDate = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);

/** A record: its payload, its id, and where it stands (contract 10.1). */
export const record = z.looseObject({
    id: z.string(),
    _nango_metadata: z.strictObject({
        first_seen_at: microDate,
        last_modified_at: microDate,
        last_action: z.enum(['ADDED', 'UPDATED', 'DELETED']),
        deleted_at: microDate.nullable(),
        pruned_at: microDate.nullable(),
        cursor: z.string(),
    }),
});
