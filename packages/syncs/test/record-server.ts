import type { ServerResponse } from 'node:http';
import { fail, type SeenRequest } from '../../core/test/support/loopback.js';

/** A record in a list, with what its metadata is to say. */
export interface Stored {
    id: string;
    action?: 'ADDED' | 'UPDATED' | 'DELETED';
    pruned?: boolean;
    /** ISO time. */
    modified?: string;
}

/** Answers `GET /records/` from a list, by the rules of contract 10.1; a cursor is `c<place>`. */
export function recordsFrom(list: readonly Stored[]) {
    return ({ query }: SeenRequest, response: ServerResponse) => {
        const cursor = query.get('cursor');
        if (cursor !== null && !/^c\d+$/.test(cursor)) return fail(response, 500, 'server_error');
        const from = cursor === null ? 0 : Number(cursor.slice(1));
        const to = Math.min(from + Number(query.get('limit') ?? 100), list.length);
        return {
            records: list.slice(from, to).map((record, index) => toRecord(record, from + index + 1)),
            next_cursor: to < list.length ? `c${to}` : null,
        };
    };
}

function toRecord(
    { id, action = 'ADDED', pruned = false, modified = '2026-01-01T00:00:00.000000+00:00' }: Stored,
    place: number,
) {
    return {
        id,
        ...(!pruned && { title: `title ${id}` }),
        _nango_metadata: {
            first_seen_at: modified,
            last_modified_at: modified,
            last_action: action,
            deleted_at: action === 'DELETED' ? modified : null,
            pruned_at: pruned ? modified : null,
            cursor: `c${place}`,
        },
    };
}

/** Records `0` to `count - 1`. */
export function many(count: number): Stored[] {
    return Array.from({ length: count }, (_, index) => ({ id: String(index) }));
}
