import type { HttpMethod, InlineOptions, ResponseType } from '@x/core';

/**
 * A query value: a list repeats its name, an object becomes `name[member]`, a `Date` its ISO text; `null` and `undefined` leave it out.
 */
export type ProxyParam =
    | string
    | number
    | bigint
    | boolean
    | Date
    | null
    | undefined
    | readonly ProxyParam[]
    | { readonly [member: string]: ProxyParam };

/** A request to the provider's API, sent through Nango, which adds the connection's credentials. Never changed; may be frozen. */
export interface ProxyRequest<I extends string = string> extends InlineOptions {
    /**
     * Path at the provider, with or without a query, e.g. `/user/repos`. Of a link to a next page pass
     * `pathname` and `search`: the server takes a whole URL for a path of the provider. Text
     * that is not ASCII is percent-encoded; what is already encoded stays as it is. With `baseUrlOverride` it may be empty: the base URL
     * itself.
     */
    endpoint: string;
    /** The integration's id. @default the client's `providerConfigKey` */
    providerConfigKey?: I | undefined;
    /** @default the client's `connectionId` */
    connectionId?: string | undefined;
    /** For `proxy`; the other methods have their own. @default 'GET' */
    method?: HttpMethod | Lowercase<HttpMethod> | undefined;
    /** Headers for the provider. They win over those that Nango adds, `Authorization` too. */
    headers?: Record<string, string | number | boolean | undefined> | undefined;
    /** Query, as text or by name; names that `endpoint` has too are replaced. */
    params?: string | URLSearchParams | Record<string, ProxyParam> | undefined;
    /**
     * Body for POST, PUT, PATCH and DELETE; ignored with GET and HEAD. Plain objects and arrays go as JSON, or as a form when
     * `headers` say so; also text, `Buffer`, `Uint8Array`, `ArrayBuffer`, `URLSearchParams`, `FormData` (also that of the npm package
     * `form-data`), `Blob`, `ReadableStream` and Node streams. Streams are not buffered.
     *
     * A POST, PUT or PATCH without it, or with an empty text, sends `{}` as JSON, as `@nangohq/node` does, unless `headers` name another `Content-Type`: then the
     * body is empty.
     *
     * Without a `Content-Type` in `headers`, text goes as `application/x-www-form-urlencoded`, as with axios, and bytes and streams as
     * `application/octet-stream`.
     */
    data?: unknown;
    /**
     * How often the server repeats the request when the provider fails: POST too. It waits 3 s, 6 s, 12 s … in between; the default time
     * limit grows with it. @default 0
     */
    retries?: number | undefined;
    /** Statuses to repeat on, beside 401, 429 and 5xx. */
    retryOn?: readonly number[] | null | undefined;
    /** Base URL in place of the provider's. */
    baseUrlOverride?: string | undefined;
    /** Asks the server to decompress the provider's answer. @default false */
    decompress?: boolean | string | undefined;
    /** How the answer's body is handed over. @default JSON where it parses, else text */
    responseType?: ResponseType | undefined;
    /** Sends the request's headers along when the provider redirects. @default false */
    forwardHeadersOnRedirect?: boolean | undefined;
    /** Taken for compatibility with `@nangohq/node`, which does not use it either. */
    retryHeader?: Unused;
    /** Taken for compatibility with `@nangohq/node`, which does not use it either. */
    paginate?: Unused;
    /** Taken for compatibility with `@nangohq/node`, which does not use it either. */
    validateProxyRequestUrl?: Unused;
    /** Taken for compatibility with `@nangohq/node`, which does not use it either. */
    validateProxyRedirectUrl?: Unused;
}

/**
 * A request to the provider's API as `@nangohq/node` types it, with this client's call options: what code that builds and changes such
 * an object reads and writes. The calls take more: {@link ProxyRequest}.
 */
export interface ProxyConfiguration extends ProxyRequest {
    providerConfigKey?: string;
    connectionId?: string;
    method?: ProxyMethod | Lowercase<ProxyMethod>;
    headers?: Record<string, string>;
    params?: string | Record<string, string | number | string[] | number[]>;
    retries?: number;
    retryOn?: number[] | null;
    decompress?: boolean | string;
    forwardHeadersOnRedirect?: boolean;
}

type ProxyMethod = Exclude<HttpMethod, 'HEAD' | 'OPTIONS'>;
// biome-ignore lint/suspicious/noExplicitAny: whatever `@nangohq/node` types it as
type Unused = any;
