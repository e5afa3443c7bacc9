import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import { ContractError } from '../errors/contract-error.js';
import type { AppContext } from '../http/app-env.js';
import { parseQuery } from '../http/parse-query.js';
import type { Routes } from '../http/routes.js';
import { popupModes } from './auth-modes.js';
import { ConnectRefusal, connectRequest, refuseConnectionId, sessionOf } from './connect-request.js';
import { credentialsFromApproval } from './credentials-of-mode.js';
import { failConnection, finishConnection } from './finish-connection.js';
import type { OAuthFlow, OAuthFlows } from './oauth-flows.js';
import { callbackPage } from './pages/callback-page.js';
import { consentPage } from './pages/consent-page.js';
import type { SocketHub } from './socket-hub.js';

const cookieName = (id: string) => `oauth2-${id}`;

/** The popup: `/oauth/connect`, the emulator's own consent page in place of the provider's, `/oauth/callback` (contract 16.5). */
export function registerOAuth(routes: Routes, context: EmulatorContext, flows: OAuthFlows, hub: SocketHub): void {
    const fail = (c: AppContext, type: string, message: string, socketId?: string, integrationId?: string, status = 400) => {
        hub.notify(socketId, {
            message_type: 'error',
            ...(integrationId !== undefined && { provider_config_key: integrationId }),
            error_type: type,
            error_desc: message,
        });
        return callbackPage(c, { ok: false, errorType: type, message, status });
    };

    const page = { method: 'get', auth: { kind: 'none' }, query: 'any', contract: '16.5' } as const;
    routes.describe({
        ...page,
        path: '/oauth/connect/:providerConfigKey',
        operation: 'oauthConnect',
        summary: "The popup: goes on to the consent page, which stands for the provider's",
        success: { 302: null },
        errors: {
            400: ['invalid_query_params', 'integration_not_allowed', 'invalid_connection'],
            401: [
                'missing_public_key',
                'invalid_public_key',
                'unknown_account',
                'invalid_connect_session_token_format',
                'unknown_connect_session_token',
            ],
        },
    });
    routes.describe({
        ...page,
        path: '/oauth/callback',
        operation: 'oauthCallback',
        summary: 'Where the popup ends; an HTML page that reports to its opener how',
        success: { 200: null },
    });

    routes.hono.get('/oauth/connect/:providerConfigKey', (c) => {
        c.set('operation', 'oauthConnect');
        const query = parseQuery(c.req.url);
        const integrationId = c.req.param('providerConfigKey');
        const socketId = typeof query.ws_client_id === 'string' ? query.ws_client_id : undefined;
        try {
            const who = sessionOf(context, query);
            routes.limit(c, who);
            refuseConnectionId(query);
            const request = connectRequest(context, who, integrationId, query);
            if (!popupModes.has(request.provider.auth_mode)) {
                const message = `Auth mode ${request.provider.auth_mode} does not use a popup.`;
                return fail(c, 'auth_mode_err', message, socketId, integrationId);
            }
            const overrides = typeof query.credentials === 'object' ? (query.credentials as Record<string, unknown>) : {};
            const flow = flows.start(request, overrides, socketId);
            const consent = new URL('/oauth/consent', new URL(c.req.url).origin);
            consent.searchParams.set('state', flow.id);
            return new Response(null, {
                status: 302,
                headers: {
                    Location: consent.pathname + consent.search,
                    'Set-Cookie': `${cookieName(flow.id)}=1; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax`,
                },
            });
        } catch (error) {
            if (!(error instanceof ContractError)) throw error;
            const type = error instanceof ConnectRefusal ? pageErrors[error.code] : undefined;
            if (type !== undefined) return fail(c, type, messageOf(error), socketId, integrationId);
            // What else a session may not do is answered in JSON (contract 16.5), but not to a person who looks at a window.
            if (!c.req.header('accept')?.includes('text/html')) throw error;
            return fail(c, codeOf(error), messageOf(error), socketId, integrationId, error.status);
        }
    });

    routes.hono.get('/oauth/consent', (c) => {
        c.set('operation', 'oauthConsent');
        const flow = flows.find(c.req.query('state'));
        if (!flow || !hasCookie(c, flow)) return callbackPage(c, { ok: false, ...lostFlow });
        return consentPage(c, flow);
    });

    routes.hono.get('/oauth/callback', async (c) => {
        c.set('operation', 'oauthCallback');
        const { state, payload, customField, code, error, error_description: description } = c.req.query();
        const flow = flows.find(state ?? payload ?? customField);
        if (!flow) return callbackPage(c, { ok: false, ...lostFlow });
        const { request, socketId } = flow;
        const integrationId = request.integration.uniqueKey;
        if (!hasCookie(c, flow)) {
            return fail(c, 'state_cookie_err', 'This browser did not start the authorisation.', socketId, integrationId);
        }
        flows.take(flow.id);
        if (error !== undefined || code !== flow.code) {
            const message =
                description ?? (error === undefined ? 'The authorisation code is not valid.' : `The provider said: ${error}`);
            failConnection(context, request, { type: error === undefined ? 'token_err' : 'callback_err', description: message });
            return fail(c, error === undefined ? 'token_err' : 'callback_err', message, socketId, integrationId);
        }
        return approve(c, flow);
    });

    async function approve(c: AppContext, flow: OAuthFlow): Promise<Response> {
        const { request, socketId } = flow;
        const integrationId = request.integration.uniqueKey;
        // Much can have happened since the popup opened.
        if (request.environment.integrations.get(integrationId) !== request.integration) {
            return fail(c, 'unknown_config_key', 'The integration is gone.', socketId, integrationId);
        }
        try {
            const credentials = credentialsFromApproval(context, request, flow.overrides);
            const { connectionId, providerConfigKey } = await finishConnection(context, request, credentials);
            hub.notify(socketId, {
                message_type: 'success',
                provider_config_key: providerConfigKey,
                connection_id: connectionId,
                is_pending: false,
            });
            return callbackPage(c, { ok: true, provider: request.provider.display_name });
        } catch (error) {
            if (!(error instanceof CodedError)) throw error;
            return fail(c, error.code, messageOf(error), socketId, integrationId);
        }
    }
}

/** Refusals that the popup shows on a page, by their `error_type` (contract 16.5). */
const pageErrors: Record<string, string> = {
    unknown_provider_config: 'unknown_config_key',
    unknown_provider_template: 'provider_config_err',
};

const lostFlow = {
    errorType: 'state_err',
    message: 'This authorisation is not known: it was finished already, or it is too old. Close this window and start again.',
};

function hasCookie(c: AppContext, flow: OAuthFlow): boolean {
    return (c.req.header('cookie') ?? '').split(/;\s*/).includes(`${cookieName(flow.id)}=1`);
}

function messageOf(error: ContractError): string {
    if (error instanceof ConnectRefusal) return error.reason;
    if (error.status === 429) return 'There were too many attempts at once. Wait a minute and try again.';
    return errorOf(error).message ?? 'The connection could not be made.';
}

const codeOf = (error: ContractError): string => errorOf(error).code ?? 'unknown_err';

const errorOf = ({ body }: ContractError) => (body as { error: { code?: string; message?: string } }).error;
