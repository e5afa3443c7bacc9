import { describe, expect, test } from 'vitest';
import { maskQuery } from './mask-query.js';
import { maskBody, maskHeader } from './mask-secrets.js';
import { maskText } from './mask-text.js';

describe('headers', () => {
    test.each([
        ['authorization', 'Bearer abc', 'Bearer ***'],
        ['Authorization', 'abc', '***'],
        ['Proxy-Authorization', 'Basic abc=', 'Basic ***'],
        ['cookie', 'a=1', '***'],
        ['set-cookie', 'a=1', '***'],
        ['x-api-key', 'abc', '***'],
        ['x-anything-else', 'abc', '***'],
        ['nango-proxy-authorization', 'Token abc', 'Token ***'],
        ['nango-proxy-x-custom', 'abc', '***'],
        ['nango-proxy-accept', 'text/csv', 'text/csv'],
        ['content-type', 'application/json', 'application/json'],
        ['Connection-Id', 'octo', 'octo'],
        ['x-ratelimit-remaining', '9', '9'],
        ['location', 'https://a.example/cb?code=abc&page=2', 'https://a.example/cb?code=***&page=2'],
        ['referer', 'http://h/connect-ui/?session_token=nango_connect_session_0a', 'http://h/connect-ui/?session_token=***'],
    ])('%s: %s', (name, value, shown) => {
        expect(maskHeader([name, value], [])).toEqual([name, shown]);
    });
});

describe('bodies', () => {
    const json = (value: unknown) => JSON.parse(maskBody(JSON.stringify(value), 'application/json', ['known-secret']));

    test('credentials keep what says which kind they are, whatever their members are called', () => {
        const credentials = {
            type: 'OAUTH2',
            access_token: 'a',
            expires_at: '2030-01-01',
            raw: { scope: 'repo', strange: 'b', list: ['c', 4] },
        };
        expect(json({ credentials })).toEqual({
            credentials: {
                type: 'OAUTH2',
                access_token: '***',
                expires_at: '2030-01-01',
                raw: { scope: 'repo', strange: '***', list: ['***', '***'] },
            },
        });
    });

    test('secrets by their names, and nothing that only sounds like one', () => {
        const shown = {
            provider_config_key: 'github',
            unique_key: 'github',
            key: 'PROJ-1',
            token_type: 'bearer',
            next_page_token: 'p2',
            total_tokens: 17,
            error: { code: 'not_found', message: 'No state' },
            webhook_url: 'https://a.example/hook',
        };
        expect(json(shown)).toEqual(shown);
        const secrets = {
            apiKey: 'a',
            client_secret: 'a',
            refreshToken: 'a',
            password: 'a',
            connect_session_token: 'a',
            private_key: 'a',
        };
        expect(Object.values(json(secrets))).toEqual(Object.keys(secrets).map(() => '***'));
        expect(
            json([
                { name: 'API_TOKEN', value: 'a' },
                { name: 'REGION', value: 'eu' },
            ]),
        ).toEqual([
            { name: 'API_TOKEN', value: '***' },
            { name: 'REGION', value: 'eu' },
        ]);
    });

    test('what is known to be secret, and what looks like it, wherever it stands', () => {
        expect(json({ note: 'it was known-secret, really' })).toEqual({ note: 'it was ***, really' });
        expect(json({ link: 'http://h/?session_token=nango_connect_session_0a1b' })).toEqual({
            link: 'http://h/?session_token=***',
        });
        expect(maskText('curl -H "Authorization: Bearer abcdef123"', [])).toBe('curl -H "Authorization: Bearer ***"');
        expect(maskText('https://ann:pass@h/', [])).toBe('https://***@h/');
        expect(maskText('-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', [])).toBe('***');
        expect(maskText('eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln', [])).toBe('***');
        expect(maskText('The bearer token is missing.', [])).toBe('The bearer token is missing.');
    });

    test('forms, and JSON that was cut off', () => {
        expect(maskBody('grant_type=password&password=a&scope=b', 'application/x-www-form-urlencoded', [])).toBe(
            'grant_type=password&password=***&scope=b',
        );
        expect(maskBody('{"id":"1","access_token":"abc","client_secret":"de', null, [])).toBe(
            '{"id":"1","access_token":"***","client_secret":"***',
        );
    });
});

describe('queries', () => {
    test.each([
        ['?X-Amz-Signature=abc&page=2', '?X-Amz-Signature=***&page=2'],
        ['?sig=abc', '?sig=***'],
        [
            '?auth=abc&jwt=abc&session_id=abc&pat=abc&credential=abc&assertion=abc',
            '?auth=***&jwt=***&session_id=***&pat=***&credential=***&assertion=***',
        ],
        ['?access%5Ftoken=abc', '?access%5Ftoken=***'],
        ['?passwd=abc', '?passwd=***'],
        [
            '?next=https%3A%2F%2Fada%3Apw%40a.example%2F%3Fsig%3Dabc%26page%3D2',
            `?next=${encodeURIComponent('https://***@a.example/?sig=***&page=2')}`,
        ],
        ['?provider_config_key=github&q=100%&flag&empty=', '?provider_config_key=github&q=100%&flag&empty='],
    ])('%s', (query, shown) => {
        expect(maskQuery(query)).toBe(shown);
        expect(maskText(`GET /proxy/x${query}`, [])).not.toMatch(/=abc/);
    });
});
