import { NangoConfigError } from '../errors/config-error.js';
import { isLogLevel } from '../hooks/log-writer.js';
import { checkSize, checkTimeout } from '../pipeline/check-limits.js';
import { checkRateLimit } from '../rate-limit/rate-limit-options.js';
import { type KnownMembers, unknownMember } from '../request/known-members.js';
import { checkRetry } from '../retry/retry-policy.js';
import { checkTokenCache } from '../token-cache/token-cache-options.js';
import type { Hooks } from '../types/hooks.js';
import type { LegacyOptions, NangoOptions } from '../types/options.js';
import type { ServerBase } from '../types/server-base.js';

/** Where calls go when no host is given. */
export const prodHost = 'https://api.nango.dev';

/** What the vendor's client keeps as fields. They may be set after construction. */
export interface Settings {
    apiKey: string;
    secretKey: string | undefined;
    serverUrl: string;
    webhookSigningKey: string | undefined;
    connectionId: string | undefined;
    providerConfigKey: string | undefined;
    isSync: boolean;
    isScript: boolean;
    dryRun: boolean;
    activityLogId: string | undefined;
    userAgent: string;
}

/** Every option of a client. */
export const knownOptions: KnownMembers<NangoOptions> = {
    apiKey: true,
    secretKey: true,
    host: true,
    webhookSigningKey: true,
    connectionId: true,
    providerConfigKey: true,
    isSync: true,
    isScript: true,
    dryRun: true,
    activityLogId: true,
    timeout: true,
    totalTimeout: true,
    maxResponseSize: true,
    retry: true,
    rateLimit: true,
    tokenCache: true,
    fetch: true,
    httpAgent: true,
    httpsAgent: true,
    maxSockets: true,
    headers: true,
    userAgent: true,
    hooks: true,
    logger: true,
    logLevel: true,
    dangerouslyAllowBrowser: true,
};

const knownLegacyOptions: KnownMembers<LegacyOptions> = { userAgent: true, httpsAgent: true, interceptors: true };

/**
 * Checks what a client is made of, before it is read.
 *
 * @throws {NangoConfigError} for anything but an object, and for unknown members
 */
export function checkShape(options: unknown, legacy: object | undefined): void {
    if (typeof options !== 'object' || options === null) {
        throw new NangoConfigError('The client needs an options object, e.g. { apiKey: process.env.NANGO_API_KEY }');
    }
    const unknown =
        unknownMember(options, knownOptions, "the client's options") ??
        (legacy ? unknownMember(legacy, knownLegacyOptions, "the members of the client's second argument") : undefined);
    if (unknown) throw new NangoConfigError(unknown);
}

const knownHooks: KnownMembers<Hooks> = {
    onRequest: true,
    onResponse: true,
    onRetry: true,
    onRateLimit: true,
    onError: true,
    aroundCall: true,
};

/** Hooks may keep things of their own: only near misses are refused. */
function checkHooks(hooks: NangoOptions['hooks']): void {
    for (const one of [hooks].flat()) {
        if (typeof one !== 'object' || one === null) continue;
        const unknown = unknownMember(one, knownHooks, 'the hooks', true);
        if (unknown) throw new NangoConfigError(unknown);
    }
}

/**
 * Checks the options that must be right before a client exists.
 *
 * @throws {NangoConfigError} never repeats a key
 */
export function checkOptions(options: NangoOptions, legacy: LegacyOptions | undefined): void {
    const { apiKey, secretKey } = options;
    // An empty one, as an unset variable gives, is none.
    if (apiKey && secretKey) {
        throw new NangoConfigError('Give `apiKey` or `secretKey`, not both: they are two names of one key');
    }
    const older = apiKey ? false : Boolean(secretKey) || (apiKey === undefined && secretKey !== undefined);
    checkKey(older ? secretKey : apiKey, older ? 'secretKey' : 'apiKey');
    if (legacy && 'interceptors' in legacy && legacy.interceptors !== undefined) {
        throw new NangoConfigError(
            '`interceptors` belong to axios, which this client does not use: pass `hooks` ({ onRequest, onResponse, onError, … }) instead',
        );
    }
    for (const name of ['timeout', 'totalTimeout'] as const) checkTimeout(options[name], name);
    checkSize(options.maxResponseSize);
    checkMaxSockets(options, options.httpsAgent ?? legacy?.httpsAgent);
    checkRetry(options.retry);
    checkRateLimit(options.rateLimit);
    checkTokenCache(options.tokenCache);
    checkHooks(options.hooks);
    checkLogger(options);
}

