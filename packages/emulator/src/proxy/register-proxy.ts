import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { StartedBy } from '../base/started-by.js';
import type { ConnectionRow } from '../connections/connection-row.js';
import type { EmulatorContext } from '../context.js';
import { refreshCredentials } from '../credentials/refresh-credentials.js';
import { CodedError } from '../errors/coded-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { AppContext, AppEnv } from '../http/app-env.js';
import { headersFor } from '../http/headers-for.js';
import { parseBody } from '../http/parse-body.js';
import type { Routes } from '../http/routes.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import { OutboundDeniedError, OutboundPolicy } from '../outbound/outbound-policy.js';
import { injectCredentials, injectedBodyFields, MissingApiUrlError } from '../providers/inject-credentials.js';
import type { Provider } from '../providers/provider.js';
import type { Environment } from '../state/environment.js';
import { findConnection, findIntegration } from '../state/look-up.js';
import { proxyBody } from './proxy-body.js';
import { forwardedHeaders, type ProxyHeaders, proxyHeaders } from './proxy-headers.js';
import { proxyRequest } from './proxy-request.js';

/** What the server's HTTP client says when the caller says nothing. */
const defaultHeaders = {
    accept: 'application/json, text/plain, */*',
    'accept-encoding': 'gzip, compress, deflate, br',
    'user-agent': 'nango-emulator',
};

/** `ANY /proxy/*` (contract 14). */
export function registerProxy(routes: Routes, context: EmulatorContext): void {
    const policy = new OutboundPolicy(context.options.upstreams, context.options.startedBy);
    describeProxy(routes);
    // A malformed JSON body is refused before the key is looked at (contract 1.2); other bodies stay streams.
    const parse: MiddlewareHandler<AppEnv> = async (c, next) => {
        c.set('refusedEarly', true);
        c.set('body', await parseBody(c.req.raw, c.env?.incoming));
        c.set('refusedEarly', false);
        await next();
    };
    routes.hono.all('/proxy/*', parse, routes.guard('proxy', keyWith('environment:proxy')), async (c) => {
        const environment = c.get('auth')?.environment as Environment;
        const checked = proxyHeaders.safeParse(headersFor(proxyHeaders, c.req.raw.headers));
        if (!checked.success) throw ValidationError.from('headers', checked.error);
        refuseDeniedOverride(policy, checked.data['base-url-override'], context.options.startedBy);
        const target = await findTarget(context, environment, checked.data);
        return forward(context, policy, c, checked.data, target);
    });
}

