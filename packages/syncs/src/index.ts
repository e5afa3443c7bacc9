export { NangoBatchError, NangoCursorConflictError, NangoCursorError, NangoLockError, type RecordsKey } from '@x/core';
export type { RecordBatch } from './batch.js';
export type { ConsumeRecordsConfig, ConsumeResult } from './consume-records.js';
export type { ConsumerOptions, RecordsConsumer, RecordsLock, TransactionalConsumer } from './consumer.js';
export type { IterateRecordsConfig } from './iterate-records.js';
export type {
    CombinedFilterAction,
    FilterAction,
    ListRecordsConfig,
    ListRecordsRequestConfig,
    RecordsSelection,
} from './list-records.js';
export type {
    ListRecordsResponse,
    NangoRecord,
    RecordLastAction,
    RecordMetadata,
    RecordPayload,
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
