import type { ConnectionCredentials } from '../connections/connection-row.js';
import { issueApp, issueCustom, issueOAuth1, issueOAuth2, issueSession } from '../credentials/issue-credentials.js';
import type { World } from '../world.js';
import type { ConnectRequest } from './connect-request.js';

type Typed = Record<string, unknown>;

/** What a filled form becomes (contract 8.3): typed, with the short-lived part that the provider would hand out. */
export function credentialsFromForm(world: World, request: ConnectRequest, form: Typed): ConnectionCredentials {
    const { provider } = request;
    const issue = { ids: world.ids, provider, now: world.clock.now() };
    switch (provider.auth_mode) {
        case 'NONE':
            return {};
        case 'API_KEY':
        case 'BASIC':
        case 'BILL':
            return issueSession(issue, { type: provider.auth_mode, ...form });
        case 'SIGNATURE':
            return issueSession(issue, { type: 'SIGNATURE', username: form.username, password: form.password });
        case 'TBA':
            return tba(form);
        case 'AWS_SIGV4':
            return issueSession(issue, awsSigV4(world, request, form));
        case 'TWO_STEP':
        case 'JWT': {
            const { assertionOption: _, type: __, ...fields } = form;
            return issueSession(issue, { type: provider.auth_mode, ...fields });
        }
        default:
            return issueSession(issue, { type: provider.auth_mode, ...form });
    }
}

function tba(form: Typed): ConnectionCredentials {
    const override = {
        ...(form.oauth_client_id_override ? { client_id: form.oauth_client_id_override } : {}),
        ...(form.oauth_client_secret_override ? { client_secret: form.oauth_client_secret_override } : {}),
    };
    return { type: 'TBA', token_id: form.token_id, token_secret: form.token_secret, config_override: override };
}

function awsSigV4(world: World, { integration, connectionConfig }: ConnectRequest, form: Typed): ConnectionCredentials {
    const { service = '', defaultRegion = 'us-east-1' } = integration.integrationConfig;
    const region = form.region || connectionConfig.region || defaultRegion;
    connectionConfig.region = region;
    connectionConfig.service = service;
    // Stays the same when reconnecting: the role's trust policy names it.
    connectionConfig.external_id ??= world.ids.uuid();
    const { external_id } = connectionConfig;
    return { type: 'AWS_SIGV4', role_arn: form.role_arn, region, service, external_id };
}

/** What an approved authorisation hands out, and what the provider's callback adds to the connection's config. */
export function credentialsFromApproval(world: World, request: ConnectRequest, overrides: Typed = {}): ConnectionCredentials {
    const { provider, scopes, connectionConfig } = request;
    const issue = { ids: world.ids, provider, now: world.clock.now() };
    for (const key of [...(provider.redirect_uri_metadata ?? []), ...(provider.token_response_metadata ?? [])]) {
        connectionConfig[key] ??= `emulated-${world.ids.hex(8)}`;
    }
    switch (provider.auth_mode) {
        case 'OAUTH1':
            return issueOAuth1(issue);
        case 'APP':
        case 'CUSTOM':
            connectionConfig.installation_id ??= String(10_000_000 + world.ids.number('installation'));
            if (request.integration.credentials?.app_id) connectionConfig.app_id = request.integration.credentials.app_id;
            return provider.auth_mode === 'APP' ? issueApp(issue) : issueCustom(issue, scopes);
        case 'INSTALL_PLUGIN':
            return { type: 'BASIC', username: `plugin-${world.ids.hex(12)}`, password: world.ids.hex(32) };
        default: {
            const issued = issueOAuth2(
                issue,
                scopes
                    .split(',')
                    .filter(Boolean)
                    .join(provider.scope_separator ?? ' '),
            );
            const config_override = {
                ...(overrides.oauth_client_id_override ? { client_id: overrides.oauth_client_id_override } : {}),
                ...(overrides.oauth_client_secret_override ? { client_secret: overrides.oauth_client_secret_override } : {}),
            };
            return Object.keys(config_override).length > 0 ? { ...issued, config_override } : issued;
        }
    }
}
