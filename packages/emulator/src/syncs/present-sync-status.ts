import type { z } from 'zod';
import { zuluDate } from '../base/dates.js';
import { RecordTable } from '../records/record-table.js';
import type { Environment } from '../state/environment.js';
import { functionOf } from '../state/look-up.js';
import type { SyncRow } from './sync-row.js';
import type { syncStatus } from './sync-schemas.js';

/** A sync as `GET /sync/status` shows it (contract 11.3). */
export function presentSyncStatus(environment: Environment, sync: SyncRow): z.output<typeof syncStatus> {
    const { job } = sync;
    const deployed = functionOf(environment, 'sync', sync);
    const models = deployed?.returns ?? [];
    const finished = job && job.status !== 'RUNNING' && job.finishedAt !== null;
    return {
        id: sync.id,
        name: sync.name,
        variant: sync.variant,
        connection_id: environment.connections.byId(sync.connection)?.connectionId ?? '',
        type: job?.type === 'INCREMENTAL' ? 'INCREMENTAL' : 'INITIAL',
        status: statusOf(sync),
        ...(job ? { latestExecutionStatus: job.status === 'ERROR' ? ('STOPPED' as const) : job.status } : {}),
        ...(finished ? { finishedAt: zuluDate(job.finishedAt as number) } : {}),
        nextScheduledSyncAt: sync.nextRunAt === null || sync.schedule === 'paused' ? null : zuluDate(sync.nextRunAt),
        frequency: sync.frequency ?? deployed?.frequency ?? null,
        ...(finished ? { latestResult: job.status === 'ERROR' ? {} : job.result } : {}),
        recordCount: Object.fromEntries(
            models.map((model) => [
                model,
                environment.records.find(sync.connection, RecordTable.storedName(model, sync.variant))?.liveCount ?? 0,
            ]),
        ),
        checkpoint: sync.checkpoint,
    };
}

/** A running job, then the schedule, then the last job; a stopped job shows as an error (contract 11.3). */
function statusOf({ job, schedule }: SyncRow): z.output<typeof syncStatus>['status'] {
    if (job?.status === 'RUNNING') return 'RUNNING';
    if (schedule === 'paused') return 'PAUSED';
    if (!job) return 'SUCCESS';
    return job.status === 'STOPPED' ? 'ERROR' : job.status;
}
