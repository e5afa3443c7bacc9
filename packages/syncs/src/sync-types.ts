/** One variant of a sync, in place of its plain name. */
export interface SyncVariantName<Name extends string = string> {
    name: Name;
    variant: string;
}

/** Names a sync: its name (variant `base`), `name::variant`, or both apart. */
export type SyncName = string | SyncVariantName;

/** How `triggerSync` runs. */
export interface TriggerSyncOptions {
    /** Starts over instead of going on where the last run ended. @default false */
    reset?: boolean | undefined;
    /** Deletes the records that Nango has kept so far. @default false */
    emptyCache?: boolean | undefined;
}

/**
 * Older ways to say how `triggerSync` runs; `true` is `full_refresh`, `false` is `incremental`.
 *
 * @deprecated pass `{ reset, emptyCache }`
 */
export type SyncMode = 'incremental' | 'full_refresh' | 'full_refresh_and_clear_cache' | boolean;

/** @deprecated Kept by the API for older clients. */
export type SyncType = 'INCREMENTAL' | 'INITIAL';

/** How many records a run added, updated and deleted. */
export interface StatusAction {
    added: number;
    updated: number;
    deleted?: number;
}

/** By model; where models are known, those of which there is something. */
type ByModel<Model extends string, Value> = string extends Model ? Record<string, Value> : { [M in Model]?: Value };

/** State of a sync for one connection. */
export interface SyncStatus<Name extends string = string, Model extends string = string> {
    id: string;
    name: Name;
    /** `base` unless the sync has variants. Always there; `@nangohq/node` does not type it. */
    variant?: string;
    /** Always there; `@nangohq/node` does not type it. */
    connection_id?: string;
    /** @deprecated See `checkpoint`. */
    type: SyncType;
    status: 'RUNNING' | 'SUCCESS' | 'ERROR' | 'PAUSED' | 'STOPPED';
    /** How the last run ended, whatever `status` says of the schedule. */
    latestExecutionStatus?: string;
    /** ISO time; absent while running and before the first run. */
    finishedAt?: string | undefined;
    /** ISO time; null when no run is planned. */
    nextScheduledSyncAt: string | null;
    frequency: string | null;
    /** By model; absent before the first run. */
    latestResult?: ByModel<Model, StatusAction>;
    /** By model. */
    recordCount: ByModel<Model, number>;
    checkpoint: Record<string, string | number | boolean> | null;
}

export interface SyncStatusResponse<Name extends string = string, Model extends string = string> {
    syncs: SyncStatus<Name, Model>[];
}

export interface UpdateSyncFrequencyResponse {
    /** As the API understood it: `every half hour` comes back as `30m`. */
    frequency: string;
}

/** One variant of a sync on one connection, for `createSyncVariant` and `deleteSyncVariant`. */
export interface SyncVariantInput<I extends string = string, Name extends string = string> {
    /** The integration's id. */
    provider_config_key: I;
    connection_id: string;
    name: Name;
    /** Letters, digits, `_` and `-`; not `base`. */
    variant: string;
}
