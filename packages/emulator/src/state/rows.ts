/*
 * The rows of the emulator's state: plain data, JSON all through, times in milliseconds since the epoch (records in microseconds).
 */

/** Who a connection or session belongs to (wire contract 8.1). */
export interface EndUser {
    id: string;
    display_name: string | null;
    email: string | null;
    tags: Record<string, string> | null;
    organization: { id: string; display_name: string | null } | null;
}

/** `environment` keys drive the API, `account` keys manage environments, `script` keys are sent with `Nango-Is-Script: true`. */
export type ApiKeyKind = 'environment' | 'account' | 'script';

export interface ApiKeyRow {
    id: number;
    secret: string;
    kind: ApiKeyKind;
    /** Granted scopes; `environment:*` is all of an environment (wire contract 2.4). */
    scopes: string[];
    display_name: string;
    /** The environment it opens; null for account keys. */
    environmentId: number | null;
    createdAt: number;
}

/** Which webhooks an environment sends (wire contract 17.2). */
export interface WebhookSettings {
    on_auth_creation: boolean;
    on_auth_refresh_error: boolean;
    on_sync_completion_always: boolean;
    on_sync_error: boolean;
    on_async_action_completion: boolean;
}

export interface EnvironmentSettings {
    id: number;
    uuid: string;
    name: string;
    isProduction: boolean;
    /** Where providers send people back to; null is `<origin>/oauth/callback`. */
    callbackUrl: string | null;
    webhookUrl: string | null;
    webhookUrlSecondary: string | null;
    webhookSigningKey: string;
    webhooks: WebhookSettings;
    variables: { name: string; value: string }[];
    plan: Plan;
}

/** What the account may do beyond the defaults of a server without plans. */
export interface Plan {
    /** How many connections there may be; null is no cap. */
    connections: number | null;
    /** How many variants of one sync a connection may have, `base` included. */
    syncVariants: number;
    /** Whether connect sessions may replace the documentation link. */
    docsConnectOverride: boolean;
}

/** The integration's own credentials as they were sent (wire contract 6.4). */
export interface IntegrationCredentials {
    type: string;
    client_id?: string | undefined;
    client_secret?: string | undefined;
    scopes?: string | undefined;
    webhook_secret?: string | undefined;
    app_id?: string | undefined;
    app_link?: string | undefined;
    private_key?: string | undefined;
}

export interface IntegrationRow {
    id: number;
    uniqueKey: string;
    provider: string;
    displayName: string | null;
    forwardWebhooks: boolean;
    credentials: IntegrationCredentials | null;
    /** Made by quickstart: its developer app is Nango's, so its secrets are never shown. */
    sharedCredentials: boolean;
    integrationConfig: Record<string, string>;
    custom: Record<string, string>;
    createdAt: number;
    updatedAt: number;
}

/** Credentials as `GET /connections/:id` shows them (wire contract 8.3), secrets included; dates are ISO strings. */
export type ConnectionCredentials = Record<string, unknown>;

export interface ConnectionRow {
    id: number;
    connectionId: string;
    /** The unique key of its integration. */
    providerConfigKey: string;
    provider: string;
    endUser: EndUser | null;
    tags: Record<string, string>;
    metadata: Record<string, unknown> | null;
    connectionConfig: Record<string, unknown>;
    webhookUrlOverride: string | null;
    credentials: ConnectionCredentials;
    errors: { type: 'auth' | 'sync'; log_id: string }[];
    createdAt: number;
    updatedAt: number;
    lastFetchedAt: number | null;
    /**
     * Token refresh: when the last attempt failed, and on how many days in a row. `failing` rehearses failures: the next so many
     * refreshes fail, or all of them.
     */
    refresh: { failedAt: number | null; failures: number; exhausted: boolean; failing?: boolean | number | undefined };
    /** Waiting for someone else's approval (outbound installs). */
    pending: boolean;
}

export interface ConnectSessionRow {
    id: number;
    token: string;
    createdAt: number;
    expiresAt: number;
    endUser: EndUser | null;
    tags: Record<string, string>;
    allowedIntegrations: string[] | null;
    integrationsConfigDefaults: Record<
        string,
        {
            user_scopes?: string | undefined;
            authorization_params?: Record<string, string> | undefined;
            connection_config?: Record<string, unknown> | undefined;
        }
    > | null;
    overrides: Record<string, { docs_connect?: string | undefined }> | null;
    webhookUrlOverride: string | null;
    /** Set on reconnect sessions: the connection that the new credentials go to. */
    reconnect: { connectionId: string; integrationId: string } | null;
}

export type FunctionType = 'sync' | 'action' | 'on-event';

/** A deployed function: what is said about it, not its code (wire contract 7.1). */
export interface FunctionRow {
    id: number;
    integrationId: string;
    type: FunctionType;
    name: string;
    description: string;
    scopes: string[];
    input: string | null;
    returns: string[];
    jsonSchema: Record<string, unknown> | null;
    enabled: boolean;
    lastDeployed: number;
    source: 'catalog' | 'standalone' | 'repo';
    code: string | null;
    version: string;
    /** Where `/v1/*` answers with this function (wire contract 13.4). */
    endpoints: { method: string; path: string; group: string | null }[];
    /** Syncs only. */
    frequency: string | null;
    autoStart: boolean;
    trackDeletes: boolean;
    syncType: 'full' | 'incremental';
    /** On-event functions only. */
    event: 'post-connection-creation' | 'pre-connection-deletion' | 'validate-connection' | null;
}

/** What one run did to one model. */
export interface RecordCounts {
    added: number;
    updated: number;
    deleted: number;
}

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
    nextRunAt: number | null;
    lastSuccessAt: number | null;
    job: SyncJob | null;
    checkpoint: Record<string, string | number | boolean> | null;
}

/** An asynchronous action. */
export interface AsyncActionRow {
    id: string;
    connection: number;
    integrationId: string;
    name: string;
    input: unknown;
    state: 'queued' | 'running' | 'succeeded' | 'failed';
    runAt: number;
    attempts: number;
    maxRetries: number;
    output: unknown;
    failure: { status: number; body: unknown } | null;
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
