import { platform } from '#platform';
import { NangoConfigError } from '../errors/config-error.js';
import { HookRunner } from '../hooks/hook-runner.js';
import { LogWriter } from '../hooks/log-writer.js';
import { createOriginState } from '../outage/origin-state.js';
import { type AccountState, newAccountState } from '../pipeline/account-state.js';
import { type PipelineClient, send } from '../pipeline/pipeline.js';
import { type GateOptions, gateOptions } from '../rate-limit/rate-limit-options.js';
import { type RateLimitStatus, rateLimitStatus } from '../rate-limit/rate-limit-status.js';
import { Redactor } from '../redaction/redactor.js';
import { checkCallerHeaders } from '../request/headers.js';
import { readMembers } from '../request/known-members.js';
import { TokenCache } from '../token-cache/token-cache.js';
import type { CallInput } from '../types/call-input.js';
import type { Operation } from '../types/operation.js';
import type { CallOptions, LegacyOptions, NangoOptions } from '../types/options.js';
import type { NangoResponse } from '../types/response.js';
import type { ServerBase } from '../types/server-base.js';
import type { RequestHeaders, Transport } from '../types/transport.js';
import type { ClientPort } from './call.js';
import { accountState } from './registry.js';
import {
    checkKey,
    checkOptions,
    checkShape,
    checkUserAgent,
    knownOptions,
    parseHost,
    prodHost,
    type Settings,
    trimSlashes,
} from './settings.js';

/** What a client keeps: settings that may change, and what is worked out from them once. */
export class ClientState implements ClientPort, PipelineClient {
    readonly options: NangoOptions;
    readonly settings: Settings;
    readonly hooks: HookRunner | undefined;
    readonly gate: GateOptions;
    #tokens: TokenCache | undefined;
    #accounts: Record<string, AccountState> = {};
    /** What an isolated client knows of its server. */
    #ownOrigin = createOriginState();
    #base: ServerBase;
    #headers: RequestHeaders | undefined;
    #redactor: Redactor | undefined;
    #transport: Transport | undefined;
    readonly #ownHeaders: RequestHeaders;

