import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Nango, NangoInputError, NangoNotFoundError, type RawRequest } from '../src/index.js';
import { type RecordingServer, startRecordingServer } from './recording-server.js';

/** What the vendor's `nango.http` was used for (`http-field` of docs/migration.md). */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
let server: RecordingServer;
let nango: Nango;

beforeAll(async () => {
    server = await startRecordingServer();
    nango = new Nango({ apiKey, host: server.url, retry: { limit: 2, baseDelay: 1 }, rateLimit: false });
});
afterAll(() => server.close());
beforeEach(() => server.answer(() => ({ body: { ok: true }, headers: { 'x-widget': 'w' } })));

describe('rawRequest', () => {
    test('goes the way of every call: key, encoded ids, query, JSON body, headers', async () => {
        const answer = await nango.rawRequest({
            method: 'patch',
            path: '/widgets/{widgetId}/parts/{part}',
            params: { widgetId: 'a/b?c', part: 7 },
            query: { include: ['x', 'y'], deep: true, none: undefined },
            body: { color: 'blue' },
            headers: { 'x-own': '1' },
        });
        expect(answer).toMatchObject({ data: { ok: true }, status: 200, headers: { 'x-widget': 'w' } });
        expect(server.requests).toHaveLength(1);
        const [request] = server.requests;
        expect(request).toMatchObject({ method: 'PATCH', path: '/widgets/a%2Fb%3Fc/parts/7', body: '{"color":"blue"}' });
        expect(request?.query).toEqual([
            ['deep', 'true'],
            ['include', 'x'],
            ['include', 'y'],
        ]);
        expect(request?.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, 'x-own': '1' });
    });

    test.each([
        ['GET', undefined, 3],
        ['HEAD', undefined, 3],
        ['POST', undefined, 1],
        ['DELETE', undefined, 1],
        ['PUT', true, 3],
        ['POST', true, 3],
    ])('%s with idempotent: %s is sent %i times to a server that fails', async (method, idempotent, times) => {
        server.answer(() => ({ status: 503 }));
        await expect(nango.rawRequest({ method, path: '/widgets', idempotent })).rejects.toMatchObject({
            status: 503,
            operation: 'rawRequest',
        });
        expect(server.requests).toHaveLength(times);
    });

    test('errors are those of every call, and name the template', async () => {
        server.answer(() => ({ status: 404, body: { error: { code: 'not_found', message: 'no such widget' } } }));
        const failure = await nango.rawRequest({ path: '/widgets/{id}', params: { id: 'w1' } }).catch((error) => error);
        expect(failure).toBeInstanceOf(NangoNotFoundError);
        expect(failure).toMatchObject({ code: 'not_found', path: '/widgets/{id}', method: 'GET' });
    });

    test('an empty answer, and any JSON, is a right one', async () => {
        server.answer(() => ({ status: 204 }));
        expect(await nango.rawRequest({ method: 'DELETE', path: '/widgets/{id}', params: { id: 'w1' } })).toMatchObject({
            status: 204,
            data: '',
        });
        server.answer(() => ({ body: '7', headers: { 'content-type': 'application/json' } }));
        expect((await nango.rawRequest<number>({ path: '/count' })).data).toBe(7);
    });

    test.each<[string, unknown]>([
        ['request', undefined],
        ['path', { path: 'widgets' }],
        ['path', { path: '/widgets/../connections' }],
        ['path', { path: '/widgets/.' }],
        ['path', { path: '/widgets?x=1' }],
        ['path', { path: '/widgets/%2e%2e' }],
        ['path', { path: '//evil.example/x' }],
        ['path', { path: 'https://evil.example/x' }],
        ['path', { path: '/widgets/{id' }],
        ['path', { path: '/proxy/x' }],
        ['id', { path: '/widgets/{id}' }],
        ['id', { path: '/widgets/{id}', params: { id: '..' } }],
        ['method', { path: '/widgets', method: 'OPTIONS' }],
        ['body', { path: '/widgets', body: {} }],
        ['idempotent', { path: '/widgets', method: 'POST', idempotent: 'yes' }],
        ['authorization', { path: '/widgets', headers: { authorization: 'x' } }],
    ])('a wrong `%s` is refused: %j', async (parameter, request) => {
        const failure = await nango.rawRequest(request as RawRequest).catch((error) => error);
        expect(failure).toBeInstanceOf(NangoInputError);
        expect(failure.message).toContain(`\`${parameter}\``);
        expect(server.requests).toEqual([]);
    });

    test('a misspelled member is named', async () => {
        const request = { path: '/widgets', method: 'POST', idempotant: true } as RawRequest;
        await expect(nango.rawRequest(request)).rejects.toThrow('did you mean `idempotent`?');
    });
});

describe('withResponse', () => {
    test('gives status and headers of the last answer beside what the call gives', async () => {
        server.answer(() => ({ body: { connections: [] }, headers: { 'x-ratelimit-remaining': '9' } }));
        const { data, response } = await nango.withResponse((noted) => noted.listConnections({ userId: 'u1' }));
        expect(data).toEqual({ connections: [] });
        expect(response).toMatchObject({ status: 200, headers: { 'x-ratelimit-remaining': '9' } });
        expect(response).not.toHaveProperty('data');
    });

    test('two at once do not mix, and the client itself is as it was', async () => {
        server.answer(({ path }) => ({ body: { data: {} }, headers: { 'x-of': path } }));
        const of = (provider: string) => nango.withResponse((noted) => noted.getProvider({ provider }));
        const [a, b] = await Promise.all([of('a'), of('b')]);
        expect([a.response?.headers['x-of'], b.response?.headers['x-of']]).toEqual(['/providers/a', '/providers/b']);
        expect(await nango.getProvider({ provider: 'a' })).toEqual({ data: {} });
    });

    test('a subclass stays one; several calls give the last; none gives undefined', async () => {
        class Own extends Nango {
            override providerConfigKey = 'github';
            both() {
                return this.getProvider({ provider: 'a' }).then(() => this.getProvider({ provider: 'b' }));
            }
        }
        server.answer(({ path }) => ({ body: { data: {} }, headers: { 'x-of': path } }));
        const own = new Own({ apiKey, host: server.url });
        const { response } = await own.withResponse((noted) => noted.both());
        expect(response?.headers['x-of']).toBe('/providers/b');
        expect(await own.withResponse((noted) => noted.providerConfigKey)).toEqual({ data: 'github', response: undefined });
    });

    test('an error comes as it is', async () => {
        server.answer(() => ({ status: 404, body: { error: { code: 'unknown_provider' } } }));
        await expect(nango.withResponse((noted) => noted.getProvider({ provider: 'a' }))).rejects.toMatchObject({
            response: { status: 404 },
        });
    });
});
