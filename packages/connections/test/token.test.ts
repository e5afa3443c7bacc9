import { NangoNotFoundError, NangoPermissionError } from '@x/core';
import { expect, test } from 'vitest';
import { Connections } from '../src/index.js';
import { startServer } from './server.js';

/** Row `missing-credentials` of docs/migration.md. */

const connection = (credentials: unknown, provider = 'github') => ({ id: 1, connection_id: 'c1', provider, credentials });
const ofProvider = (auth_mode: string, credentials: unknown) => (url: URL) =>
    url.pathname.startsWith('/providers/') ? { body: { data: { auth_mode } } } : { body: connection(credentials) };

test.each(['getToken', 'getRawTokenResponse'] as const)(
    '%s says which scope is missing when credentials are left out',
    async (method) => {
        await using server = await startServer(ofProvider('OAUTH2', {}));
        const connections = new Connections(server.options);
        const call: Promise<unknown> =
            method === 'getToken' ? connections.getToken('github', 'c1') : connections.getRawTokenResponse('github', 'c1');
        const failure = (await call.catch((error) => error)) as NangoPermissionError;
        expect(failure).toBeInstanceOf(NangoPermissionError);
        expect(failure.message).toContain("'environment:connections:read_credentials'");
        expect(failure).toMatchObject({ status: 403, code: 'forbidden', operation: method });
        expect(failure.response.status).toBe(403);
        expect(server.asked[1]).toBe('GET /providers/github');
    },
);

test('a connection that has no credentials by nature gives none', async () => {
    await using server = await startServer(ofProvider('NONE', {}));
    const connections = new Connections(server.options);
    expect(await connections.getToken('unauthenticated', 'c1')).toEqual({});
    expect(await connections.getRawTokenResponse('unauthenticated', 'c1')).toBeUndefined();
});

test('the scope is named too when the provider has left the catalogue', async () => {
    await using server = await startServer((url) =>
        url.pathname.startsWith('/providers/')
            ? { status: 404, body: { error: { code: 'not_found' } } }
            : { body: connection({}) },
    );
    await expect(new Connections(server.options).getToken('github', 'c1')).rejects.toBeInstanceOf(NangoPermissionError);
});

test('credentials that are there cost no second request', async () => {
    await using server = await startServer(ofProvider('API_KEY', { type: 'API_KEY', apiKey: 'k' }));
    expect(await new Connections(server.options).getToken('github', 'c1')).toEqual({ type: 'API_KEY', apiKey: 'k' });
    expect(server.asked).toHaveLength(1);
});

test('flags may come in one object with the options of the call', async () => {
    await using server = await startServer(ofProvider('OAUTH2', { type: 'OAUTH2', access_token: 'at' }));
    const connections = new Connections(server.options);
    const token = await connections.getToken('github', 'c1', { forceRefresh: true, timeout: 5_000 });
    expect(token).toBe('at');
    await connections.getConnection('github', 'c1', { refreshToken: true, refreshGithubAppJwtToken: true });
    expect(server.asked).toEqual([
        'GET /connections/c1?provider_config_key=github&force_refresh=true&refresh_token=false&refresh_github_app_jwt_token=false',
        'GET /connections/c1?provider_config_key=github&force_refresh=false&refresh_token=true&refresh_github_app_jwt_token=true',
    ]);
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(connections.getConnection('github', 'c1', { signal: aborted })).rejects.toThrow('enough');
    await expect(connections.getConnection('github', 'c1', true, false, false, { signal: aborted })).rejects.toThrow('enough');
    expect(server.asked).toHaveLength(2);
});

test('a forced refresh is never sent twice; a plain read is', async () => {
    await using server = await startServer(() => ({ status: 503, body: '' }));
    const connections = new Connections({ ...server.options, retry: { limit: 1, baseDelay: 1 } });
    await expect(connections.getToken('github', 'c1', true)).rejects.toMatchObject({ status: 503 });
    expect(server.asked).toHaveLength(1);
    await expect(connections.getToken('github', 'c1')).rejects.toMatchObject({ status: 503 });
    expect(server.asked).toHaveLength(3);
});

test('an unknown connection is a NangoNotFoundError', async () => {
    await using server = await startServer(() => ({ status: 404, body: { error: { code: 'not_found' } } }));
    await expect(new Connections(server.options).getToken('github', 'c1')).rejects.toBeInstanceOf(NangoNotFoundError);
});
