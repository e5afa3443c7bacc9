import { z } from 'zod';
import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { AppContext } from '../http/app-env.js';
import { parseQuery } from '../http/parse-query.js';
import type { Routes } from '../http/routes.js';
import type { AuthMode } from '../providers/provider.js';
import { credentialRoutes } from './auth-bodies.js';
import { type ConnectRequest, connectRequest, sessionOf } from './connect-request.js';
import { credentialsFromForm } from './credentials-of-mode.js';
import { finishConnection } from './finish-connection.js';

const connected = z.object({ connectionId: z.string(), providerConfigKey: z.string() });
const params = z.object({ providerConfigKey: z.string() });
const errors = {
    400: ['invalid_body', 'invalid_query_params', 'invalid_auth_mode', 'integration_not_allowed', 'invalid_connection'],
    401: ['missing_public_key', 'invalid_public_key', 'deprecated_authentication', 'unknown_connect_session_token'],
    404: ['unknown_provider_config', 'unknown_provider_template'],
} as const;

/** The routes that take what a person filled in (wire contract 16.4). */
export function registerAuthRoutes(routes: Routes, context: EmulatorContext): void {
    for (const [mode, { path, body }] of Object.entries(credentialRoutes)) {
        routes.add(
            {
                method: 'post',
                path: `${path}/:providerConfigKey`,
                operation: `auth${path.replace(/[^a-z0-9]+(.)/g, (_, first: string) => first.toUpperCase())}`,
                contract: '16.4',
                summary: `Connect with ${mode} credentials`,
                auth: { kind: 'none' },
                query: 'any',
                params,
                body,
                // The session is looked at first; the handler checks the body after it.
                order: [],
                success: { 200: connected },
                errors: { ...errors, 400: [...errors[400], 'connection_test_failed'] },
            },
            async ({ c }) => {
                const admitted = admit(routes, context, c);
                const form = body.safeParse(c.get('body') ?? (mode === 'NONE' ? undefined : {}));
                if (!form.success) throw ValidationError.from('body', form.error);
                const request = admitted(c.req.param('providerConfigKey') as string);
                requireMode(request, mode as AuthMode);
                const fields = (form.data ?? {}) as Record<string, unknown>;
                if (mode === 'OAUTH2_CC') requireClient(fields);
                return finishConnection(context, request, credentialsFromForm(context, request, fields));
            },
        );
    }
    routes.add(
        {
            method: 'post',
            path: '/auth/oauth-outbound/:providerConfigKey',
            operation: 'authOauthOutbound',
            contract: '16.4',
            summary: 'Start an installation that someone approves elsewhere: the connection is pending',
            auth: { kind: 'none' },
            query: 'any',
            params,
            order: [],
            success: { 200: connected },
            errors,
        },
        async ({ c }) => {
            const request = admit(routes, context, c)(c.req.param('providerConfigKey') as string);
            requireMode(request, 'OAUTH2');
            return finishConnection(context, request, { type: 'OAUTH2', raw: {} }, true);
        },
    );
}

/** Session and rate limit; what the request asks for is looked at once its body is known to be well-formed (wire contract 1.2). */
function admit(routes: Routes, context: EmulatorContext, c: AppContext): (integrationId: string) => ConnectRequest {
    const query = parseQuery(c.req.url);
    const who = sessionOf(context, query);
    routes.limit(c, who);
    return (integrationId) => connectRequest(context, who, integrationId, query);
}

function requireMode({ provider }: ConnectRequest, mode: AuthMode): void {
    if (provider.auth_mode === mode) return;
    throw new CodedError(400, 'invalid_auth_mode', `The provider's auth mode is ${provider.auth_mode}, not ${mode}.`);
}

function requireClient(fields: Record<string, unknown>): void {
    if (!fields.client_id) throw new CodedError(400, 'missing_client_id', 'The client id is missing.');
    if (!fields.client_secret && !fields.client_private_key) {
        throw new CodedError(400, 'missing_client_secret', 'The client secret is missing.');
    }
}
