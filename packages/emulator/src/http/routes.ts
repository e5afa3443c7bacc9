import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { AuthResult, RouteAuth } from '../auth/auth-result.js';
import { authenticate, authorize } from '../auth/authenticate.js';
import { readGiven } from '../base/read-given.js';
import type { EmulatorContext } from '../context.js';
import { ContractError } from '../errors/contract-error.js';
import { ValidationError, type ValidationGroup } from '../errors/validation-error.js';
import type { Environment } from '../state/environment.js';
import { checkWebhookOverride } from '../webhooks/webhook-policy.js';
import type { App, AppContext, AppEnv } from './app-env.js';
import { asCalled } from './as-called.js';
import { headersFor } from './headers-for.js';
import { jsonResponse } from './json-response.js';
import { refuseStrangers } from './origin-guard.js';
import { parseQuery } from './parse-query.js';
import { splitUrl } from './split-url.js';

type Schema = z.ZodType;
type Output<S> = S extends Schema ? z.output<S> : unknown;

/** The groups of a request in the order in which they are checked; the first that fails is the only one reported. */
export type CheckedGroup = 'query' | 'headers' | 'body' | 'params';
const usualOrder: readonly CheckedGroup[] = ['query', 'headers', 'body', 'params'];
const groupNames: Record<CheckedGroup, ValidationGroup> = {
    query: 'query_params',
    headers: 'headers',
    body: 'body',
    params: 'uri_params',
};

/** All that is known about a route: what the pipeline needs, and what the OpenAPI description says. */
export interface RouteSpec<Q, B, P, H> {
    method: 'get' | 'post' | 'put' | 'patch' | 'delete';
    /** In Hono's form: `/connections/:connectionId`. */
    path: string;
    /** The name of the operation, unique: the client's method where there is one. */
    operation: string;
    /** The section of the contract that it implements. */
    contract: string;
    summary: string;
    auth: RouteAuth;
    /** No query key is allowed when it is missing; `'any'` accepts all and checks nothing. */
    query?: Q | 'any';
    /** The body is not looked at when it is missing. */
    body?: B;
    params?: P;
    headers?: H;
    order?: readonly CheckedGroup[];
    /** Statuses of success and what they carry; null for an empty answer. */
    success: Record<number, Schema | null>;
    /** Codes of the route's own errors by status; those that every route has are added to the description. */
    errors?: Record<number, readonly string[]>;
    deprecated?: boolean;
    /** Part of the emulator's control surface rather than of the API. */
    control?: boolean;
}

/** A request that passed all checks. */
export interface Call<Q, B, P, H> {
    c: AppContext;
    auth: AuthResult | null;
    /** The environment of the key or session; the first one on routes without either. */
    environment: Environment;
    query: Output<Q>;
    body: Output<B>;
    params: Output<P>;
    headers: Output<H>;
}

/** What a handler returns when the status is not 200 or headers are needed. */
export class Reply {
    constructor(
        readonly status: number,
        readonly body: unknown,
        readonly headers: Record<string, string> = {},
    ) {}
}

export type AnyRouteSpec = RouteSpec<Schema | undefined, Schema | undefined, Schema | undefined, Schema | undefined>;

const emptyQuery = z.strictObject({});

/** Where resources register their routes. */
export class Routes {
    /** Every route added, for the OpenAPI description and the tests that walk over all of them. */
    readonly list: AnyRouteSpec[] = [];

    /** For what doesn't fit a spec: `routes.hono.all('/proxy/*', routes.guard('proxy', keyWith('environment:proxy')), …)`. */
    readonly hono: App;
    readonly #context: EmulatorContext;

    constructor(hono: App, context: EmulatorContext) {
        this.hono = hono;
        this.#context = context;
    }

    /** Authentication, rate limit and scope check, in this order (contract 1.2), as Hono middleware. */
    guard(operation: string, auth: RouteAuth): MiddlewareHandler<AppEnv> {
        return async (c, next) => {
            c.set('operation', operation);
            this.#admit(c, auth);
            await next();
        };
    }

