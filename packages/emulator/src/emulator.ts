/*
 * How this package is put together, for whoever adds to it.
 *
 * A resource is a folder: its rows (`<resource>-row.ts`, plain data), its schemas (zod: what comes in, what goes out), what it does, and
 * `register-<resource>.ts`, a function that adds routes with `routes.add(spec, handler)`. `integrations/` is the pattern. A spec says who
 * may call (`auth`), what is checked in which order, what succeeds with what, and which section of the contract it follows; the pipeline
 * in `http/routes.ts` does the rest in the order of contract 1.2. A handler returns the 200 body, `new Reply(status, body, headers)` or a
 * Response, and throws the classes of `errors/`; an integration or a connection is looked up with `state/look-up.ts`.
 *
 * Routes that don't fit a spec (the proxy takes every method and any body) use Hono itself: `routes.hono.all(path,
 * routes.guard(operation, keyWith('environment:proxy')), handler)`.
 *
 * State is plain data in `context.store`: a snapshot is its JSON. Time is `context.clock` and nothing else; random values are
 * `context.ids` and nothing else. Call `context.changed()` after a change of state. Scripts of pages are in the folders `browser/`; an
 * import that ends in `?script` is the text of such a script, bundled.
 */
import { Hono } from 'hono';
import { getPathNoStrict } from 'hono/utils/url';
import { ActionEngine } from './actions/action-engine.js';
import { ChangeFeed } from './base/change-feed.js';
import { Clock } from './base/clock.js';
import { IdSource } from './base/ids.js';
import type { StartedBy } from './base/started-by.js';
import { registerConnect } from './connect/register-connect.js';
import { SocketHub } from './connect/socket-hub.js';
import type { EmulatorContext } from './context.js';
import { EmulatorControl } from './control/emulator-control.js';
import { registerControl } from './control/register-control.js';
import { unknownControlRoute } from './control/unknown-control-route.js';
import { checkEmulatorOptions, type EmulatorOptions, resolveOptions } from './emulator-options.js';
import { FaultBoard } from './faults/fault-board.js';
import { injectFaults, resetMarker } from './faults/inject-faults.js';
import { Outage } from './faults/outage.js';
import { checkAction, checkSync } from './functions/check-definition.js';
import { deployDefined } from './functions/deploy.js';
import {
    type ActionDefinition,
    type ActionFunction,
    FunctionRegistry,
    type SyncDefinition,
} from './functions/function-registry.js';
import type { AppEnv } from './http/app-env.js';
import { canonicalPath } from './http/canonical-path.js';
import { answerErrors, answerUnknown, prepareRequest, recordRequest } from './http/middleware.js';
import { operationMatcher } from './http/operation-matcher.js';
import { Routes } from './http/routes.js';
import { fetchFailed, inProcessFetch } from './in-process-fetch.js';
import { registerOpenApi } from './openapi/register-openapi.js';
import { loadProviders } from './providers/load-providers.js';
import { registerProxy } from './proxy/register-proxy.js';
import { RateLimiter } from './rate-limit/rate-limiter.js';
import { registerApi } from './register-api.js';
import { resetState } from './seed/reset.js';
import { RequestLog } from './state/request-log.js';
import { Store } from './state/store.js';
import { Waits } from './state/waits.js';
import { registerStatusPage } from './status-page/register-status-page.js';
import { statusPage } from './status-page/status-page.js';
import { SyncEngine } from './syncs/sync-engine.js';
import { registerProviderWebhooks } from './webhooks/register-provider-webhooks.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import type { World } from './world.js';

/** Every part that registers routes. The order matters only where two paths match the same request. */
const registrations = [
    registerStatusPage,
    registerControl,
    registerOpenApi,
    registerApi,
    registerProviderWebhooks,
    registerProxy,
    registerConnect,
];

/** An emulator without a port: call it with `fetch`, or let `startEmulator` listen. */
export interface Emulator {
    /**
     * Answers in process whatever `fetch` is called with; give it to a client as it is: `new Nango({ apiKey, host: emulator.url, fetch: emulator.fetch })`.
     * The host of an address is not looked at. Redirects are left to the caller.
     */
    readonly fetch: typeof globalThis.fetch;
    /** Where the emulator is reached: the origin of the links in its answers, or where it listens. */
    readonly url: string;
    /**
     * Define a sync of an integration, which may not exist yet. Defining it again replaces it.
     * @throws TypeError when its name, model or frequency is one that the server would refuse
     */
    defineSync(integrationId: string, name: string, definition: SyncDefinition): this;
    /** Define an action of an integration, which may not exist yet: its function, or a definition that has one. */
    defineAction(integrationId: string, name: string, action: ActionFunction | ActionDefinition): this;
    /** Seed, reset, time, faults, logs: what a test does to the emulator rather than through its API. */
    readonly control: EmulatorControl;
    readonly apiKey: string;
    readonly webhookSigningKey: string;
    /** The parts inside, for tests of the emulator itself; may change in any release. */
    readonly context: EmulatorContext;
}