    /** @throws {NangoConfigError} */
    constructor(given: NangoOptions, legacy: LegacyOptions | undefined, product: string) {
        checkShape(given, legacy);
        // Read once, whoever wrote them: members may be getters, or a prototype's.
        const options = readMembers(given, knownOptions);
        checkOptions(options, legacy);
        refuseBrowser(options);
        const host = options.host || prodHost;
        checkUserAgent(options.userAgent ?? legacy?.userAgent);
        const httpsAgent = options.httpsAgent ?? legacy?.httpsAgent;
        this.options = { ...options, httpsAgent };
        const log = options.logger && new LogWriter(options.logger, options.logLevel ?? 'warn');
        this.gate = gateOptions(options.rateLimit, log);
        this.#ownHeaders = readHeaders(options.headers);
        this.#base = parseHost(host);
        const hooks = (Array.isArray(options.hooks) ? options.hooks : [options.hooks]).filter((one) => one !== undefined);
        this.hooks = hooks.length > 0 || log ? new HookRunner(hooks, log) : undefined;
        const extra = options.userAgent ?? legacy?.userAgent;
        this.settings = this.#watch({
            apiKey: (options.apiKey || options.secretKey) as string,
            secretKey: options.secretKey || undefined,
            serverUrl: trimSlashes(host),
            webhookSigningKey: options.webhookSigningKey,
            connectionId: options.connectionId,
            providerConfigKey: options.providerConfigKey,
            isSync: options.isSync ?? false,
            isScript: options.isScript ?? false,
            dryRun: options.dryRun ?? false,
            activityLogId: options.activityLogId,
            // Reads only what every runtime shows without a permission.
            userAgent: `${product} (${platform.runtime()})${extra ? `; ${extra}` : ''}`,
        });
    }

    get base(): ServerBase {
        return this.#base;
    }

    get transport(): Transport {
        this.#transport ??= platform.createTransport(this.options);
        return this.#transport;
    }

    /**
     * What all clients of this account share, for each of the buckets that the server counts it in. A promise only where hashing
     * takes one, and only for this client's first calls.
     */
    account(bucket?: Operation['bucket']): AccountState | Promise<AccountState> {
        const accounts = this.#accounts;
        const name = bucket ?? '';
        const known = accounts[name];
        if (known) return known;
        const { apiKey, isScript } = this.settings;
        const { isolated, store } = this.options.rateLimit || {};
        const hash = platform.sha256(
            JSON.stringify([this.#base.origin + this.#base.path, apiKey, isScript].concat(bucket ?? [])),
        );
        // A gate that leases its permits from a store is another than one that does not.
        const open = (key: string) => {
            const suffix = store ? ` ${store.name}` : '';
            accounts[name] ??= isolated
                ? newAccountState(key, undefined, undefined, this.#ownOrigin)
                : accountState(key + suffix, key, this.#base.origin);
            return accounts[name];
        };
        return typeof hash === 'string' ? open(hash) : hash.then(open);
    }

    get cached(): ClientPort['cached'] {
        const { tokenCache } = this.options;
        if (!tokenCache) return undefined;
        this.#tokens ??= new TokenCache(tokenCache);
        const tokens = this.#tokens;
        const total = (options?: CallOptions) => (options?.totalTimeout ?? this.options.totalTimeout) || undefined;
        const name = async (of: readonly string[]) => platform.sha256(JSON.stringify([(await this.account()).key, of]));
        return {
            read: async (read) => tokens.read(await name(read.of), read, total(read.options)),
            forget: async (of, options, begunAt = Date.now()) => {
                const limit = total(options);
                const deadline = limit === undefined ? undefined : begunAt + limit;
                return tokens.forget(await name(of), { signal: options?.signal, deadline });
            },
        };
    }

    get rateLimit(): RateLimitStatus {
        const account = this.account();
        return rateLimitStatus(account instanceof Promise ? undefined : account.gate);
    }

    /** The headers that every call carries, made once. */
    get headers(): RequestHeaders {
        if (!this.#headers) {
            const { apiKey, isSync, isScript, dryRun } = this.settings;
            const headers: RequestHeaders = {
                accept: 'application/json, text/plain, */*',
                'user-agent': this.settings.userAgent,
                ...this.#ownHeaders,
                authorization: `Bearer ${apiKey}`,
            };
            // Only sent when true, as the vendor's client does: `Nango-Is-Script` changes which keys the server accepts (contract 2.1).
            if (isSync) headers['nango-is-sync'] = 'true';
            if (isScript) headers['nango-is-script'] = 'true';
            if (dryRun) headers['nango-is-dry-run'] = 'true';
            this.#headers = headers;
        }
        return this.#headers;
    }

    get redactor(): Redactor {
        const { apiKey, secretKey, webhookSigningKey } = this.settings;
        this.#redactor ??= new Redactor([apiKey, secretKey, webhookSigningKey]);
        return this.#redactor;
    }

    send<T>(operation: Operation, input: CallInput): Promise<NangoResponse<T>> {
        return send<T>(this, operation, input);
    }

    /** The vendor's fields are writable: a new value is checked, and what was made from the old one is made anew. */
    #watch(values: Settings): Settings {
        const watched = {} as Settings;
        for (const name of Object.keys(values) as (keyof Settings)[]) {
            Object.defineProperty(watched, name, {
                enumerable: true,
                get: () => values[name],
                set: (value: never) => {
                    if (name === 'apiKey' || (name === 'secretKey' && value !== undefined)) checkKey(value, name);
                    if (name === 'serverUrl') this.#base = parseHost(value);
                    if (name === 'userAgent') checkUserAgent(value);
                    values[name] = name === 'serverUrl' ? (trimSlashes(value) as never) : value;
                    this.#headers = undefined;
                    this.#redactor = undefined;
                    this.#accounts = {};
                    if (name === 'serverUrl') this.#ownOrigin = createOriginState();
                },
            });
        }
        return watched;
    }
}

/** @throws {NangoConfigError} for headers that no call may add */
function readHeaders(headers: NangoOptions['headers']): RequestHeaders {
    try {
        return headers ? checkCallerHeaders(headers, 'new Nango') : {};
    } catch (error) {
        throw new NangoConfigError((error as Error).message);
    }
}

function refuseBrowser(options: NangoOptions): void {
    const { window, document } = globalThis as { window?: unknown; document?: unknown };
    if (options.dangerouslyAllowBrowser || window === undefined || document === undefined) return;
    throw new NangoConfigError(
        'This page would publish your Nango API key to everyone who opens it. Call Nango from your back end, and use a connect session token with @nangohq/frontend in the browser. ' +
            'If this is a test that only looks like a browser, pass dangerouslyAllowBrowser: true',
    );
}
