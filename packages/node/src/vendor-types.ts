/**
 * Type names of `@nangohq/node` that go by another name here, and those that belong to no call.
 */
import type { Connection } from '@x/connections';
import type { LegacyOptions, NangoOptions } from '@x/core';
import type { Integration, Provider, ProviderScripts, ScriptConfig, ScriptEndpoint, ScriptMethod } from '@x/integrations';

/** The client's options. */
export type NangoProps = NangoOptions;

/** Second argument of the constructor. */
export type AdminAxiosProps = LegacyOptions;

export type ApiProvider = Provider;
export type ApiPublicIntegration = Integration;
export type ApiPublicConnectionFull = Connection;
export type HTTP_METHOD = ScriptMethod;
export type NangoSyncEndpointV2 = ScriptEndpoint;
export type NangoSyncConfig = ScriptConfig;
export type StandardNangoConfig = ProviderScripts;

/** What happened to a connection's credentials. */
export type AuthOperationType = 'creation' | 'override' | 'refresh' | 'deletion' | 'unknown';

/** How many records a run of a sync changed. */
export interface SyncResult {
    added: number;
    updated: number;
    deleted: number;
}

/** ISO times. */
export interface Timestamps {
    created_at: string;
    updated_at: string;
}

/** @deprecated no call returns it; see `SyncStatus` */
export interface Sync extends Timestamps {
    id: string;
    name: string;
    connection_id: string;
    last_sync_date: string;
}

/** @deprecated no call returns it; see `StandardNangoConfig` */
export interface SyncConfig extends Timestamps {
    name: string;
    description?: string;
}

/** @deprecated no call returns it; see `StandardNangoConfig` */
export interface Action extends Timestamps {
    name: string;
}

/** A model of a sync, by its fields. */
export interface NangoSyncModel {
    name: string;
    description?: string;
    fields: { name: string; type: string }[];
}

/** The kinds of scripts, as values. */
export const SyncConfigType = { SYNC: 'sync', ACTION: 'action' } as const;
export type SyncConfigType = (typeof SyncConfigType)[keyof typeof SyncConfigType];
