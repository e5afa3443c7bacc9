import { request as sendRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { code, proxyScene } from '../support/proxy-scene.js';

/* What a wider comparison with a running server showed about the proxy (contract 14). */

const scene = proxyScene();
const { proxy } = scene;

/** A request that fetch can't make: any method with any body. */
function raw(method: string, path: string, headers: Record<string, string>, body?: string) {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
        const common = {
            authorization: `Bearer ${scene.emulator.apiKey}`,
            'provider-config-key': 'bearer',
            'connection-id': 'c1',
        };
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const sent = sendRequest(
            scene.emulator.url + path,
            { method, headers: { ...common, 'base-url-override': scene.upstream, ...length, ...headers } },
            async (answer) => resolve({ status: answer.statusCode ?? 0, body: await text(answer) }),
        );
        sent.on('error', reject);
        sent.end(body);
    });
}

test('OPTIONS of any path is answered with 204, without a key, and goes nowhere', async () => {
    for (const path of ['/proxy/echo', '/proxy', '/connections', '/webhook/x/y', '/nowhere']) {
        const answer = await fetch(scene.emulator.url + path, { method: 'OPTIONS' });
        expect([path, answer.status, await answer.text()]).toEqual([path, 204, '']);
    }
    expect(scene.seen).toEqual([]);
});

describe('the preflight', () => {
    const headers = async (path: string) => (await fetch(scene.emulator.url + path, { method: 'OPTIONS' })).headers;

    test('names methods and headers as the server does', async () => {
        for (const path of ['/connections', '/proxy/x']) {
            const answer = await headers(path);
            expect(answer.get('access-control-allow-methods')).toBe('GET,HEAD,PUT,PATCH,POST,DELETE');
            expect(answer.get('access-control-allow-headers')).toBe(
                'Authorization,Content-Type,Accept,Origin,X-Requested-With,Nango-Activity-Log-Id,Nango-Is-Dry-Run,Nango-Is-Sync,Provider-Config-Key,Connection-Id,Sentry-Trace,Baggage',
            );
            expect(answer.get('access-control-max-age')).toBe('600');
        }
    });

    test('of the dashboard’s own API and of beacons differs', async () => {
        expect((await headers('/api/v1/meta')).get('access-control-allow-headers')).toBe(
            'Origin,Content-Type,sentry-trace,baggage',
        );
        expect((await headers('/connect/telemetry')).get('access-control-allow-origin')).toBe(scene.emulator.url);
    });
});

