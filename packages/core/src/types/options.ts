import type { Hooks, Logger, LogLevel } from './hooks.js';

/** A Node HTTP agent, as far as this client looks at it: `http.Agent`, `https.Agent` and proxy agents fit. */
export interface AgentLike {
    destroy?(): void;
}

/** When and how often a failed call is repeated. */
export interface RetryOptions {
    /** Repeats after the first attempt. Waits for Nango's own rate limit don't count. @default 3 */
    limit?: number | undefined;
    /** Upper bound of the first wait in ms; doubles with each repeat; each wait is random, between 0 and it. @default 500 */
    baseDelay?: number | undefined;
    /** Upper bound of any wait in ms. @default 20_000 */
    maxDelay?: number | undefined;
    /**
     * How long calls wait for a server that has answered before and can't be reached now (refused, no route, no DNS), in ms from its
     * first failure; 0 for not at all. Nothing was sent then, so every call may wait, and these waits don't count for `limit`.
     * See docs/resilience.md. @default 20_000
     */
    outage?: number | undefined;
}

/** How calls wait for the account's rate limit. */
export interface RateLimitOptions {
    /** The longest single wait, in ms; if the limit asks for more, the call fails at once. 0 never waits. @default 65_000 */
    maxWait?: number | undefined;
    /** How many calls may wait at a time; one more fails at once. @default Infinity */
    maxQueue?: number | undefined;
    /** Shares the limit between processes: see `@x/core/redis`. @default within this process */
    store?: RateLimitStore | undefined;
    /** Shares nothing with other clients of this process. @default false */
    isolated?: boolean | undefined;
}

/** The parts of {@link RateLimitOptions} that one call may set. */
export type CallRateLimitOptions = Pick<RateLimitOptions, 'maxWait'>;

/** Keeps the state of a rate limit outside the process. Made by `@x/core/redis`. */
export interface RateLimitStore {
    /** Opaque to callers; the gate asks it for permits. */
    name: string;
}

/** Keeps answers that hold tokens for a short time. */
export interface TokenCacheOptions {
    /** How long an answer is kept at most, in ms, up to 300_000 (Nango recommends no more than 5 minutes). @default 300_000 */
    maxAge?: number | undefined;
    /** Where answers are kept. @default in memory, 1,000 entries */
    store?: TokenStore | undefined;
    /**
     * How long to wait for the store at a time, in ms. If it takes longer or fails, the token is read from Nango.
     * @default 500
     */
    storeTimeout?: number | undefined;
}

/**
 * Storage of a token cache. Values are JSON text and hold credentials: encrypt them if the store is not yours alone. A value that
 * can't be read, an error and a wait of more than {@link TokenCacheOptions.storeTimeout} count as absent.
 */
export interface TokenStore {
    get(key: string): Promise<string | undefined> | string | undefined;
    /** @param maxAge ms after which the entry must be gone */
    set(key: string, value: string, maxAge: number): Promise<void> | void;
    delete(key: string): Promise<void> | void;
}

/**
 * The key: one of two members, and not both. Either may be `undefined`, as an environment variable may; a client made without a key
 * throws.
 */
export type NangoKey =
    | {
          /** Environment API key (a UUID). */
          apiKey: string | undefined;
          secretKey?: undefined;
      }
    | {
          apiKey?: undefined;
          /**
           * Older name of `apiKey`; also the key for webhook signatures when `webhookSigningKey` is absent.
           *
           * @deprecated use `apiKey`, and `webhookSigningKey` if you check webhooks
           */
          secretKey: string | undefined;
      };

/** Options of every client: the key, and {@link NangoSettings}. The object is read once and never changed. */
export type NangoOptions = NangoSettings & NangoKey;

