import { type CallInput, type CallOptions, Client, callForResponse, type NangoInputError, type NangoResponse } from '@x/core';
import {
    argumentError,
    type ClientPort,
    clientKey,
    clientPort,
    type KnownMembers,
    requireKnown,
    requireNamed,
} from '@x/core/internal';

/** A request of a route that this client has no method for. */
export interface RawRequest {
    /** `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`, in any case. @default 'GET' */
    method?: string | undefined;
    /**
     * Path below the server's URL, as the route is written: ids stand in braces and come from `params`, e.g. `/widgets/{widgetId}`. Errors,
     * events and spans show it so.
     */
    path: string;
    /** Ids by their names in the path. They are encoded; whole numbers are taken as their text. */
    params?: Record<string, string | number> | undefined;
    /** Lists repeat the name; `undefined` leaves one out. */
    query?: Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined> | undefined;
    /** Sent as JSON. */
    body?: unknown;
    /** Headers for Nango; not `Authorization` or `Nango-*`. */
    headers?: Record<string, string> | undefined;
    /**
     * Whether the call may be sent again after it may have reached the server. `GET` and `HEAD` always may; of others say so only where
     * doing it twice is as doing it once. @default false
     */
    idempotent?: boolean | undefined;
}

/** What an answer says beside its body. */
export type AnswerFacts = Pick<NangoResponse, 'status' | 'statusText' | 'headers'>;

const known: KnownMembers<RawRequest> = {
    method: true,
    path: true,
    params: true,
    query: true,
    body: true,
    headers: true,
    idempotent: true,
};
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const reads = new Set<string>(['GET', 'HEAD']);
/** Literal segments and names in braces; no segment that a URL parser folds away. */
const template = /^(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~-]+|\{\w+\}))+$/;

/** What goes past the methods: requests of other routes, and the answers of all calls. */
export class RawRequests extends Client {
    protected static override readonly product: string = `@x/node/${__VERSION__}`;

    /**
     * Sends a request of a route that has no method yet, with everything that a call has: key, rate limit, repeats, time limits, errors.
     * To call a provider, use `proxy`.
     *
     * @returns the whole answer; `data` is its JSON, or `''` when it is empty
     * @throws {NangoInputError} an invalid path, id, method or member; nothing is sent
     * @throws {NangoApiError} as of every method
     * @example
     * ```ts
     * const { data, status } = await nango.rawRequest<{ data: { id: string } }>({
     *     method: 'PATCH',
     *     path: '/widgets/{widgetId}',
     *     params: { widgetId: 'a/b' },
     *     body: { color: 'blue' },
     *     idempotent: true,
     * });
     * console.log(status, data.data.id);
     * ```
     */
    async rawRequest<T = unknown>(request: RawRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        const [operation, input] = rawCall(request, options);
        return callForResponse<T>(this, operation, input);
    }

    /**
     * Makes calls and returns their result with the status and the headers of the last answer.
     *
     * The calls get an object that inherits from this client. In a subclass, methods that use `#private` members throw a TypeError on it,
     * and fields that they set stay on it: keep state in objects that fields hold.
     *
     * @param calls gets a client like this one, whose answers are noted. Await every call in it
     * @returns what `calls` returned; `response` is undefined when no request was sent, e.g. for a token from the cache
     * @throws what `calls` throws: errors hold their `response` themselves
     * @example
     * ```ts
     * const { data, response } = await nango.withResponse((noted) => noted.listConnections({ userId: 'user-1' }));
     * console.log(data.connections.length, response?.status, response?.headers['x-ratelimit-remaining']);
     * ```
     */
    async withResponse<T>(calls: (client: this) => T): Promise<{ data: Awaited<T>; response: AnswerFacts | undefined }> {
        const port = clientPort(this);
        let response: AnswerFacts | undefined;
        const noting: ClientPort = {
            get settings() {
                return port.settings;
            },
            get rateLimit() {
                return port.rateLimit;
            },
            get cached() {
                return port.cached;
            },
            async send<Data>(...call: Parameters<ClientPort['send']>) {
                const answer = await port.send<Data>(...call);
                const { status, statusText, headers } = answer;
                response = { status, statusText, headers };
                return answer;
            },
        };
        const client: this = Object.create(this, { [clientKey]: { value: () => noting } });
        return { data: await calls(client), response };
    }
}

/** @throws {NangoInputError} */
function rawCall(request: RawRequest, options: CallOptions | undefined): [Parameters<typeof callForResponse>[1], CallInput] {
    const name = 'rawRequest';
    requireNamed(request, 'request', name);
    requireKnown(request, known, name);
    const { method: given = 'GET', path, params, query, body, headers, idempotent = false } = request;
    const method = methods.find((one) => one === String(given).toUpperCase());
    if (!method) throw refusal('method', `must be one of ${methods.join(', ')}`);
    if (typeof path !== 'string' || !template.test(path))
        throw refusal(
            'path',
            'must be the route below the host, its ids in braces: /widgets/{widgetId}, with `params` and `query` apart',
        );
    if (/^\/proxy(?:\/|$)/i.test(path)) throw refusal('path', 'must be a route of Nango: call a provider with `proxy`');
    if (typeof idempotent !== 'boolean') throw refusal('idempotent', 'must be true or false');
    if (body !== undefined && reads.has(method)) throw refusal('body', `can't be sent with ${method}`);
    const operation = {
        name,
        method,
        path,
        idempotent: idempotent || reads.has(method),
        mayBeEmpty: true,
        anyJson: true,
    } as const;
    const all = headers ? { ...options, headers: { ...headers, ...options?.headers } } : options;
    return [operation, { path: params ?? {}, query: query ?? {}, body, options: all }];
}

function refusal(parameter: string, what: string): NangoInputError {
    return argumentError('rawRequest', parameter, what);
}
