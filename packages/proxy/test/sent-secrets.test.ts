import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ProxyConfiguration } from '../src/index.js';
import { start, through, transports } from './support.js';

/** What a call sent under a secret's name is in no form of its error, however the answer gives it back; what else it sent is. */

const s = (name: string) => `${name}/S3+cret&${name.length}`;

type Config = Partial<ProxyConfiguration>;
const form = new FormData();
form.append('client_secret', s('form-data'));
form.append('title', 'ordinary');

const cases: Record<string, { config: Config; secrets: string[]; kept?: string[] }> = {
    params: { config: { params: { api_key: s('param'), status: 'active', page: 2 } }, secrets: [s('param')], kept: ['active'] },
    'a query in the endpoint': {
        config: { endpoint: `/a?access_token=${encodeURIComponent(s('query'))}&q=ordinary` },
        secrets: [s('query')],
    },
    'user-info of baseUrlOverride with a quote in it': {
        config: { baseUrlOverride: `https://bob:${encodeURIComponent("it's/S3+cret&7")}@h.example/v1` },
        secrets: ["it's/S3+cret&7", encodeURIComponent("it's/S3+cret&7")],
        kept: ['h.example/v1'],
    },
    'params as text': { config: { params: `client_secret=${encodeURIComponent(s('text'))}` }, secrets: [s('text')] },
    'a number under a secret name': { config: { params: { otp: 123456 } }, secrets: ['123456'] },
    json: {
        config: { method: 'POST', data: { user: { password: s('json'), name: 'ordinary' }, signingKeys: [s('keys')] } },
        secrets: [s('json'), s('keys')],
        kept: ['ordinary'],
    },
    'json in json': {
        config: { method: 'POST', data: { body: JSON.stringify({ secret_key: s('nested') }) } },
        secrets: [s('nested')],
    },
    'credentials of any name': {
        config: { method: 'POST', data: { credentials: { whatever: s('credentials-of-theirs') } } },
        secrets: [s('credentials-of-theirs')],
    },
    'form text': {
        config: { method: 'POST', data: `passphrase=${encodeURIComponent(s('formtext'))}&a=ordinary` },
        secrets: [s('formtext')],
        kept: ['ordinary'],
    },
    URLSearchParams: { config: { method: 'POST', data: new URLSearchParams({ bot_token: s('usp') }) }, secrets: [s('usp')] },
    FormData: { config: { method: 'POST', data: form }, secrets: [s('form-data')], kept: ['ordinary'] },
    'an object as a form': {
        config: {
            method: 'POST',
            headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
            data: { auth: { token: s('object') } },
        },
        secrets: [s('object')],
    },
    bytes: { config: { method: 'POST', data: Buffer.from(JSON.stringify({ api_key: s('bytes') })) }, secrets: [s('bytes')] },
    xml: {
        config: { method: 'POST', headers: { 'Content-Type': 'text/xml' }, data: '<a><Password>xml-S3cret</Password></a>' },
        secrets: ['xml-S3cret'],
    },
    'user-info of the base URL': {
        config: { baseUrlOverride: `https://user:${encodeURIComponent(s('userinfo'))}@h.example/v2` },
        secrets: [s('userinfo'), encodeURIComponent(s('userinfo'))],
    },
    headers: { config: { headers: { 'X-Tenant-Pin': s('header') } }, secrets: [s('header')] },
    'single cookies': {
        config: { headers: { Cookie: `theme=dark; sid=short1; auth="${'cookie-S3cret-1'}"` } },
        secrets: ['short1', 'cookie-S3cret-1'],
        kept: ['dark'],
    },
    Basic: {
        config: { headers: { Authorization: `Basic ${Buffer.from(`user:${s('basic')}`).toString('base64')}` } },
        secrets: [s('basic'), Buffer.from(`user:${s('basic')}`).toString('base64')],
    },
    'Basic with a key for a user': {
        config: { headers: { Authorization: `Basic ${btoa('live-key-of-an-account:')}` } },
        secrets: ['live-key-of-an-account'],
    },
    'parts of a header': {
        config: { headers: { Authorization: 'OAuth oauth_token="oauth-token-1", oauth_signature="c2lnbmF0dXJl"' } },
        secrets: ['oauth-token-1', 'c2lnbmF0dXJl'],
    },
};

const spellings = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    new URLSearchParams({ a: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
    secret.replaceAll('&', '&amp;'),
];

describe.each(transports)('over %s', (_name, options) => {
    test.each(Object.entries(cases))('%s', async (_case, { config, secrets, kept = [] }) => {
        const said = [...secrets.flatMap(spellings), ...kept];
        const { nango } = await start(
            (_request, response) => {
                response.writeHead(400, `Bad ${secrets[0]?.replace(/[^\w/+&.-]/g, '')}`, {
                    'content-type': 'application/json',
                    'x-request-id': encodeURIComponent(secrets[0] as string),
                });
                response.end(JSON.stringify({ message: `rejected: ${said.join(' , ')}`, list: said, [said[0] as string]: 1 }));
            },
            { ...options, retry: false },
        );
        const seen: unknown[] = [];
        const hooks = { onResponse: (event: object) => void seen.push(event), onError: (event: object) => void seen.push(event) };
        const { ProxyCalls } = await import('../src/index.js');
        const client = new ProxyCalls({ apiKey: nango.apiKey, host: nango.serverUrl, ...options, retry: false, hooks });
        const error: Error = await client.proxy({ ...through, endpoint: '/a', ...config }).then(
            () => expect.fail('must reject'),
            (caught) => caught,
        );
        const shown = [
            inspect(error, { depth: 12, showHidden: true, getters: true }),
            inspect(seen, { depth: 12, showHidden: true }),
            String(error.stack),
            JSON.stringify(error),
            JSON.stringify((error as { response?: unknown }).response),
        ].join('\n');
        for (const secret of secrets.flatMap(spellings)) expect(shown).not.toContain(secret);
        for (const word of kept) expect(error.message).toContain(word);
    });
});