    /** Add a route. The handler returns the 200 body, a {@link Reply} or a Response; it throws {@link ContractError}s. */
    add<
        Q extends Schema | undefined = undefined,
        B extends Schema | undefined = undefined,
        P extends Schema | undefined = undefined,
        H extends Schema | undefined = undefined,
    >(spec: RouteSpec<Q, B, P, H>, handler: (call: Call<Q, B, P, H>) => unknown): void {
        this.list.push(spec as unknown as AnyRouteSpec);
        this.hono.on(spec.method.toUpperCase(), spec.path, async (c) => {
            c.set('operation', asCalled(spec.operation, c.req.raw));
            const auth = this.#admit(c, spec.auth);
            const checked = this.#check(c, spec as unknown as AnyRouteSpec);
            const environment = auth?.environment ?? this.#context.store.environment;
            const result = await handler({ c, auth, environment, ...checked } as Call<Q, B, P, H>);
            if (result instanceof Response) return result;
            if (result instanceof Reply) return jsonResponse(result.status, result.body, result.headers);
            return jsonResponse(200, result);
        });
    }

    /** Put a route that is registered on Hono itself into the description, and under its name into the matching of faults. */
    describe<
        Q extends Schema | undefined,
        B extends Schema | undefined,
        P extends Schema | undefined,
        H extends Schema | undefined,
    >(spec: RouteSpec<Q, B, P, H>): void {
        this.list.push(spec as unknown as AnyRouteSpec);
    }

    #admit(c: AppContext, auth: RouteAuth): AuthResult | null {
        const who = authenticate(this.#context, auth, c.req.raw.headers);
        if (who?.kind === 'key') refuseStrangers(c.req.raw, this.#context.options.allowedOrigins);
        c.set('auth', who);
        if (who) this.limit(c, who);
        authorize(auth, who);
        return who;
    }

    /** Count the request. Buckets: API keys, scripts and sessions each have their own (contract 3). */
    limit(c: AppContext, who: AuthResult): void {
        const bucket = who.kind === 'session' ? 'session' : who.key.kind === 'script' ? 'api-script' : 'api';
        this.count(c, bucket);
    }

    /** Count the request on a bucket. @throws ContractError 429 */
    count(c: AppContext, bucket: string): void {
        const verdict = this.#context.limiter.consume(bucket);
        if (!verdict) return;
        c.set('rateLimitHeaders', verdict.headers);
        if (!verdict.allowed) throw tooManyRequests(c);
    }

    #check(c: AppContext, spec: AnyRouteSpec): Record<CheckedGroup, unknown> {
        const checked: Record<CheckedGroup, unknown> = {
            query: undefined,
            body: undefined,
            params: undefined,
            headers: undefined,
        };
        for (const group of spec.order ?? usualOrder) {
            if (group === 'query' && spec.query === 'any') {
                checked.query = parseQuery(c.req.url);
                continue;
            }
            const schema = group === 'query' ? ((spec.query as Schema | undefined) ?? emptyQuery) : spec[group];
            if (spec.control && group === 'body') {
                checked[group] = ownBody(schema, this.#input(c, group));
                continue;
            }
            if (!schema) {
                checked[group] = group === 'params' ? c.req.param() : group === 'body' ? c.get('body') : undefined;
                continue;
            }
            const result = schema.safeParse(this.#input(c, group, schema));
            if (!result.success) throw ValidationError.from(groupNames[group], result.error);
            if (group === 'body') checkWebhookOverride(this.#context, result.data);
            checked[group] = result.data;
        }
        return checked;
    }

    #input(c: AppContext, group: CheckedGroup, schema?: Schema): unknown {
        if (group === 'query') return parseQuery(c.req.url);
        if (group === 'body') return c.get('body');
        if (group === 'params') return c.req.param();
        return headersFor(schema, c.req.raw.headers);
    }
}

/** The argument of a control call: unlike the API's bodies it is checked with advice. @throws ValidationError */
function ownBody(schema: Schema | undefined, given: unknown): unknown {
    const refuse = (message: string) => new ValidationError('body', [{ code: 'custom', path: [], message }]);
    if (!schema) {
        if (typeof given === 'object' && given !== null && Object.keys(given).length > 0) throw refuse('this call takes no body');
        return undefined;
    }
    if (given === undefined) throw refuse('a body is missing: send JSON, with Content-Type: application/json');
    const { data, issues } = readGiven(schema, given);
    if (issues)
        throw new ValidationError(
            'body',
            issues.map((issue) => ({ code: 'custom', ...issue })),
        );
    return data;
}

/** 429 as the server words it: the code is singular, and there is no message (contract 3). */
export function tooManyRequests(c: AppContext): ContractError {
    const path = splitUrl(c.req.url).pathname;
    return new ContractError(429, { error: { code: 'too_many_request', method: c.req.method, path } });
}
