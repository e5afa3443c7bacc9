import { describe, expect, test } from 'vitest';
import { fc } from '../../test/support/properties.js';
import { redacted } from './redacted.js';
import { keptHeaders, loadRedaction, Redactor } from './redactor.js';

const key = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const redactor = new Redactor([key, undefined, 'whsec_1']);

test('before it is loaded, known values and credentials of headers go, and no JSON is shown', () => {
    expect(redactor.text(`a ${key} b Bearer abcdefg1`)).toBe(`a ${redacted} b ${redacted}`);
    expect(redactor.of({ path: '/', headers: {}, source: undefined, secrets: ['sess-1'] }).text('sess-1')).toBe(redacted);
    expect(redactor.json({ a: 1 })).toBe(redacted);
});

test('once it is loaded, the same redactor knows the rest', async () => {
    await loadRedaction();
    expect(redactor.json({ a: 1, password: 'hunter2', text: `x${key}` })).toEqual({
        a: 1,
        password: redacted,
        text: `x${redacted}`,
    });
});

describe('loaded', () => {
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

    test('a value of four characters is a secret, a shorter one would blot out everything', () => {
        const short = new Redactor(['abc', 'abcd']);
        expect(short.text('abc abcd abcdabcd')).toBe(`abc ${redacted} ${redacted}${redacted}`);
    });

    test.each([
        'tokens',
        'token_type',
        'next_page_token',
        'secretary',
        'password_hint',
        'cookies',
        'monkey',
        'key',
        'api_key_id',
        'author',
        'grid_token',
        'credentials_type',
        'credential_count',
        'identity',
        'jwt_id',
    ])('a field called %s is none of them', (name) => {
        expect(redactor.json({ [name]: 'abc' })).toEqual({ [name]: 'abc' });
    });

    test.each([
        'client-secret',
        'secret',
        'my.passwd',
        'apikey',
        'api-key',
        'devKey',
        'dev_key',
        'private-key',
        'proxy-authorization',
        'cookie',
        'access-token',
        'accesstoken',
        'csrf_token',
        'jwt',
        'idToken',
        'x_id_token',
        'user-id-token',
        'idtoken',
        'my-idToken',
        'credential',
        'credentials',
        'MY_SECRET',
        'bearer_token',
        'oauthToken',
    ])('%s is one', (name) => {
        expect(redactor.json({ [name]: 'abc' })).toEqual({ [name]: redacted });
    });

    test.each([
        [1234, redacted],
        [{ a: 1 }, redacted],
        [['a'], redacted],
        [{}, {}],
        [[], []],
        ['', ''],
        [null, null],
        [false, false],
        [undefined, undefined],
    ])('a credential of %j shows %j', (value, told) => {
        expect(redactor.json({ token: value })).toEqual({ token: told });
    });

    test.each([
        ['Bearer abcdefg1', redacted],
        ['Bearer abcdefg', 'Bearer abcdefg'],
        ['bearer\tab.c~d+e/f=g-h', redacted],
        ['Bearer  abcdefg1', redacted],
        ['Basic dXNlcjpwYXNz!', `${redacted}!`],
        ['Bearerabcdefgh12', 'Bearerabcdefgh12'],
        ['forbearer abcdefgh12', 'forbearer abcdefgh12'],
        ['a nango_sbx_v1_ab.c-d, b', `a ${redacted}, b`],
        ['nango_other_0a1b', 'nango_other_0a1b'],
        ['nango_connect_session_', 'nango_connect_session_'],
    ])('%j is shown as %j', (text, shown) => {
        expect(redactor.text(text)).toBe(shown);
    });

    test('what is nested deeper than anybody looks is not shown', () => {
        let deep: unknown = { end: 'the end' };
        for (let i = 0; i < 32; i++) deep = i % 2 ? [deep] : { a: deep };
        expect(JSON.stringify(redactor.json(deep))).toContain('the end');
        expect(JSON.stringify(redactor.json([deep]))).not.toContain('the end');
    });

    test('the copy can be changed like any other object', () => {
        const clean = redactor.json({ a: 1 }) as Record<string, unknown>;
        clean.a = 2;
        expect(clean).toEqual({ a: 2 });
        delete clean.a;
        expect(clean).toEqual({});
    });

    test.each([
        'content-type',
        'content-length',
        'date',
        'etag',
        'age',
        'link',
        'x-ratelimit-reset',
        'x-rate-limit-left',
        'ratelimit',
        'request-id',
        'x-requestid',
        'x-github-request-id',
        'correlation-id',
        'x-correlationid',
        'trace-id',
        'x-traceid',
        'cf-ray',
        'x-powered-by',
    ])('header %s is kept', (name) => {
        expect(keptHeaders({ [name]: 'v' }, redactor)).toEqual({ [name]: 'v' });
    });

    test.each([
        'my-date',
        'date-of-birth',
        'x-content-type-secret',
        'x-etag',
        'request-id-token',
        'cf-ray-key',
        'x-correlation-id-of-user',
        'x-trace-id-secret',
        'content-security-policy',
    ])('header %s is not', (name) => {
        expect(keptHeaders({ [name]: 'v' }, redactor)).toEqual({});
    });

    test('a header that is kept shows no secret', () => {
        expect(keptHeaders({ link: `<https://h/?key=${key}>`, via: ['a'] }, redactor)).toEqual({
            link: `<https://h/?key=${redacted}>`,
            via: ['a'],
        });
    });
});
