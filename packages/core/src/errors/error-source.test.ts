import { expect, test } from 'vitest';
import type { ErrorSource } from './api-error.js';
import { sourceOf } from './error-source.js';

const limited = { 'x-ratelimit-limit': '200' };
const coded = (code: string, more: object = {}) => ({ error: { code, ...more } });
const source = (status: number, code: string | undefined, data: unknown, headers: object = limited) =>
    sourceOf(status, code, { status, statusText: '', headers: { ...headers }, data });

test.each<[string, number, string | undefined, unknown, ErrorSource]>([
    ['a code of the proxy with its own status', 400, 'missing_api_url', coded('missing_api_url'), 'nango'],
    ['the same code with another', 422, 'missing_api_url', coded('missing_api_url'), 'provider'],
    ['the same without its envelope', 400, 'missing_api_url', { code: 'missing_api_url' }, 'provider'],
    ['a code of nobody', 400, 'invalid_grant', coded('invalid_grant'), 'provider'],
    ['no code', 404, undefined, coded('', {}), 'provider'],
    ['no body', 404, undefined, '', 'provider'],
    ['null', 404, undefined, null, 'provider'],
    ['null in the envelope', 404, undefined, { error: null }, 'provider'],
    ['text in the envelope', 402, 'plan_limit', { error: 'plan_limit', code: 'plan_limit' }, 'provider'],
    ['null in the envelope, and a code beside it', 402, 'plan_limit', { error: null, code: 'plan_limit' }, 'provider'],
    ['a member that every object has', 400, 'constructor', coded('constructor'), 'provider'],
    ['the plan', 402, 'plan_limit', coded('plan_limit'), 'nango'],
    [
        'a scope of Nango that the key lacks',
        403,
        'forbidden',
        coded('forbidden', { message: 'needs environment:proxy' }),
        'nango',
    ],
    ['forbidden by somebody', 403, 'forbidden', coded('forbidden'), 'unknown'],
    ['forbidden with another status', 400, 'forbidden', coded('forbidden', { message: 'environment:' }), 'provider'],
    [
        'forbidden by a provider, in its own envelope',
        403,
        'forbidden',
        { code: 'forbidden', message: 'environment:' },
        'provider',
    ],
    ['403 of another code', 403, 'no_access', coded('no_access', { message: 'environment:' }), 'provider'],
    ['a provider that gave no answer', 500, 'ECONNRESET', { code: 'ECONNRESET', method: 'get', message: 'hang up' }, 'provider'],
    ['a word that both may say', 400, 'server_error', coded('server_error'), 'unknown'],
    ['the same of a provider', 400, 'server_error', { code: 'server_error' }, 'provider'],
])('%s: %i', (_what, status, code, data, expected) => {
    expect(source(status, code, data)).toBe(expected);
});

test.each<[string, string | undefined, object, ErrorSource]>([
    ['a refused key', 'unknown_account', {}, 'nango'],
    ['a missing key', 'missing_auth_header', {}, 'nango'],
    ['the same words after Nango let the call in', 'unknown_account', limited, 'provider'],
    ['a code that is none of a key', 'invalid_token', {}, 'provider'],
    ['no code', undefined, {}, 'provider'],
])('401, %s', (_what, code, headers, expected) => {
    expect(source(401, code, coded(code ?? ''), headers)).toBe(expected);
});

test.each([
    ['base_url_override_disabled', 400],
    ['base_url_override_not_allowed', 400],
    ['plan_limit', 402],
    ['unknown_provider_config', 404],
    ['connection_refresh_backoff', 424],
    ['missing_api_url', 400],
    ['missing_provider', 400],
    ['unknown_provider', 400],
    ['unsupported_provider', 400],
    ['unsupported_auth', 400],
    ['failed_to_get_connection', 400],
    ['invalid_certificate_or_key_format', 400],
    ['invalid_headers', 400],
    ['invalid_content_type', 415],
    ['generic_error_support', 500],
    ['too_many_request', 429],
])("%s with %i is the proxy's own (contract 14.4)", (code, status) => {
    expect(source(status, code, coded(code))).toBe('nango');
    expect(source(418, code, coded(code))).toBe('provider');
});

test.each(['missing_auth_header', 'malformed_auth_header', 'invalid_secret_key_format', 'unknown_account'])(
    '%s is said of the key (contract 2.2)',
    (code) => {
        expect(source(401, code, coded(code), {})).toBe('nango');
        expect(source(401, code, coded(code))).toBe('provider');
    },
);
