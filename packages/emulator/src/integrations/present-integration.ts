import { zuluDate } from '../base/dates.js';
import type { Provider } from '../providers/provider.js';
import type { Environment } from '../state/environment.js';
import type { World } from '../world.js';
import type { IntegrationCredentials, IntegrationRow } from './integration-row.js';

/** What a caller may see beside the fields that everyone sees. */
export interface IntegrationView {
    webhook?: boolean;
    credentials?: boolean;
}

/** An integration as contract 6.1 shows it. */
export function presentIntegration(world: World, environment: Environment, row: IntegrationRow, view: IntegrationView = {}) {
    const provider = world.providers.get(row.provider);
    const url = `${world.origin}/webhook/${environment.settings.uuid}/${encodeURIComponent(row.uniqueKey)}`;
    const { keyLabel: label } = row.integrationConfig;
    const preconfigured = provider?.auth_mode === 'TWO_STEP' ? Object.keys(row.integrationConfig) : [];
    return {
        unique_key: row.uniqueKey,
        provider: row.provider,
        display_name: row.displayName ?? provider?.display_name ?? row.provider,
        logo: logoUrl(world, row.provider),
        forward_webhooks: row.forwardWebhooks,
        created_at: zuluDate(row.createdAt),
        updated_at: zuluDate(row.updatedAt),
        ...(provider?.integration_config && label ? { credentials_label: { apiKey: label } } : {}),
        ...(preconfigured.length > 0 ? { preconfigured_credentials: preconfigured } : {}),
        ...(view.webhook ? { webhook_url: provider?.webhook_routing_script ? url : null } : {}),
        ...(view.credentials ? { credentials: presentCredentials(row, provider) } : {}),
    };
}

/** Where a provider's logo would be. */
export const logoUrl = (world: World, provider: string): string => `${world.origin}/images/template-logos/${provider}.svg`;

/** The provider's auth mode decides which fields there are, whether or not the integration has values for them (contract 6.1). */
function presentCredentials(row: IntegrationRow, provider: Provider | undefined) {
    const credentials: Partial<IntegrationCredentials> = row.credentials ?? {};
    const secret = (value: string | undefined) => (row.sharedCredentials ? '' : (value ?? null));
    const open = (value: string | undefined) => value ?? null;
    const mode = provider?.auth_mode;
    switch (mode) {
        case 'OAUTH1':
        case 'OAUTH2':
        case 'TBA':
            return {
                type: mode,
                client_id: secret(credentials.client_id),
                client_secret: secret(credentials.client_secret),
                scopes: credentials.scopes || provider?.default_scopes?.join(',') || null,
                webhook_secret: open(credentials.webhook_secret),
            };
        case 'APP':
            return {
                type: mode,
                app_id: secret(credentials.app_id),
                private_key: secret(credentials.private_key),
                app_link: open(credentials.app_link),
            };
        case 'CUSTOM':
            return {
                type: mode,
                client_id: secret(credentials.client_id),
                client_secret: secret(credentials.client_secret),
                app_id: secret(credentials.app_id),
                app_link: open(credentials.app_link),
                private_key: secret(credentials.private_key),
            };
        default:
            return null;
    }
}
