import { NangoConfigError } from '../errors/config-error.js';
import { hide } from '../errors/nango-error.js';
import { type RateLimitStatus, rateLimitStatus } from '../rate-limit/rate-limit-status.js';
import type { LegacyOptions, NangoOptions } from '../types/options.js';
import { type ClientHandle, clientKey, clientPort } from './call.js';
import { ClientState } from './client-state.js';
import type { Settings } from './settings.js';

/**
 * What every resource class is built on: the options, and the fields of the vendor's client. All state hangs on one hidden
 * property, so that printing a client shows no key, and copied methods, `Object.create(client)` and `new Proxy(client, …)`
 * work.
 */
export class Client {
    /** Names the package in the User-Agent. */
    protected static readonly product: string = `@x/core/${__VERSION__}`;

    /**
     * @param options the client's options, or another client, whose connections, rate limit and hooks are then shared
     * @throws {NangoConfigError} when the options are wrong
     */
    constructor(options: NangoOptions | Client, legacy?: LegacyOptions) {
        const shared = (options as Partial<Record<typeof clientKey, unknown>> | undefined)?.[clientKey];
        if (shared !== undefined) {
            hide(this, clientKey, shared);
            return;
        }
        // With the first client, not when the module loads: what is never used can then be left out of a bundle.
        hideKeys();
        const state = new ClientState(options as NangoOptions, legacy, new.target.product);
        hide(this, clientKey, () => state);
    }

    /** Base URL of the API, without a slash at its end. */
    get serverUrl(): string {
        return read(this, 'serverUrl');
    }
    set serverUrl(value: string) {
        clientPort(this).settings.serverUrl = value;
    }

    get apiKey(): string {
        return read(this, 'apiKey');
    }
    set apiKey(value: string) {
        clientPort(this).settings.apiKey = value;
    }

    /** @deprecated use `apiKey` */
    get secretKey(): string | undefined {
        return read(this, 'secretKey');
    }
    set secretKey(value: string | undefined) {
        clientPort(this).settings.secretKey = value;
    }

    get webhookSigningKey(): string | undefined {
        return read(this, 'webhookSigningKey');
    }
    set webhookSigningKey(value: string | undefined) {
        clientPort(this).settings.webhookSigningKey = value;
    }

    /** Default connection of proxy calls. */
    get connectionId(): string | undefined {
        return read(this, 'connectionId');
    }
    set connectionId(value: string | undefined) {
        clientPort(this).settings.connectionId = value;
    }

    /** Default integration of proxy calls. */
    get providerConfigKey(): string | undefined {
        return read(this, 'providerConfigKey');
    }
    set providerConfigKey(value: string | undefined) {
        clientPort(this).settings.providerConfigKey = value;
    }

    get isSync(): boolean {
        return read(this, 'isSync');
    }
    set isSync(value: boolean) {
        clientPort(this).settings.isSync = value;
    }

    get isScript(): boolean {
        return read(this, 'isScript');
    }
    set isScript(value: boolean) {
        clientPort(this).settings.isScript = value;
    }

    get dryRun(): boolean {
        return read(this, 'dryRun');
    }
    set dryRun(value: boolean) {
        clientPort(this).settings.dryRun = value;
    }

    get activityLogId(): string | undefined {
        return read(this, 'activityLogId');
    }
    set activityLogId(value: string | undefined) {
        clientPort(this).settings.activityLogId = value;
    }

    get userAgent(): string {
        return read(this, 'userAgent');
    }
    set userAgent(value: string) {
        clientPort(this).settings.userAgent = value;
    }

    /**
     * The same client without the types of your integrations: it takes ids that come from a database, and type arguments.
     *
     * @example
     * ```ts
     * const { records } = await nango.untyped().listRecords<{ title: string }>(config);
     * ```
     * @see docs/typed-integrations.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: each class says what it is
    untyped(): any {
        return this;
    }

    /** What is known of the account's rate limit at this moment, without asking. */
    get rateLimit(): RateLimitStatus {
        const handle = (this as unknown as { [clientKey]?: ClientHandle })[clientKey];
        return handle?.().rateLimit ?? rateLimitStatus(undefined);
    }

    /** @deprecated this client has no axios instance: use `hooks` or `fetch` of the options. */
    get http(): never {
        throw noAxios();
    }
    set http(_instance: unknown) {
        throw noAxios();
    }

    /** What `console.log` shows under Node, Bun and Deno: no key. */
    [Symbol.for('nodejs.util.inspect.custom')](): string {
        return `${this.constructor.name} { serverUrl: '${this.serverUrl}' }`;
    }
}

// Tolerates the prototype itself, which test tools walk when they make automatic mocks.
function read<K extends keyof Settings>(client: Client, name: K): Settings[K] {
    const handle = (client as unknown as { [clientKey]?: () => { settings: Settings } })[clientKey];
    return handle?.().settings[name] as Settings[K];
}

/**
 * Moves the keys' accessors off `Client.prototype`, to an object that calls itself a plain one: `util.inspect` with `showHidden` and
 * `getters` reads the accessors of every class on the way, and stops at what is built in.
 */
function hideKeys(): void {
    const { prototype } = Client;
    if (!Object.hasOwn(prototype, 'apiKey')) return;
    const hidden = Object.create(Object.prototype, { constructor: { value: Object } });
    for (const name of ['apiKey', 'secretKey', 'webhookSigningKey']) {
        Object.defineProperty(hidden, name, Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor);
        Reflect.deleteProperty(prototype, name);
    }
    Object.setPrototypeOf(prototype, hidden);
}

function noAxios(): NangoConfigError {
    return new NangoConfigError(
        '`http` is an axios instance in @nangohq/node; this client has none: use the options `hooks`, `fetch` or `headers` instead',
    );
}