/** Options of every client, except the key. */
export interface NangoSettings {
    /** Base URL of the API; may have a path. @default 'https://api.nango.dev' */
    host?: string | undefined;
    /** Key of webhook signatures. Not the API key. */
    webhookSigningKey?: string | undefined;
    /** Default connection of proxy calls. */
    connectionId?: string | undefined;
    /** Default integration of proxy calls. */
    providerConfigKey?: string | undefined;
    /** Marks calls as made by a sync. @default false */
    isSync?: boolean | undefined;
    /** Marks calls as made by a script: needs an internal script secret as key. @default false */
    isScript?: boolean | undefined;
    /** Marks calls as a dry run. @default false */
    dryRun?: boolean | undefined;
    /** Attaches proxy calls to a log operation. */
    activityLogId?: string | undefined;
    /**
     * Time for one attempt in ms, to the end of the answer's body. For streams: to the headers, and then between chunks.
     * `false` for none. @default 30_000; proxy 300_000; actions 960_000
     */
    timeout?: number | false | undefined;
    /** Time for the whole call in ms, waits and repeats included. `false` for none. @default false */
    totalTimeout?: number | false | undefined;
    /**
     * The most bytes that an answer may have once it is decompressed; a longer one is a `NangoResponseError`. Streams have no limit.
     * @default 268_435_456 (256 MiB)
     */
    maxResponseSize?: number | undefined;
    /** Repeats of failed calls; `false` for none. */
    retry?: RetryOptions | false | undefined;
    /** Waiting for the account's rate limit; `false` fails at the first 429. */
    rateLimit?: RateLimitOptions | false | undefined;
    /** Keeps tokens in memory (or a store) for up to 5 minutes. @default false */
    tokenCache?: TokenCacheOptions | false | undefined;
    /** Sends requests with this `fetch` instead of `node:http`. */
    fetch?: typeof globalThis.fetch | undefined;
    /** Agent for `http:` hosts; Node only. @default a shared keep-alive agent, or the proxy that the environment names */
    httpAgent?: AgentLike | undefined;
    /** Agent for `https:` hosts; Node only. */
    httpsAgent?: AgentLike | undefined;
    /**
     * The most connections that are open to the server at once, through the client's own agents; Node only. The calls of a burst that has none
     * left wait for one, which costs less than more TLS handshakes: 25 to 50 is a good value. Clients with the same value share their
     * connections. Refused beside an agent, which has its own, and beside `fetch`.
     *
     * @default Infinity
     * @see docs/tls-bursts.md
     */
    maxSockets?: number | undefined;
    /** Headers added to every call of Nango; not `Authorization` or `Nango-*`. */
    headers?: Record<string, string> | undefined;
    /** Added to the User-Agent. */
    userAgent?: string | undefined;
    hooks?: Hooks | readonly Hooks[] | undefined;
    /** Where to write what an operator should see: `console`, pino, winston or the like. @default nothing is written */
    logger?: Logger | undefined;
    /** How much the logger gets: `off`, `error`, `warn`, `info` or `debug`. @default 'warn' */
    logLevel?: LogLevel | undefined;
    /** Allows construction in a browser page, which publishes the key to everyone who opens it. @default false */
    dangerouslyAllowBrowser?: boolean | undefined;
}

/** Second constructor argument of `@nangohq/node`. `interceptors` is refused: use {@link NangoOptions.hooks}. */
export interface LegacyOptions {
    userAgent?: string | undefined;
    httpsAgent?: AgentLike | undefined;
    interceptors?: undefined;
}

/** Options of one call; they win over the client's. */
export interface CallOptions {
    /** Cancels the call: its promise rejects with the signal's reason. */
    signal?: AbortSignal | undefined;
    /** See {@link NangoOptions.timeout}. */
    timeout?: number | false | undefined;
    /** See {@link NangoOptions.totalTimeout}. */
    totalTimeout?: number | false | undefined;
    /** See {@link NangoOptions.maxResponseSize}. */
    maxResponseSize?: number | undefined;
    retry?: RetryOptions | false | undefined;
    rateLimit?: CallRateLimitOptions | false | undefined;
    /** Headers for Nango; not `Authorization` or `Nango-*`. */
    headers?: Record<string, string> | undefined;
}
