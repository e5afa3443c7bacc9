import type { ErrorHandler, MiddlewareHandler, NotFoundHandler } from 'hono';
import { zuluDate } from '../base/dates.js';
import { maskQuery } from '../base/mask-query.js';
import type { EmulatorContext } from '../context.js';
import { CodedError, ForbiddenError } from '../errors/coded-error.js';
import { ContractError } from '../errors/contract-error.js';
import type { AppContext, AppEnv } from './app-env.js';
import { captureExchange } from './capture-exchange.js';
import { checkContentType } from './content-type-gate.js';
import { corsHeaders, preflight, withoutCors } from './cors.js';
import { expressNotFound } from './html-pages.js';
import { jsonResponse } from './json-response.js';
import type { OperationMatcher } from './operation-matcher.js';
import { isForeignPage, refuseStrangers } from './origin-guard.js';
import { parseBody } from './parse-body.js';
import { checkLength } from './read-body.js';
import { splitUrl } from './split-url.js';
import { addMissingHeaders } from './whole-response.js';

/** Paths whose bodies are not the API's to parse. */
const ownBodies = /^\/(?:proxy|webhook)(?:\/|$)/;
/** Paths that no foreign page may call. */
const guarded = /^\/(?:proxy|_emulator)(?:\/|$)/;

/** The Connect page is made to be framed by other pages; its own policy says by whom. */
const framedSecurityHeaders: Record<string, string> = {
    'X-Content-Type-Options': 'nosniff',
    'Strict-Transport-Security': 'max-age=5184000',
    'Referrer-Policy': 'strict-origin',
};
const securityHeaders: Record<string, string> = { ...framedSecurityHeaders, 'X-Frame-Options': 'SAMEORIGIN' };

/** Outermost: adds the headers that every answer has, and writes the request log. */
export function recordRequest(context: EmulatorContext, operationOf: OperationMatcher): MiddlewareHandler<AppEnv> {
    return async (c, next) => {
        const started = performance.now();
        await next();
        const response = withHeaders(c);
        // The status page and what it asks for are not what a developer looks for in the log.
        if (c.req.path === '/' || c.req.path.startsWith('/_emulator')) return;
        const { pathname, search } = splitUrl(c.req.url);
        const entry = context.requests.add(
            {
                at: zuluDate(context.clock.now()),
                method: c.req.raw.method,
                path: pathname,
                query: maskQuery(search),
                status: response.status,
                ms: Math.round((performance.now() - started) * 10) / 10,
                operation: c.get('operation') ?? operationOf(c.req.raw, c.req.path),
                code: await errorCode(response),
                fault: c.get('fault') ?? null,
                userAgent: c.req.header('user-agent') ?? null,
            },
            captureExchange(c, response, context.requests),
        );
        const fault = entry.fault ? ` [fault: ${entry.fault}]` : '';
        context.options.log?.(
            `${entry.method} ${entry.path}${entry.query} ${entry.status}${entry.code ? ` ${entry.code}` : ''} ${entry.ms} ms${fault}`,
        );
        context.changed();
    };
}

function withHeaders(c: AppContext): Response {
    // The control surface is for the emulator's own page and for programs: no other page may read it.
    // What is refused before routing has no CORS headers either (contract 1).
    if (!withoutCors.test(c.req.path) && !c.get('refusedEarly')) addMissingHeaders(c.res, corsHeaders);
    addMissingHeaders(c.res, c.req.path.startsWith('/connect-ui') ? framedSecurityHeaders : securityHeaders);
    addMissingHeaders(c.res, c.get('rateLimitHeaders') ?? {});
    return c.res;
}

async function errorCode(response: Response): Promise<string | null> {
    if (response.status < 400 || !response.headers.get('content-type')?.startsWith('application/json')) return null;
    // A clone of a body that is still being sent would hold it back: only small ones that the emulator made itself are read.
    const code = errorCodes.get(response);
    return code ?? null;
}

