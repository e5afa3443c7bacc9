/** `environment` keys drive the API, `account` keys manage environments, `script` keys are sent with `Nango-Is-Script: true`. */
export type ApiKeyKind = 'environment' | 'account' | 'script';

export interface ApiKeyRow {
    id: number;
    secret: string;
    kind: ApiKeyKind;
    /** Granted scopes; `environment:*` is all of an environment (contract 2.4). */
    scopes: string[];
    display_name: string;
    /** The environment it opens; null for account keys. */
    environmentId: number | null;
    createdAt: number;
}

/** Which webhooks an environment sends (contract 17.2). */
export interface WebhookSettings {
    on_auth_creation: boolean;
    on_auth_refresh_error: boolean;
    on_connection_deletion: boolean;
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
    /** Whether deliveries to an address that keeps failing stop for a while (contract 17.1). */
    webhookBreaker: boolean;
    variables: { name: string; value: string }[];
    plan: Plan;
    /** Providers with a developer app of Nango's own, for quick starts (contract 6.5). */
    sharedCredentials: string[];
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
