/** What one run did to one model. */
export interface RecordCounts {
    added: number;
    updated: number;
    deleted: number;
}

interface AnyRecord {
    /** The record's own id, always a string. */
    id: string;
    /** Breaks ties between records of one moment; grows. */
    uuid: string;
    firstSeenAt: number;
    lastModifiedAt: number;
    deletedAt: number | null;
    prunedAt: number | null;
}

/** One record of one model of one connection in a snapshot; `at` times are microseconds since the epoch. */
export interface RecordRow extends AnyRecord {
    /** Null once pruned. */
    payload: Record<string, unknown> | null;
    hash: string;
}

/** One record as it is held: its payload is the text that answers carry, which takes less memory and no work to send. */
export interface StoredRecord extends AnyRecord {
    /** The payload in JSON, its id included; null once pruned. */
    text: string | null;
    /** Whether the payload has, somewhere, a member of the metadata's name. */
    shadows: boolean;
    /** Of the payload that pruning took away. */
    hash: string | undefined;
    /** Where it stands in its model's list; -1 when another one has taken its place. */
    place: number;
}