/** An emulator with its routes, and what a server hands requests to. */
export interface BuiltEmulator {
    emulator: Emulator;
    routes: Routes;
    /** @param env - Node's own objects of a request that came over a connection */
    answer(request: Request, env: AppEnv['Bindings']): Promise<Response>;
}

/**
 * Make an emulator in process: no port, no timers until something is due.
 * @throws TypeError when an option is unknown or wrong
 * @throws SeedError when the seed is
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
    return buildEmulator(checkEmulatorOptions(options)).emulator;
}

/** @param options - checked ones */
export function buildEmulator(options: EmulatorOptions, startedBy: StartedBy = 'library'): BuiltEmulator {
    const context = createContext(options, startedBy);
    const known: { path: string }[] = [];
    const canonical = canonicalPath(known);
    const hono = new Hono<AppEnv>({ getPath: (request) => canonical(getPathNoStrict(request)) });
    const routes = new Routes(hono, context);
    const operationOf = operationMatcher(routes);
    hono.use(recordRequest(context, operationOf));
    hono.use(injectFaults(context, operationOf));
    hono.use(prepareRequest(context));
    hono.onError(answerErrors(context));
    const unknown = answerUnknown(statusPage);
    hono.notFound((c) => unknownControlRoute(c.req.method, c.req.path, routes.list) ?? unknown(c));
    for (const register of registrations) register(routes, context);
    known.push(...routes.list);
    resetState(context);

    const answer = async (request: Request, env: AppEnv['Bindings']) => hono.fetch(request, env);
    const answerHere = async (request: Request) => {
        if (context.outage.active && !new URL(request.url).pathname.startsWith('/_emulator'))
            throw fetchFailed('ECONNREFUSED', 'connect ECONNREFUSED (the emulator is restarting)');
        const response = await answer(request, {});
        if (response.headers.has(resetMarker)) throw fetchFailed('ECONNRESET', 'the connection was reset (injected fault)');
        return response;
    };
    const fetch = inProcessFetch(answerHere, () => context.origin);
    const emulator: Emulator = {
        fetch,
        url: context.origin,
        defineSync(integrationId, name, definition) {
            checkSync(integrationId, name, definition);
            context.functions.define({ type: 'sync', integrationId, name, definition });
            deployDefined(context, context.store.environment, integrationId);
            return emulator;
        },
        defineAction(integrationId, name, action) {
            const definition = typeof action === 'function' ? { run: action } : action;
            checkAction(integrationId, name, definition);
            context.functions.define({ type: 'action', integrationId, name, definition });
            deployDefined(context, context.store.environment, integrationId);
            return emulator;
        },
        control: new EmulatorControl(context.origin, fetch),
        apiKey: context.options.apiKey,
        webhookSigningKey: context.options.webhookSigningKey,
        context,
    };
    return { emulator, routes, answer };
}

function createContext(given: EmulatorOptions, startedBy: StartedBy): EmulatorContext {
    const options = resolveOptions(given, startedBy);
    const clock = new Clock(options.frozenAt);
    const feed = new ChangeFeed();
    const waits = new Waits();
    const changed = () => {
        feed.changed();
        waits.look();
    };
    const store = new Store();
    const world: World = {
        options,
        clock,
        ids: new IdSource(options.idSeed),
        store,
        providers: loadProviders(given.providers),
        functions: new FunctionRegistry(),
        webhooks: new WebhookSender({ options, clock, store, changed }),
        limiter: new RateLimiter(clock, options.rateLimit),
        faults: new FaultBoard(),
        outage: new Outage(),
        requests: new RequestLog(),
        waits,
        origin: given.origin ?? 'http://localhost:3003',
        connectUrl: () => `${world.origin}/connect-ui/`,
        feed,
        changed,
    };
    // One object: whoever holds the world sees where the emulator listens.
    return Object.assign(world, { syncs: new SyncEngine(world), actions: new ActionEngine(world), sockets: new SocketHub() });
}