function checkMaxSockets({ maxSockets, fetch, httpAgent }: NangoOptions, httpsAgent: unknown): void {
    if (maxSockets === undefined) return;
    if (!(Number.isInteger(maxSockets) || maxSockets === Number.POSITIVE_INFINITY) || maxSockets < 1)
        throw new NangoConfigError('`maxSockets` must be a whole number of connections, 1 or more');
    const other = fetch ? 'fetch' : httpsAgent ? 'httpsAgent' : httpAgent ? 'httpAgent' : undefined;
    if (other) throw new NangoConfigError(`\`maxSockets\` does not reach \`${other}\`: set the limit in \`${other}\``);
}

function checkLogger({ logger, logLevel }: NangoOptions): void {
    if (logger !== undefined && ((typeof logger !== 'object' && typeof logger !== 'function') || logger === null))
        throw new NangoConfigError('`logger` must be an object with methods debug, info, warn and error, e.g. console');
    if (logLevel !== undefined && !isLogLevel(logLevel))
        throw new NangoConfigError("`logLevel` must be 'off', 'error', 'warn', 'info' or 'debug'");
}

/** @throws {NangoConfigError} */
export function checkUserAgent(value: unknown): void {
    if (value === undefined) return;
    if (typeof value !== 'string') throw new NangoConfigError('`userAgent` must be a string, e.g. billing/2.1');
    if (!/^[\x20-\x7e\x80-\xff]*$/.test(value) || /[\x80-\x9f]/.test(value)) {
        throw new NangoConfigError('`userAgent` holds a line break, a control character or another that no header can carry');
    }
}

/** @throws {NangoConfigError} */
export function checkKey(key: unknown, name: string): asserts key is string {
    if (key === undefined || key === null || key === '') {
        throw new NangoConfigError(
            `\`${name}\` is missing: pass the environment's API key, e.g. { ${name}: process.env.NANGO_API_KEY }`,
        );
    }
    if (typeof key !== 'string') throw new NangoConfigError(`\`${name}\` must be a string`);
    if (!/^[\x21-\x7e]+$/.test(key)) {
        throw new NangoConfigError(
            `\`${name}\` holds a space, a line break or another character that no header can carry; was it read from a file with its newline?`,
        );
    }
}

/**
 * Takes a host apart.
 *
 * @throws {NangoConfigError} for what is not an http(s) URL, and for one with user-info, a query or a fragment
 */
export function parseHost(host: unknown): ServerBase {
    let url: URL;
    try {
        if (typeof host !== 'string') throw new TypeError();
        url = new URL(host);
    } catch {
        throw new NangoConfigError('`host` must be an absolute URL, e.g. https://api.nango.dev or http://localhost:3003');
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw new NangoConfigError(`\`host\` must be an http: or https: URL, not ${url.protocol}`);
    if (url.username || url.password)
        throw new NangoConfigError('`host` must not hold a user name or password; the key goes in `apiKey`');
    if (url.search || url.hash) throw new NangoConfigError('`host` must not have a query or a fragment');
    return {
        origin: url.origin,
        protocol: url.protocol,
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port,
        path: trimSlashes(url.pathname),
    };
}

/** A URL or path without slashes at its end. */
export function trimSlashes(url: string): string {
    let end = url.length;
    while (url[end - 1] === '/') end--;
    return url.slice(0, end);
}
