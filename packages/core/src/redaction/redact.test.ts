import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptHeaders, Redactor, redacted } from './redact.js';

const key = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const redactor = new Redactor([key, undefined, 'whsec_1']);

test('known values disappear wherever they stand', () => {
    fc.assert(
        fc.property(fc.jsonValue(), fc.string(), fc.string(), (value, before, after) => {
            const clean = JSON.stringify(
                redactor.json({ a: [value, { [before]: before + key + after }], [`${before}${key}`]: 1 }),
            );
            expect(clean).not.toContain(key);
        }),
    );
});

test.each([
    'access_token',
    'refresh_token',
    'token',
    'client_secret',
    'apiKey',
    'api_key',
    'password',
    'Authorization',
    'oauth_token_secret',
    'private_key',
    'set-cookie',
    'sessionToken',
    'userAccessToken',
    'id_token',
    'x-api-key',
    'x-auth-token',
    'AWSAccessKey',
])('credentials go by the name %s', (name) => {
    expect(redactor.json({ deep: { [name]: 'abc' } })).toEqual({ deep: { [name]: redacted } });
});

test('session tokens and authorization values go by their shape', () => {
    expect(redactor.text('token nango_connect_session_0a1b and Bearer abcdefgh12')).toBe(`token ${redacted} and ${redacted}`);
});

test('what the API says of a request stays as it is', () => {
    const body = {
        error: {
            code: 'invalid_body',
            errors: [{ code: 'invalid_type', message: 'Required', path: ['credentials', 'type'] }],
            payload: {},
        },
    };
    expect(redactor.json(body)).toEqual(body);
    const connection = { connection_id: 'c', credentials: {}, next_cursor: null, has_token: true };
    expect(redactor.json(connection)).toEqual(connection);
});

test('a member called __proto__ stays data', () => {
    const clean = redactor.json(JSON.parse('{"__proto__": {"polluted": true}}')) as { polluted?: boolean };
    expect(clean.polluted).toBeUndefined();
    expect(Object.keys(clean)).toEqual(['__proto__']);
});

test('only headers that are known to be harmless are kept', () => {
    const headers = {
        'retry-after': '3',
        'x-ratelimit-limit': '200',
        'set-cookie': ['s=1'],
        'x-api-key': 'k',
        location: 'https://h/?token=1',
        'x-request-id': 'r',
        authorization: 'x',
    };
    expect(keptHeaders(headers, redactor)).toEqual({ 'retry-after': '3', 'x-ratelimit-limit': '200', 'x-request-id': 'r' });
});
