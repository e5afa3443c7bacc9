/**
 * Type names of `@nangohq/node` that go by another name here, and those that belong to no call.
 */
import type { Connection } from '@x/connections';
import type { AgentLike, NangoSettings } from '@x/core';
import type { Integration, Provider, ProviderScripts, ScriptConfig, ScriptEndpoint, ScriptMethod } from '@x/integrations';

/** The client's options as `@nangohq/node` types them, with those of this client; the constructor takes {@link NangoOptions}. */
export type NangoProps = NangoSettings & {
    host?: string;
    webhookSigningKey?: string;
    connectionId?: string;
    providerConfigKey?: string;
    isSync?: boolean;
    dryRun?: boolean;
    isScript?: boolean;
} & (
        | { apiKey: string; secretKey?: never }
        /** `secretKey` is deprecated: use `apiKey`. */
        | { apiKey?: never; secretKey: string }
    );

/** Second argument of the constructor. */
export interface AdminAxiosProps {
    userAgent?: string;
    httpsAgent?: AgentLike;
}

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

/** The kinds of scripts. */
export enum SyncConfigType {
    SYNC = 'sync',
    ACTION = 'action',
}
