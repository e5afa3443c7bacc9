/** What one run did to one model. */
export interface RecordCounts {
    added: number;
    updated: number;
    deleted: number;
}

/** One record of one model of one connection; `at` times are microseconds since the epoch. */
export interface RecordRow {
    /** The record's own id, always a string. */
    id: string;
    /** Breaks ties between records of one moment; grows. */
    uuid: string;
    /** Null once pruned. */
    payload: Record<string, unknown> | null;
    hash: string;
    firstSeenAt: number;
    lastModifiedAt: number;
    deletedAt: number | null;
    prunedAt: number | null;
}
