import { createHash, randomUUID } from 'node:crypto';
import { accessToken } from './access-token.js';
import { amzDate, awsAuthorization } from './aws-signature.js';
import { oauth1Authorization } from './oauth1-signature.js';
import type { Provider } from './provider.js';
import { fillTemplate, hasPlaceholder, type TemplateScope } from './template.js';
import { templateFunctions } from './template-functions.js';

export interface InjectionInput {
    provider: Provider;
    credentials: Record<string, unknown>;
    connectionConfig: Record<string, unknown>;
    /** The integration's OAuth client, for modes that sign with it. */
    client?: { id?: string | null | undefined; secret?: string | null | undefined };
    method: string;
    /** Path and query as the caller sent them, or an absolute URL (a next-page link). */
    endpoint: string;
    /** Replaces the provider's base URL. */
    baseUrl?: string | undefined;
    /** The caller's headers, names in lower case. */
    headers: Record<string, string>;
    body?: Uint8Array | string | undefined;
    /** Content type of `body`; OAuth 1 signs the parameters of a form. */
    contentType?: string | undefined;
    now: Date;
}

export interface InjectedRequest {
    url: string;
    headers: Record<string, string>;
}

/** What a template may name of a connection and its integration. */
export type TemplateSource = Pick<InjectionInput, 'credentials' | 'connectionConfig' | 'client'>;

/** The provider names no address, or the connection lacks a value that the address needs. */
export class MissingApiUrlError extends Error {
    override readonly name = 'MissingApiUrlError';
}

/**
 * The request as the provider gets it: address, credentials where its template says, the caller's headers over them
 * (contract 14.2).
 *
 * @throws MissingApiUrlError when no absolute address comes out
 */
export function injectCredentials(input: InjectionInput): InjectedRequest {
    const values = templateValues(input);
    const url = buildUrl(input, { values, now: input.now });
    const injected: Record<string, string> = { ...credentialHeaders(input, url.href), ...fillHeaders(input, values, url) };
    const callers = { ...input.headers };
    if (injected['user-agent'] !== undefined) delete callers['user-agent'];
    return { url: url.href, headers: { ...injected, ...callers } };
}

/** Fields that the provider's template adds to an object body; undefined for most. */
export function injectedBodyFields(provider: Provider, source: TemplateSource, now: Date): Record<string, unknown> | undefined {
    const body = provider.proxy?.body;
    return body && (fillDeep(body, { values: templateValues(source), now }) as Record<string, unknown>);
}

function templateValues({ credentials, connectionConfig, client }: TemplateSource): Record<string, unknown> {
    const token = accessToken(credentials);
    return {
        ...(typeof credentials.apiKey === 'string' && { apiKey: credentials.apiKey }),
        ...(client?.id && { clientId: client.id }),
        ...(client?.secret && { clientSecret: client.secret }),
        ...(token !== undefined && { accessToken: token, token }),
        connectionConfig,
        // The catalogue writes both spellings.
        credentials: { ...credentials, clientId: credentials.client_id, clientSecret: credentials.client_secret },
    };
}

function buildUrl(input: InjectionInput, scope: TemplateScope): URL {
    const url = absoluteUrl(input, scope);
    for (const [key, template] of Object.entries(input.provider.proxy?.query ?? {})) {
        const value = fillTemplate(String(template), scope);
        // Appended as text: URLSearchParams would re-encode the caller's own query.
        url.search = `${url.search ? `${url.search}&` : '?'}${encodeURIComponent(key)}=${encodeURIComponent(value)}`;
    }
    return url;
}

function absoluteUrl(input: InjectionInput, scope: TemplateScope): URL {
    const base = fillTemplate(input.baseUrl || input.provider.proxy?.base_url || '', scope);
    const address = join(base, input.endpoint);
    if (!hasPlaceholder(base) && URL.canParse(address)) return new URL(address);
    if (base === '') throw new MissingApiUrlError('The provider has no base URL; send Base-Url-Override.');
    throw new MissingApiUrlError(`The base URL lacks a value of the connection's config: ${base}`);
}

