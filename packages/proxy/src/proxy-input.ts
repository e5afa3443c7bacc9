import { type CallInput, type CallOptions, type HttpMethod, NangoInputError } from '@x/core';
import {
    abandonStream,
    argumentError,
    checkHeader,
    clientPort,
    inlineOptions,
    inputError,
    requireId,
    requireNamed,
} from '@x/core/internal';
import { emptyBody, proxyBody } from './body/proxy-body.js';
import { proxyTarget } from './endpoint.js';
import type { ProxyRequest } from './proxy-config.js';

const methods: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'REPORT'];
const bodiless = new Set<HttpMethod>(['GET', 'HEAD']);
const carriesJson = new Set<HttpMethod>(['POST', 'PUT', 'PATCH']);
const responseTypes = new Set<unknown>([undefined, 'json', 'text', 'document', 'arraybuffer', 'blob', 'stream']);

/**
 * The method of a config.
 *
 * @throws {NangoInputError} for one that the API does not pass on
 */
function methodOf(config: ProxyRequest | undefined, operation: string): HttpMethod {
    // Null and an empty text are no method, as for the vendor's client.
    const method = config?.method || 'GET';
    const name = String(method).toUpperCase() as HttpMethod;
    if (typeof method === 'string' && methods.includes(name)) return name;
    if (name === 'OPTIONS') {
        throw inputError(
            operation,
            'method',
            "OPTIONS can't be proxied: Nango answers every OPTIONS request itself, and the provider never sees it",
        );
    }
    throw argumentError(operation, 'method', `must be one of ${methods.join(', ')}`);
}

/**
 * Makes a call of a config: target, headers, body and time limit.
 *
 * @throws {NangoInputError}
 */
export function proxyInput(
    client: object,
    config: ProxyRequest,
    options: CallOptions | undefined,
    name: string,
): CallInput & { readonly method: HttpMethod } {
    try {
        const input = checked(client, methodOf(config, name), config, options, name);
        // A method without a body leaves what it was given.
        if (!input.source) abandonStream(config.data);
        return input;
    } catch (error) {
        abandonStream(config?.data);
        throw error;
    }
}

function checked(
    client: object,
    method: HttpMethod,
    config: ProxyRequest,
    options: CallOptions | undefined,
    name: string,
): CallInput & { readonly method: HttpMethod } {
    if (typeof config !== 'object' || config === null) {
        throw new NangoInputError(`${name}: pass an object, e.g. { endpoint, providerConfigKey, connectionId }`, {
            operation: name,
        });
    }
    const { settings } = clientPort(client);
    // The client's fields, not its settings: a subclass may declare one anew.
    const own = client as { providerConfigKey?: string; connectionId?: string };
    const { providerConfigKey = own.providerConfigKey, connectionId = own.connectionId } = config;
    const responseType = config.responseType || undefined;
    const integration = requireId(providerConfigKey, 'providerConfigKey', name);
    const connection = requireId(connectionId, 'connectionId', name);
    if (!responseTypes.has(responseType)) {
        throw argumentError(name, 'responseType', 'must be json, text, arraybuffer, blob or stream');
    }
    const retries = wholeNumber(config.retries ?? 0, 'retries', name);
    const theirs = providerHeaders(config.headers, name);
    const type = theirs['content-type'];
    // An empty text that is not said to be a text is no body: it would go to the provider as an empty form.
    const empty = config.data === '' && /^$|json/i.test(type ?? '');
    const data = bodiless.has(method) || empty ? undefined : (config.data ?? undefined);
    const body = data === undefined && carriesJson.has(method) ? emptyBody(type, name) : proxyBody(data, type, name);
    // Most calls have few of them: what is not there is not written down either.
    const headers: Record<string, string> = { 'connection-id': connection, 'provider-config-key': integration };
    const { activityLogId } = settings;
    if (config.baseUrlOverride) headers['base-url-override'] = config.baseUrlOverride;
    if (activityLogId) headers['nango-activity-log-id'] = activityLogId;
    if (retries > 0) headers.retries = String(retries);
    const retryOn = config.retryOn?.map((status) => wholeNumber(status, 'retryOn', name)).join(',');
    if (retryOn) headers['retry-on'] = retryOn;
    if (String(config.decompress) === 'true') headers.decompress = 'true';
    if (config.forwardHeadersOnRedirect) headers['forward-headers-on-redirect'] = 'true';
    for (const header in theirs) headers[`nango-proxy-${header}`] = theirs[header] as string;
    if (body.contentType !== undefined) headers['content-type'] = body.contentType;
    if (body.forwardedType !== undefined) headers['nango-proxy-content-type'] = body.forwardedType;
    return {
        method,
        target: proxyTarget(config, name),
        headers,
        source: body.source,
        responseType: responseType === 'document' ? 'text' : responseType,
        extraTime: waits(retries),
        options: inlineOptions(config, options),
    };
}

function providerHeaders(headers: ProxyRequest['headers'], operation: string): Record<string, string> {
    const checked: Record<string, string> = {};
    if (headers === undefined || headers === null) return checked;
    requireNamed(headers, 'headers', operation);
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined && value !== null) checked[name.toLowerCase()] = checkHeader(name, value, operation);
    }
    return checked;
}

/** What the server waits between its own attempts: 3 s, doubled each time, 10 min at most. */
function waits(retries: number): number {
    const doubled = Math.min(retries, 8);
    return 3_000 * (2 ** doubled - 1) + 600_000 * (retries - doubled);
}

function wholeNumber(value: unknown, parameter: string, operation: string): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    throw argumentError(operation, parameter, 'takes whole numbers');
}