/** Before anything is looked up (contract 14.4); other targets are refused when they are to be reached. */
function refuseDeniedOverride(policy: OutboundPolicy, override: string | undefined, startedBy: StartedBy): void {
    if (!override || policy.accepts(new URL(override))) return;
    throw new CodedError(
        400,
        'base_url_override_not_allowed',
        new OutboundDeniedError(new URL(override).origin, startedBy).message,
    );
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

function describeProxy(routes: Routes): void {
    for (const method of methods) {
        routes.describe({
            method,
            path: '/proxy/:path',
            operation: 'proxy',
            contract: '14',
            summary: `${method.toUpperCase()} to a provider, with the connection's credentials; the path may have slashes`,
            auth: keyWith('environment:proxy'),
            query: 'any',
            headers: proxyHeaders,
            success: { 200: z.unknown(), 204: null },
            errors: {
                400: ['base_url_override_not_allowed', 'missing_api_url', 'unknown_provider', 'server_error'],
                404: ['unknown_provider_config'],
                424: ['connection_refresh_backoff', 'server_error'],
            },
        });
    }
}

interface Target {
    provider: Provider;
    integration: IntegrationRow;
    connection: ConnectionRow;
}

async function findTarget(context: EmulatorContext, environment: Environment, headers: ProxyHeaders): Promise<Target> {
    const integration = findIntegration(environment, headers['provider-config-key'], 'unknown-404');
    const provider = context.providers.get(integration.provider);
    if (!provider) throw new CodedError(400, 'unknown_provider', 'The provider of this integration is not in the catalogue.');
    const connection = findConnection(environment, integration.uniqueKey, headers['connection-id'], 'server-error');
    const refreshed = await refreshCredentials({ world: context, environment, integration, connection }, false);
    if (!refreshed.ok) {
        // Only the back-off has a code of its own here (contract 14.4).
        const code = refreshed.code === 'connection_refresh_backoff' ? refreshed.code : 'server_error';
        throw new CodedError(refreshed.status, code, refreshed.message);
    }
    return { provider, integration, connection };
}

async function forward(
    context: EmulatorContext,
    policy: OutboundPolicy,
    c: AppContext,
    headers: ProxyHeaders,
    { provider, integration, connection }: Target,
): Promise<Response> {
    const { method } = c.req.raw;
    const callers = forwardedHeaders(c.req.raw.headers, c.env?.incoming);
    const now = new Date(context.clock.now());
    const source = {
        credentials: connection.credentials,
        connectionConfig: connection.connectionConfig,
        client: { id: integration.credentials?.client_id, secret: integration.credentials?.client_secret },
    };
    const body = await proxyBody({
        method,
        request: c.req.raw,
        parsed: c.get('body'),
        forwardedType: callers['content-type'],
        fields: injectedBodyFields(provider, source, now),
        keep: headers.retries > 0 || connection.credentials.type === 'AWS_SIGV4',
    });
    try {
        const injected = injectCredentials({
            ...source,
            provider,
            method,
            endpoint: endpointOf(c.req.raw.url),
            baseUrl: headers['base-url-override'] || integration.integrationConfig.baseUrl,
            headers: callers,
            body: body.data instanceof Uint8Array ? body.data : undefined,
            contentType: body.contentType,
            now,
        });
        const outgoing: Record<string, string> = { ...defaultHeaders, ...injected.headers };
        if (body.contentType !== undefined) outgoing['content-type'] = body.contentType;
        const length = c.req.header('content-length');
        if (body.data instanceof ReadableStream && length !== undefined) outgoing['content-length'] = length;
        if (body.data === undefined && /^(POST|PUT|PATCH)$/.test(method)) outgoing['content-length'] = '0';
        return await proxyRequest(
            context,
            policy,
            {
                method,
                url: new URL(injected.url),
                headers: outgoing,
                body: body.data,
                chunked: body.chunked,
                decompress: headers.decompress === 'true' || provider.proxy?.decompress === true,
                forwardHeadersOnRedirect:
                    headers['forward-headers-on-redirect'] === 'true' || provider.proxy?.forward_headers_on_redirect === true,
                signal: callerGone(c),
                reuse: c.env?.incoming !== undefined,
            },
            {
                retries: headers.retries,
                retryOn: headers['retry-on']?.split(',').map(Number) ?? [],
                providerRetry: provider.proxy?.retry,
            },
        );
    } catch (error) {
        if (error instanceof OutboundDeniedError) throw new CodedError(400, 'base_url_override_not_allowed', error.message);
        if (error instanceof MissingApiUrlError) throw new CodedError(400, 'missing_api_url', error.message);
        throw error;
    }
}

/** Aborted when the caller no longer waits. The request's own signal would make a whole `Request` of it first. */
function callerGone(c: AppContext): AbortSignal {
    const outgoing = c.env?.outgoing;
    if (!outgoing) return c.req.raw.signal;
    const controller = new AbortController();
    outgoing.once('close', () => {
        if (!outgoing.writableFinished) controller.abort();
    });
    return controller.signal;
}

/** Everything behind `/proxy`, as it was sent: the query string and the percent-encoding go on unchanged (contract 14). */
function endpointOf(url: string): string {
    const start = url.indexOf('/proxy', url.indexOf('//') + 2) + '/proxy'.length;
    const fragment = url.indexOf('#', start);
    // A doubled slash at the start becomes one.
    return url.slice(start, fragment < 0 ? undefined : fragment).replace(/^\/{2,}/, '/');
}
