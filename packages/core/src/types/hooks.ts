import type { HttpMethod } from './operation.js';
import type { RequestProgress } from './transport.js';

/** What is known of a call before it is sent. One object for each call: the same in all of its events. */
export interface CallInfo {
    /** The client's method, e.g. `getConnection`. */
    readonly operation: string;
    readonly method: HttpMethod;
    /** Path template, e.g. `/connections/{connectionId}`: never an id or a query. */
    readonly path: string;
    /** Origin of the server, e.g. `https://api.nango.dev`. */
    readonly origin: string;
}

/** About to send one attempt; `attempt` starts at 1. */
export interface RequestEvent {
    readonly call: CallInfo;
    readonly attempt: number;
}

/** One attempt was answered, whatever the status. */
export interface ResponseEvent {
    readonly call: CallInfo;
    readonly attempt: number;
    readonly status: number;
    /** From sending to the answer's headers, in ms. */
    readonly duration: number;
    readonly requestId: string | undefined;
    /** Requests that the account's window takes and has left, as the answer says. */
    readonly limit: number | undefined;
    readonly remaining: number | undefined;
}

/** An attempt failed and will be repeated after `wait` ms. */
export interface RetryEvent {
    readonly call: CallInfo;
    /** The attempt that failed. */
    readonly attempt: number;
    readonly wait: number;
    /** The status answered, or how far the request had come when the connection failed. */
    readonly cause: { readonly status: number } | { readonly progress: RequestProgress; readonly code: string | undefined };
}

/** A call waits for the account's rate limit. */
export interface RateLimitEvent {
    readonly call: CallInfo;
    /** How long, in ms. */
    readonly wait: number;
    /** Before the request was sent (`paced`), or because the API answered 429 (`rejected`). */
    readonly reason: 'paced' | 'rejected';
    readonly limit: number | undefined;
    readonly remaining: number | undefined;
    readonly resetAt: Date | undefined;
    /** Calls of this process that wait for the account's limit, this one included. */
    readonly waiting: number;
}

/** The call failed for good; its promise rejects with `error`. */
export interface ErrorEvent {
    readonly call: CallInfo;
    readonly error: unknown;
    /** From the first wait to the failure, in ms. */
    readonly duration: number;
}

/**
 * Functions that are called during a call. They are not awaited, and one that throws or rejects can't fail the call. Events hold no ids,
 * no bodies and no secrets.
 */
export interface Hooks {
    onRequest?(event: RequestEvent): void;
    onResponse?(event: ResponseEvent): void;
    onRetry?(event: RetryEvent): void;
    onRateLimit?(event: RateLimitEvent): void;
    onError?(event: ErrorEvent): void;
    /**
     * Runs around the whole call, waits and retries included: for spans. Calls `run` once and resolves to its result. The call's outcome
     * is that of `run` whatever the hook does; without `run` for 10 s, the call is made without it.
     */
    aroundCall?<T>(call: CallInfo, run: () => Promise<T>): Promise<T>;
}

/**
 * How much a logger gets: `off`, then each level adds to the one before. `error`: a call that failed for good, a hook that threw. `warn`: a
 * used-up rate limit or a dead store, once when it begins and once when it ends. `info`: repeats. `debug`: each request, answer and wait.
 */
export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

/**
 * Where the client writes what an operator should see: a sentence, and an object with all facts. `console`, pino and winston fit.
 * No ids, bodies or secrets are written. A method that throws, rejects or hangs does not affect the call.
 */
export interface Logger {
    debug?(message: string, details?: Record<string, unknown>): void;
    info?(message: string, details?: Record<string, unknown>): void;
    warn?(message: string, details?: Record<string, unknown>): void;
    error?(message: string, details?: Record<string, unknown>): void;
}
