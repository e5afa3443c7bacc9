import { z } from 'zod';
import { authenticateSession } from '../auth/authenticate.js';
import { connectionId, providerConfigKey } from '../base/formats.js';
import { CodedError } from '../errors/coded-error.js';
import { LegacyError } from '../errors/legacy-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import type { AuthMode, Provider } from '../providers/provider.js';
import type { Environment } from '../state/environment.js';
import type { World } from '../world.js';
import type { ConnectSessionRow } from './session-row.js';

/** Who wants to connect what. */
export interface ConnectRequest {
    environment: Environment;
    session: ConnectSessionRow;
    integration: IntegrationRow;
    provider: Provider;
    /** From the form, overlaid by the session's defaults. */
    connectionConfig: Record<string, unknown>;
    /** What is asked for: the person's scopes, else the session's, else the integration's. */
    scopes: string;
}

/** The query of an auth route, already parsed. */
export type AuthQuery = Record<string, unknown>;

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The session of an auth route's query (contract 16.4).
 * @throws LegacyError, ContractError 401
 */
export function sessionOf(world: World, query: AuthQuery) {
    const token = query.connect_session_token;
    if (typeof token !== 'string' || token === '') throw withoutSession(query.public_key);
    return authenticateSession(world, token);
}

/** Public keys are refused for every account that is as new as the emulator's (contract 2.1). */
function withoutSession(publicKey: unknown) {
    if (typeof publicKey !== 'string' || publicKey === '') {
        return new LegacyError(401, 'missing_public_key', 'The request has neither a connect session token nor a public key.');
    }
    if (!uuidV4.test(publicKey)) return new LegacyError(401, 'invalid_public_key', 'This is not the form of a public key.');
    // No environment of the emulator's has one.
    return new LegacyError(401, 'unknown_account', 'No account has this public key.');
}

/** Why a session can't connect an integration. The answer has the code alone; `reason` is for people who see a page instead. */
export class ConnectRefusal extends CodedError {
    override name = 'ConnectRefusal';

    constructor(
        status: number,
        code: string,
        readonly reason: string,
    ) {
        super(status, code);
    }
}

const authQuery = z.object({ connection_id: connectionId.optional(), params: z.looseObject({}).optional() });
const authParams = z.object({ providerConfigKey });

/** Checks the query, then the path. @throws ValidationError also when a connection id is given: the session decides about it */
export function checkAuthRequest(integrationId: string, query: AuthQuery): void {
    const checked = authQuery.safeParse(query);
    if (!checked.success) throw ValidationError.from('query_params', checked.error);
    const params = authParams.safeParse({ providerConfigKey: integrationId });
    if (!params.success) throw ValidationError.from('uri_params', params.error);
    refuseConnectionId(query);
}

/** @throws ValidationError when a connection id is given */
export function refuseConnectionId(query: AuthQuery): void {
    if (query.connection_id === undefined) return;
    const message = 'The connection id can not be chosen with a connect session.';
    throw new ValidationError('query_params', [{ code: 'custom', message, path: ['connection_id'] }]);
}

/**
 * @param accepts - the auth modes that the route is for; any when it is missing
 * @throws ConnectRefusal with the codes of contract 16.4
 */
export function connectRequest(
    world: World,
    { environment, session }: { environment: Environment; session: ConnectSessionRow },
    integrationId: string,
    query: { params?: unknown; user_scope?: unknown },
    accepts?: AuthMode,
): ConnectRequest {
    const integration = environment.integrations.get(integrationId);
    if (!integration) throw new ConnectRefusal(404, 'unknown_provider_config', 'There is no integration of this key.');
    const provider = world.providers.get(integration.provider);
    if (!provider) throw new ConnectRefusal(404, 'unknown_provider_template', 'The provider is not in the catalogue.');
    if (accepts && provider.auth_mode !== accepts) {
        throw new ConnectRefusal(400, 'invalid_auth_mode', `The provider's auth mode is ${provider.auth_mode}, not ${accepts}.`);
    }
    const locked = session.reconnect !== null && session.reconnect.integrationId !== integrationId;
    const listed = session.allowedIntegrations === null || session.allowedIntegrations.includes(integrationId);
    if (locked || !listed) {
        throw new ConnectRefusal(400, 'integration_not_allowed', 'This integration is not allowed in this session.');
    }
    if (session.reconnect && !environment.connections.get(integrationId, session.reconnect.connectionId)) {
        throw new ConnectRefusal(400, 'invalid_connection', 'The connection to reconnect is gone.');
    }
    const defaults = session.integrationsConfigDefaults?.[integrationId];
    const { oauth_scopes_override: override, ...config } = { ...stringsOf(query.params), ...defaults?.connection_config };
    return {
        environment,
        session,
        integration,
        provider,
        connectionConfig: { ...config, ...(override !== undefined && { oauth_scopes_override: override }) },
        scopes:
            text(query.user_scope) ||
            defaults?.user_scopes ||
            text(override) ||
            integration.credentials?.scopes ||
            provider.default_scopes?.join(',') ||
            '',
    };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** `params[k]=v`: strings only, and never the old way to set a webhook address. */
function stringsOf(params: unknown): Record<string, string> {
    if (typeof params !== 'object' || params === null) return {};
    const entries = Object.entries(params).filter(([key, value]) => typeof value === 'string' && key !== 'webhook_url');
    return Object.fromEntries(entries) as Record<string, string>;
}
