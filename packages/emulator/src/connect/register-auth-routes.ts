import { z } from 'zod';
import type { EmulatorContext } from '../context.js';
import { LegacyError } from '../errors/legacy-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { AppContext } from '../http/app-env.js';
import { parseQuery } from '../http/parse-query.js';
import type { Routes } from '../http/routes.js';
import type { AuthMode } from '../providers/provider.js';
import { authBodies } from './auth-bodies.js';
import { credentialForms } from './auth-modes.js';
import { type ConnectRequest, checkAuthRequest, connectRequest, sessionOf } from './connect-request.js';
import { credentialsFromForm } from './credentials-of-mode.js';
import { finishConnection } from './finish-connection.js';

const connected = z.object({ connectionId: z.string(), providerConfigKey: z.string() });
const params = z.object({ providerConfigKey: z.string() });
const errors = {
    400: [
        'invalid_body',
        'invalid_query_params',
        'invalid_uri_params',
        'invalid_auth_mode',
        'integration_not_allowed',
        'invalid_connection',
        'connection_validation_failed',
        'resource_capped',
    ],
    401: ['missing_public_key', 'invalid_public_key', 'unknown_account', 'unknown_connect_session_token'],
    404: ['unknown_provider_config', 'unknown_provider_template'],
} as const;

/** What a refused test of the credentials is called, and what the bodies may lack. */
const ownErrors: Record<string, string[]> = {
    TBA: ['invalid_credentials'],
    OAUTH2_CC: ['connection_test_failed', 'missing_client_id', 'missing_client_secret'],
};

/** The routes that take what a person filled in (contract 16.4). */
export function registerAuthRoutes(routes: Routes, context: EmulatorContext): void {
    for (const [mode, { path }] of Object.entries(credentialForms)) {
        const body = authBodies[mode as AuthMode] as z.ZodType;
        routes.add(
            {
                method: 'post',
                path: `${path}/:providerConfigKey`,
                operation: `auth${path.replace(/[^a-z0-9]([a-z0-9])/g, (_, first: string) => first.toUpperCase())}`,
                contract: '16.4',
                summary: `Connect with ${mode} credentials`,
                auth: { kind: 'none' },
                query: 'any',
                params,
                body,
                // The session is looked at first; the handler checks the body after it.
                order: [],
                success: { 200: connected },
                errors: { ...errors, 400: [...errors[400], ...(ownErrors[mode] ?? ['connection_test_failed'])] },
            },
            async ({ c }) => {
                const admitted = admit(routes, context, c);
                const form = body.safeParse(c.get('body') ?? (mode === 'OAUTH2_CC' ? {} : undefined));
                if (!form.success) throw ValidationError.from('body', form.error);
                const fields = (form.data ?? {}) as Record<string, unknown>;
                if (mode === 'OAUTH2_CC') requireClient(fields);
                const request = admitted(mode as AuthMode);
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
            const request = admit(routes, context, c)('OAUTH2');
            return finishConnection(context, request, { type: 'OAUTH2', raw: {} }, true);
        },
    );
}

/** Session and rate limit; what the request asks for is looked at once its body is known to be well-formed (contract 1.2). */
function admit(routes: Routes, context: EmulatorContext, c: AppContext): (mode: AuthMode) => ConnectRequest {
    const query = parseQuery(c.req.url);
    const who = sessionOf(context, query);
    routes.limit(c, who);
    const integrationId = c.req.param('providerConfigKey') ?? '';
    return (mode) => {
        checkAuthRequest(integrationId, query);
        return connectRequest(context, who, integrationId, query, mode);
    };
}

function requireClient(fields: Record<string, unknown>): void {
    if (!fields.client_id) throw new LegacyError(400, 'missing_client_id', 'The client id is missing.');
    if (!fields.client_secret && !fields.client_private_key) {
        throw new LegacyError(400, 'missing_client_secret', 'The client secret is missing.');
    }
}
