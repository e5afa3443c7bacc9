import { beforeAll, expect, test } from 'vitest';
import { loadRedaction, Redactor } from './redactor.js';

/** What an error must still say: whoever is called at night reads it. All of it goes through a call that sent ordinary things. */
const redactor = new Redactor(['7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b']).of({
    path: '/proxy/items?status=active&page=2&limit=100&filter=open&sort_key=name&page_token=CAESBQ',
    headers: {
        authorization: 'Bearer 7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b',
        'connection-id': 'user-1',
        'provider-config-key': 'github',
        'nango-proxy-accept-language': 'en-GB,en',
        'nango-proxy-x-api-version': '2024-10-01',
        'nango-proxy-cookie': 'lang=en-GB; theme=dark',
        'content-type': 'application/json',
    },
    source: {
        replayable: true,
        open: () => ({ body: '', headers: {} }),
        peek: () =>
            JSON.stringify({
                name: 'Acme Corp',
                email: 'a@b.example',
                max_tokens: 4096,
                model: 'gpt-4o',
                key: 'PROJ-1',
                tokens: ['a', 'b'],
            }),
    },
    secrets: undefined,
});

beforeAll(loadRedaction);

test.each([
    { max_tokens: 4096, usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } },
    { page_token: 'CAESBQ', nextPageToken: 'abc', next_page_token: 'x1', nextSyncToken: 'y', cursor: 'eyJpZCI6MX0' },
    { primary_key: 'id', foreign_key: 'user_id', sort_key: 'name', partition_key: 'p1' },
    { errors: [{ key: 'title', message: 'is too long' }] },
    { errors: [{ path: ['credentials', 'type'], code: 'invalid_type', message: 'Required' }] },
    { key: 'PROJ-123', keys: ['a', 'b'], issue_key: 'PROJ-123', projectKey: 'PROJ' },
    { public_key: 'ssh-ed25519 AAAA', key_id: 'k-1', api_key_id: 12, secret_name: 'db', secret_version: 3 },
    { token_type: 'bearer', expires_in: 3600, scope: 'repo read:user' },
    { code: 'invalid_grant', error_code: 190, status_code: 401, country_code: 'DE' },
    { error: 'invalid_token', error_description: 'The access token expired' },
    { token: null, password: '', has_token: true, requires_secret: false, credentials: {} },
    { token: 'invalid', api_key: 'missing', password: 'required', authorization: 'expired' },
    { errors: { password: ["can't be blank", 'is too short (minimum is 8 characters)'], token: ['is invalid'] } },
    { token: ['This field is required.'], password: ['must be at least 8 characters'] },
    { errors: { api_key: 'This field is required' } },
    { field: 'email', value: 'not-an-email', message: 'must be an email' },
    { name: 'limit', value: 500 },
    { request_id: 'req_8fJ2kL0', trace_id: '0af7651916cd43dd8448eb211c80319c', connection_id: 'c-1' },
    { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7', sha: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
    {
        authorization_url: 'https://h.example/oauth/authorize',
        token_url: 'https://h.example/oauth/token',
        token_endpoint: '/token',
    },
    { password_policy: 'at least 12', password_hint: 'colour', cookies: 'enabled', session_id: 's-1' },
    { author: 'ada', authority: 'https://h.example', keyword: 'key', monkey: 1, compass: 'north' },
    { idempotency_key: 'order-17', cache_key: 'k', routing_key: 'orders.created', feature_key: 'beta' },
    { access_tokens: 3, api_keys: 2 },
    { design_tokens: { color: 'red' }, tokens: [{ text: 'a' }], tokenizer: 'bpe' },
    { code_challenge_method: 'S256', signature_method: 'HMAC-SHA1', client_assertion_type: 'urn:x' },
    { cookie_policy: 'strict', secretary: 'Ann', passed: 12, bypass: 'no', passengers: 2 },
])('%j stays as it is', (body) => {
    expect(redactor.json(body)).toEqual(body);
});

test.each([
    "Invalid value 'active' for page 2",
    'limit must be <= 100, got 100',
    "Unknown filter 'open'",
    'Unexpected token < in JSON at position 0',
    'Unexpected token u in JSON at position 12',
    'SyntaxError: Unexpected token: punc (})',
    'Invalid token: expired',
    'The access token expired',
    'token expired at 2024-01-01T00:00:00Z',
    'Missing Authorization header',
    'Authorization header is missing or malformed',
    'Basic authentication is not supported; use Bearer tokens',
    'Bearer authentication required',
    'Bearer realm="example", error="invalid_token"',
    'Bearer error=invalid_token',
    "Duplicate entry '5' for key 'PRIMARY'",
    'duplicate key value violates unique constraint "users_email_key"',
    'Key (email)=(a@b.example) already exists.',
    'The API key is missing. Pass it in the X-Api-Key header',
    'API key not valid. Please pass a valid API key.',
    'password: must be at least 8 characters',
    'Your password must contain a number',
    'This model supports at most 4096 tokens (max_tokens=4096)',
    'rate_limit: 100 tokens per minute; retry in 20s',
    'page_token=CAESBQ is stale, start again',
    'sort_key=name is not indexed',
    'error=invalid_grant&error_description=Code+was+already+redeemed',
    'See https://docs.example/errors#invalid_token',
    'GET https://api.example.com/v1/items?status=active&page=2 failed',
    'connect ECONNREFUSED 127.0.0.1:3003',
    'column "primary_key" of relation "items" does not exist',
    'Item PROJ-1 of Acme Corp for a@b.example was not found in gpt-4o',
    'Version 2024-10-01 is not supported in en-GB, theme dark',
    '<error><code>404</code><message>No such key</message><Key>photos/1.jpg</Key></error>',
    '<Error><Code>NoSuchKey</Code><KeyCount>3</KeyCount></Error>',
    'npm_config_registry_of_the_user_was_not_set',
    'key: title, code: too_long',
])('%j stays as it is', (text) => {
    expect(redactor.text(text)).toBe(text);
});
