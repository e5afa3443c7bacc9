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
export interface ProxyConfiguration extends InlineOptions {
    /**
     * Path at the provider, with or without a query, e.g. `/user/repos`. A whole URL, such as the link to a next page, works too. Text
     * that is not ASCII is percent-encoded; what is already encoded stays as it is. With `baseUrlOverride` it may be empty: the base URL
     * itself.
     */
    readonly endpoint: string;
    /** The integration's id. @default the client's `providerConfigKey` */
    readonly providerConfigKey?: string | undefined;
    /** @default the client's `connectionId` */
    readonly connectionId?: string | undefined;
    /** For `proxy`; the other methods have their own. @default 'GET' */
    readonly method?: HttpMethod | Lowercase<HttpMethod> | undefined;
    /** Headers for the provider. They win over those that Nango adds, `Authorization` too. */
    readonly headers?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
    /** Query, as text or by name; names that `endpoint` has too are replaced. */
    readonly params?: string | URLSearchParams | Readonly<Record<string, ProxyParam>> | undefined;
    /**
     * Body for POST, PUT, PATCH and DELETE; ignored with GET and HEAD. Plain objects and arrays go as JSON, or as a form when
     * `headers` say so; also text, `Buffer`, `Uint8Array`, `ArrayBuffer`, `URLSearchParams`, `FormData` (also that of the npm package
     * `form-data`), `Blob`, `ReadableStream` and Node streams. Streams are not buffered.
     *
     * A POST, PUT or PATCH without it sends `{}` as JSON, as `@nangohq/node` does, unless `headers` name another `Content-Type`: then the
     * body is empty.
     *
     * Without a `Content-Type` in `headers`, text goes as `application/x-www-form-urlencoded`, as with axios, and bytes and streams as
     * `application/octet-stream`.
     */
    readonly data?: unknown;
    /**
     * How often the server repeats the request when the provider fails: POST too. It waits 3 s, 6 s, 12 s … in between; the default time
     * limit grows with it. @default 0
     */
    readonly retries?: number | undefined;
    /** Statuses to repeat on, beside 401, 429 and 5xx. */
    readonly retryOn?: readonly number[] | null | undefined;
    /** Base URL in place of the provider's. */
    readonly baseUrlOverride?: string | undefined;
    /** Asks the server to decompress the provider's answer. @default false */
    readonly decompress?: boolean | string | undefined;
    /** How the answer's body is handed over. @default JSON where it parses, else text */
    readonly responseType?: ResponseType | undefined;
    /** Sends the request's headers along when the provider redirects. @default false */
    readonly forwardHeadersOnRedirect?: boolean | undefined;
    /** Taken for compatibility with `@nangohq/node`, which does not use it either. */
    readonly retryHeader?: unknown;
    /** Taken for compatibility with `@nangohq/node`, which does not use it either. */
    readonly paginate?: unknown;
}