const join = (base: string, endpoint: string) => `${base.replace(/\/$/, '')}/${endpoint.replace(/^\//, '')}`;

/** The headers of the provider's templates, which may name parts of the request. */
function fillHeaders(input: InjectionInput, values: Record<string, unknown>, url: URL): Record<string, string> {
    const headers: Record<string, string> = {};
    const templates = Object.entries(input.provider.proxy?.headers ?? {});
    if (templates.length === 0) return headers;
    const { method, now, body = '' } = input;
    const scope: TemplateScope = {
        values: {
            ...values,
            random: randomUUID(),
            method: method.toUpperCase(),
            endpoint: url.pathname + url.search,
            host: url.host,
            path: url.pathname,
            params: url.search.slice(1),
            bodyCanonicalParams: typeof body === 'string' ? body : Buffer.from(body).toString(),
        },
        functions: templateFunctions({ method, url: url.href, body, now }),
        now,
    };
    for (const [name, template] of templates) headers[name.toLowerCase()] = fillTemplate(String(template), scope);
    return headers;
}

function fillDeep(value: unknown, scope: TemplateScope): unknown {
    if (typeof value === 'string') return fillTemplate(value, scope);
    if (Array.isArray(value)) return value.map((item) => fillDeep(item, scope));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDeep(item, scope)]));
}

const string = (value: unknown) => (typeof value === 'string' ? value : '');

/** What the auth mode itself says, before the provider's header templates. */
function credentialHeaders(input: InjectionInput, url: string): Record<string, string> {
    const { credentials, connectionConfig, method, now } = input;
    const token = accessToken(credentials);
    switch (credentials.type) {
        case 'BASIC': {
            const pair = `${string(credentials.username)}:${string(credentials.password)}`;
            return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
        }
        case 'OAUTH1':
            return {
                authorization: oauth1Authorization({
                    method,
                    url,
                    consumerKey: input.client?.id ?? '',
                    consumerSecret: input.client?.secret ?? '',
                    token: string(credentials.oauth_token),
                    tokenSecret: string(credentials.oauth_token_secret),
                    signatureMethod: input.provider.signature_method,
                    form: formOf(input),
                    timestamp: Math.floor(now.getTime() / 1000),
                }),
            };
        case 'TBA': {
            const override = credentials.config_override as Record<string, unknown> | undefined;
            return {
                authorization: oauth1Authorization({
                    method,
                    url,
                    consumerKey: string(override?.client_id) || (input.client?.id ?? ''),
                    consumerSecret: string(override?.client_secret) || (input.client?.secret ?? ''),
                    token: string(credentials.token_id),
                    tokenSecret: string(credentials.token_secret),
                    signatureMethod: 'HMAC-SHA256',
                    realm: string(connectionConfig.accountId),
                    form: formOf(input),
                    timestamp: Math.floor(now.getTime() / 1000),
                }),
            };
        }
        case 'AWS_SIGV4':
            return awsHeaders(input, url);
        case 'BILL':
            return { devkey: string(credentials.dev_key), sessionid: string(credentials.session_id) };
        default:
            return token === undefined ? {} : { authorization: `Bearer ${token}` };
    }
}

function formOf(input: InjectionInput): URLSearchParams | undefined {
    if (!input.contentType?.startsWith('application/x-www-form-urlencoded') || input.body === undefined) return undefined;
    return new URLSearchParams(typeof input.body === 'string' ? input.body : Buffer.from(input.body).toString());
}

function awsHeaders(input: InjectionInput, url: string): Record<string, string> {
    const { credentials, now } = input;
    const body = input.body ?? '';
    const signed: Record<string, string> = { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') };
    if (string(credentials.session_token)) signed['x-amz-security-token'] = string(credentials.session_token);
    const authorization = awsAuthorization({
        method: input.method,
        url,
        headers: signed,
        body,
        accessKeyId: string(credentials.access_key_id),
        secretAccessKey: string(credentials.secret_access_key),
        region: string(credentials.region) || string(input.connectionConfig.region),
        service: string(credentials.service) || string(input.connectionConfig.service),
        now,
    });
    return { ...signed, 'x-amz-date': amzDate(now), authorization };
}