/** Codes of the answers made by {@link answerErrors}. */
const errorCodes = new WeakMap<Response, string>();

/** Preflights, foreign pages, the body and its type: what comes before the key (contract 1.2). */
export function prepareRequest(context: EmulatorContext): MiddlewareHandler<AppEnv> {
    return async (c, next) => {
        refuseMalformedPath(c);
        const { allowedOrigins } = context.options;
        if (guarded.test(c.req.path) && isForeignPage(c.req.raw, allowedOrigins)) {
            throw new ForbiddenError(
                'A web page of another origin may not use the emulator’s control surface or proxy, unless it is named with --allow-origin ' +
                    '(allowedOrigins).',
            );
        }
        if (c.req.path.startsWith('/webhook/')) refuseStrangers(c.req.raw, allowedOrigins);
        // The server answers every OPTIONS itself; nothing goes to a provider (contract 14).
        if (c.req.method === 'OPTIONS') {
            return preflight(c.req.path, new URL(context.connectUrl()).origin);
        }
        if (!ownBodies.test(c.req.path)) {
            c.set('refusedEarly', true);
            checkLength(c.req.raw);
            c.set('body', await parseBody(c.req.raw, c.env?.incoming));
            checkContentType(c.req.path, c.req.raw.headers);
            c.set('refusedEarly', false);
            refuseNul(c);
        }
        await next();
    };
}

/** The server's database takes no NUL, and the server falls over it (contract 1.3): 400 is right. */
function refuseNul(c: AppContext): void {
    const { pathname, search } = splitUrl(c.req.url);
    if (pathname.includes('%00')) throw new CodedError(400, 'invalid_uri_params', 'The path holds a NUL character.');
    if (search.includes('%00')) throw new CodedError(400, 'invalid_query_params', 'The query holds a NUL character.');
    if (hasNul(c.get('body'))) throw new CodedError(400, 'invalid_body', 'The body holds a NUL character.');
}

function hasNul(value: unknown): boolean {
    if (typeof value === 'string') return value.includes('\0');
    return (
        typeof value === 'object' && value !== null && Object.entries(value).some(([key, inner]) => hasNul(key) || hasNul(inner))
    );
}

/** The server itself falls over such paths (contract 1.3): 400 is right. */
function refuseMalformedPath(c: AppContext): void {
    const { pathname } = splitUrl(c.req.url);
    if (!pathname.includes('%')) return;
    try {
        decodeURIComponent(pathname);
    } catch {
        throw new CodedError(400, 'invalid_uri_params', 'The path has a % that is not followed by the digits of a character.');
    }
}

/** Contract errors as they are; everything else as an uncaught exception of the server (contract 1.3). */
export function answerErrors(context: EmulatorContext): ErrorHandler<AppEnv> {
    return (error) => {
        if (error instanceof ContractError) {
            const response = jsonResponse(error.status, error.body, error.headers);
            const { code } = (error.body as { error?: { code?: string } }).error ?? {};
            if (code) errorCodes.set(response, code);
            return response;
        }
        context.options.log?.(`unexpected ${error.name}: ${error.message}`);
        const message = 'An unexpected error occurred. The payload is an id to quote.';
        return jsonResponse(500, { error: { code: 'generic_error_support', message, payload: context.ids.uuid() } });
    };
}

/** Unknown GET: the page of the dashboard, here the status page. Anything else: Express's own 404 (contract 1). */
export function answerUnknown(statusPage: () => Response): NotFoundHandler<AppEnv> {
    return (c) =>
        ['GET', 'HEAD'].includes(c.req.method)
            ? uncached(statusPage())
            : expressNotFound(c.req.raw.method, splitUrl(c.req.url).pathname);
}

/** As the dashboard's page is sent for a path that is nobody's (contract 1). */
function uncached(page: Response): Response {
    page.headers.set('Cache-Control', 'no-cache, private');
    return page;
}
