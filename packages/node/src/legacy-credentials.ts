import { inputError } from '@x/core/internal';
import type { Integration, IntegrationCredentialsInput } from '@x/integrations';

/** Credentials of an integration by the names of older clients. */
export interface LegacyCredentials {
    oauth_client_id?: string;
    oauth_client_secret?: string;
    /** Separated by commas. */
    oauth_scopes?: string;
    app_id?: string;
    app_link?: string;
    /** PEM. */
    private_key?: string;
    webhook_secret?: string;
}

/** What older clients called `config`. */
export interface LegacyConfig {
    unique_key: string;
    provider: string;
    /** Always empty, as on the older route: see `listFunctions`. */
    syncs: never[];
    /** Always empty, as on the older route: see `listFunctions`. */
    actions: never[];
    /** ISO time. */
    created_at?: string;
    auth_mode?: string;
    client_id?: string | null;
    client_secret?: string | null;
    scopes?: string | null;
    webhook_secret?: string | null;
    app_id?: string | null;
    app_link?: string | null;
    private_key?: string | null;
}

/** What the older forms resolve to. */
export interface LegacyIntegration {
    config: LegacyConfig;
    data: Integration;
}

/** @throws {NangoInputError} for a type that has no credentials of its own */
export function toCredentials(legacy: LegacyCredentials, type: string, operation: string): IntegrationCredentialsInput {
    const { oauth_client_id, oauth_client_secret, oauth_scopes, app_id, app_link, private_key, webhook_secret } = legacy;
    const oauth = { client_id: oauth_client_id as string, client_secret: oauth_client_secret as string };
    const app = { app_id: app_id as string, app_link: app_link as string, private_key: private_key as string };
    switch (type) {
        case 'OAUTH1':
        case 'OAUTH2':
        case 'TBA':
            return { type, ...oauth, scopes: oauth_scopes, webhook_secret };
        case 'APP':
            // Where an app was an OAuth one, its id and key went by the OAuth names.
            return { type, ...app, app_id: app_id ?? oauth.client_id, private_key: private_key ?? oauth.client_secret };
        case 'CUSTOM':
            return { type, ...oauth, ...app };
        default:
            throw inputError(
                operation,
                'credentials',
                `an integration of auth mode ${type} takes no \`credentials\`; leave the argument out`,
            );
    }
}

export function toLegacyConfig(data: Integration): LegacyConfig {
    const { unique_key, provider, created_at, credentials } = data;
    const config: LegacyConfig = { unique_key, provider, syncs: [], actions: [] };
    if (!credentials) return config;
    const { type, ...values } = credentials;
    return { ...config, created_at, auth_mode: type, ...values };
}
