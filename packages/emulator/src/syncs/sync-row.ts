import type { RecordCounts } from '../records/record-row.js';

export interface SyncJob {
    status: 'RUNNING' | 'SUCCESS' | 'ERROR' | 'STOPPED';
    type: 'INITIAL' | 'INCREMENTAL' | 'WEBHOOK';
    startedAt: number;
    finishedAt: number | null;
    result: Record<string, RecordCounts>;
}

/** One sync (and variant) of one connection. */
export interface SyncRow {
    id: string;
    connection: number;
    integrationId: string;
    name: string;
    variant: string;
    /** The frequency set for this connection; null is the deployed one. */
    frequency: string | null;
    schedule: 'started' | 'paused';
    /** When the schedule falls due; kept while it is paused, null before its first start. */
    nextRunAt: number | null;
    lastSuccessAt: number | null;
    job: SyncJob | null;
    checkpoint: Record<string, string | number | boolean> | null;
}
