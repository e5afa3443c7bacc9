export { NangoBatchError, type RecordBatch } from './batch.js';
export type { ConsumeRecordsConfig, ConsumeResult } from './consume-records.js';
export type { ConsumerOptions, RecordsConsumer, RecordsLock, TransactionalConsumer } from './consumer.js';
export { NangoCursorConflictError } from './cursor-conflict-error.js';
export { NangoCursorError } from './cursor-error.js';
export type { IterateRecordsConfig } from './iterate-records.js';
export type {
    CombinedFilterAction,
    FilterAction,
    ListRecordsConfig,
    ListRecordsRequestConfig,
    RecordsSelection,
} from './list-records.js';
export { NangoLockError } from './lock-error.js';
export type {
    ListRecordsResponse,
    NangoRecord,
    RecordLastAction,
    RecordMetadata,
    RecordPayload,
    RecordsKey,
    RecordsPage,
    SyncedRecord,
    SyncedRecordMetadata,
} from './record.js';
export { type PruneRecordsConfig, type PruneRecordsResult, Records } from './records.js';
export type { SyncWebhook } from './records-from-webhook.js';
export type {
    StatusAction,
    SyncMode,
    SyncName,
    SyncStatus,
    SyncStatusResponse,
    SyncType,
    SyncVariantInput,
    SyncVariantName,
    TriggerSyncOptions,
    UpdateSyncFrequencyResponse,
} from './sync-types.js';
export { Syncs } from './syncs.js';
