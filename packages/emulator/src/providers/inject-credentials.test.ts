// biome-ignore-all lint/suspicious/noTemplateCurlyInString: provider templates are written this way.
import { expect, test } from 'vitest';
import { type InjectionInput, injectCredentials, injectedBodyFields, MissingApiUrlError } from './inject-credentials.js';
import type { Provider } from './provider.js';

const now = new Date('2026-08-22T10:11:12Z');
const provider = (more: Partial<Provider> = {}): Provider => ({
    display_name: 'P',
    auth_mode: 'API_KEY',
    proxy: { base_url: 'https://api.p.com/v1/' },
    ...more,
});
const inject = (input: Partial<InjectionInput>) =>
    injectCredentials({
        provider: provider(),
        credentials: {},
        connectionConfig: {},
        method: 'GET',
        endpoint: '/items',
        headers: {},
        now,
        ...input,
    });

test('joins base and endpoint with one slash; query and encoded path stay', () => {
    expect(inject({ endpoint: '/a%2Fb/c?x=1&x=2&q=%20' }).url).toBe('https://api.p.com/v1/a%2Fb/c?x=1&x=2&q=%20');
});

test('an address in the endpoint stays a path of the provider', () => {
    expect(inject({ endpoint: '/https://api.p.com/v2//next?page=2' }).url).toMatch(
        /^https:\/\/[\w.]+\/.*https:\/\/api\.p\.com\/v2\/\/next\?page=2$/,
    );
});

test('an override replaces the base', () => {
    expect(inject({ baseUrl: 'https://other.com' }).url).toBe('https://other.com/items');
});

test('a base that lacks a value of the connection is refused', () => {
    const zendesk = provider({ proxy: { base_url: 'https://${connectionConfig.subdomain}.z.com' } });
    expect(() => inject({ provider: zendesk })).toThrow(MissingApiUrlError);
    expect(inject({ provider: zendesk, connectionConfig: { subdomain: 'a' } }).url).toBe('https://a.z.com/items');
});

test('puts the parameter of a query template behind the query of the caller', () => {
    const maps = provider({ proxy: { base_url: 'https://m.com', query: { key: '${apiKey}' } } });
    const credentials = { type: 'API_KEY', apiKey: 'a b&c' };
    expect(inject({ provider: maps, credentials, endpoint: '/g?q=%2F' }).url).toBe('https://m.com/g?q=%2F&key=a%20b%26c');
});

test.each([
    ['OAUTH2', { access_token: 't' }],
    ['APP', { access_token: 't' }],
    ['OAUTH2_CC', { token: 't' }],
    ['JWT', { token: 't' }],
    ['TWO_STEP', { token: 't' }],
    ['SIGNATURE', { token: 't' }],
    ['CUSTOM', { app: { access_token: 'app' }, user: { access_token: 't' }, raw: {} }],
])('%s goes out as a bearer token', (type, credentials) => {
    expect(inject({ credentials: { type, ...credentials } }).headers).toEqual({ authorization: 'Bearer t' });
});

test('BASIC goes out as basic authentication, an empty password included', () => {
    expect(inject({ credentials: { type: 'BASIC', username: 'u', password: '' } }).headers.authorization).toBe(
        `Basic ${btoa('u:')}`,
    );
});

test('OAUTH1 is signed with the client of the integration', () => {
    const { headers } = inject({
        provider: provider({ auth_mode: 'OAUTH1', signature_method: 'PLAINTEXT' }),
        credentials: { type: 'OAUTH1', oauth_token: 'tok', oauth_token_secret: 'ts' },
        client: { id: 'ci', secret: 'cs' },
    });
    expect(headers.authorization).toContain('oauth_consumer_key="ci"');
    expect(headers.authorization).toContain('oauth_signature="cs%26ts"');
});

test('TBA is signed with HMAC-SHA256 and names the account as its realm', () => {
    const { headers } = inject({
        credentials: { type: 'TBA', token_id: 'id', token_secret: 's', config_override: { client_id: 'own' } },
        connectionConfig: { accountId: '42' },
        client: { id: 'ci', secret: 'cs' },
    });
    expect(headers.authorization).toMatch(/^OAuth realm="42", oauth_consumer_key="own".*HMAC-SHA256/);
});

test('AWS_SIGV4 is signed with the temporary credentials', () => {
    const { headers } = inject({
        credentials: {
            type: 'AWS_SIGV4',
            access_key_id: 'AK',
            secret_access_key: 'sk',
            session_token: 'st',
            region: 'eu-west-1',
            service: 's3',
        },
    });
    expect(headers.authorization).toContain('Credential=AK/20260822/eu-west-1/s3/aws4_request');
    expect(headers.authorization).toContain('SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token');
});

test('header templates of the provider replace and add', () => {
    const custom = provider({
        proxy: { base_url: 'https://s.com', headers: { 'X-Token': '${accessToken}', authorization: 'T ${accessToken}' } },
    });
    const credentials = { type: 'OAUTH2', access_token: 't' };
    expect(inject({ provider: custom, credentials }).headers).toEqual({ 'x-token': 't', authorization: 'T t' });
});

test('headers of the caller win, except over a user agent that the provider asks for', () => {
    const picky = provider({ proxy: { base_url: 'https://s.com', headers: { 'user-agent': 'App' } } });
    const headers = { authorization: 'mine', 'user-agent': 'me' };
    const credentials = { type: 'OAUTH2', access_token: 't' };
    expect(inject({ provider: picky, credentials, headers }).headers).toEqual({ authorization: 'mine', 'user-agent': 'App' });
    expect(inject({ credentials, headers }).headers).toEqual(headers);
});

test('fields of a body template come filled', () => {
    const mandrill = provider({ proxy: { base_url: 'https://m.com', body: { auth: { key: '${apiKey}' } } } });
    const source = { credentials: { type: 'API_KEY', apiKey: 'k' }, connectionConfig: {} };
    expect(injectedBodyFields(mandrill, source, now)).toEqual({ auth: { key: 'k' } });
});