describe('what goes to the provider', () => {
    test.each(['POST', 'PUT', 'PATCH'])('%s without body and type is an empty form', async (method) => {
        await raw(method, '/proxy/x', { 'content-length': '0' });
        expect(scene.seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
        expect(scene.seen[0]?.body.toString()).toBe('');
    });

    test('the same with the type of a form is an empty object, as the vendor’s client has it', async () => {
        await raw('POST', '/proxy/x', { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' });
        expect(scene.seen[0]?.headers['content-type']).toBe('application/json');
        expect(scene.seen[0]?.body.toString()).toBe('{}');
    });

    test('a doubled slash becomes one; an address stays a path', async () => {
        await raw('GET', '/proxy//echo?a=//b', {});
        await raw('GET', '/proxy/http://x.y/z', {});
        expect(scene.seen.map(({ url }) => url)).toEqual(['/echo?a=//b', '/http://x.y/z']);
    });

    test.each([
        ['gzip', gzipSync],
        ['deflate', deflateSync],
        ['br', brotliCompressSync],
    ] as const)('a %s body is read', async (encoding, compress) => {
        const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
        await proxy('/x', { method: 'POST', body: new Uint8Array(compress('{"a":1}')) }, headers);
        expect(JSON.parse(scene.seen[0]?.body.toString() ?? '')).toEqual({ a: 1 });
        const api = await fetch(`${scene.emulator.url}/connections`, {
            method: 'POST',
            headers: { authorization: `Bearer ${scene.emulator.apiKey}`, ...headers },
            body: new Uint8Array(compress('{"provider_config_key":"nowhere","credentials":{"type":"NONE"}}')),
        });
        expect(await code(api)).toBe('not_found');
        expect(await code(await proxy('/x', { method: 'POST', body: 'plain' }, headers))).toBe('invalid_json');
    });

    test('a body of an unknown type, or of none, is dropped', async () => {
        await proxy(
            '/x',
            { method: 'POST', body: new Uint8Array(Buffer.from('abc')) },
            { 'content-type': 'application/x-unknown' },
        );
        await raw('POST', '/proxy/x', {}, 'abc');
        await proxy('/x', { method: 'POST', body: 'abc' }, { 'content-type': 'text/plain' });
        expect(scene.seen.map(({ body }) => body.toString())).toEqual(['', '', 'abc']);
    });

    test('multipart has no length', async () => {
        const form = new FormData();
        form.set('file', new Blob(['hello']), 'hello.txt');
        await proxy('/x', { method: 'POST', body: form }, { 'nango-proxy-content-type': 'multipart/form-data' });
        expect(scene.seen[0]?.headers).not.toHaveProperty('content-length');
        expect(scene.seen[0]?.body.toString()).toContain('hello.txt');
    });

    test.each(['GET', 'HEAD'])('nothing of a %s whose body is broken JSON, or a JSON text', async (method) => {
        for (const body of ['{', '"text"']) {
            expect((await raw(method, '/proxy/x', { 'content-type': 'application/json' }, body)).status).toBe(400);
        }
        expect(scene.seen).toEqual([]);
    });
});

describe('what comes back', () => {
    test.each([
        ['gzip', gzipSync],
        ['deflate', deflateSync],
        ['br', brotliCompressSync],
    ] as const)('a buffered %s answer is decoded, and its encoding not named', async (encoding, compress) => {
        const bytes = compress('{"a":1}');
        scene.answer = (_, response) =>
            response
                .writeHead(200, {
                    'content-type': 'application/json',
                    'content-encoding': encoding,
                    'content-length': bytes.length,
                })
                .end(bytes);
        const answer = await raw('GET', '/proxy/x', {});
        expect(answer.body).toBe('{"a":1}');
    });

    test.each([
        ['text/plain', 'text/plain; charset=utf-8'],
        ['application/json', 'application/json; charset=utf-8'],
        ['application/problem+json', 'application/problem+json; charset=utf-8'],
        ['text/html; charset=latin1', 'text/html; charset=latin1'],
        ['image/png', 'image/png'],
        [undefined, 'application/octet-stream'],
    ])('a failure of type %s is labelled %s', async (type, labelled) => {
        scene.answer = (_, response) => response.writeHead(418, type ? { 'content-type': type } : {}).end('{}');
        expect((await proxy('/x')).headers.get('content-type')).toBe(labelled);
    });
});

describe('the fault of bodies with a stray %', () => {
    const text = { 'content-type': 'text/plain' };

    test('is not there unless it is asked for', async () => {
        expect((await proxy('/x', { method: 'POST', body: '100% sure' }, text)).status).toBe(200);
    });

    test('strikes what is not JSON, and only then counts', async () => {
        const fault = await scene.emulator.control.fault({ type: 'stray-percent' });
        const post = async (body: string | Uint8Array, headers: Record<string, string>, method = 'POST') =>
            (await proxy('/x', { method, body: body as string }, headers)).status;
        expect(await post('100% sure', text)).toBe(500);
        expect(await post(Buffer.from('%PDF-1.7'), { 'content-type': 'application/octet-stream' }, 'PUT')).toBe(500);
        expect(await post('100%25 sure', text)).toBe(200);
        expect(await post('{"a":"100% sure"}', { 'content-type': 'application/json' })).toBe(200);
        expect((await proxy('/x')).status).toBe(200);
        const [placed] = await scene.emulator.control.faults();
        expect([placed?.id, placed?.struck]).toEqual([fault.id, 2]);
        const answer = await proxy('/x', { method: 'PATCH', body: '%' }, text);
        expect(await code(answer)).toBe('generic_error_support');
    });
});
