import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { NangoInputError } from '@x/core';
import NpmFormData from 'form-data';
import { describe, expect, test } from 'vitest';
import type { SeenRequest } from '../../core/test/support/loopback.js';
import { ProxyCalls } from '../src/index.js';
import { start, through, transports } from './support.js';

const form = 'application/x-www-form-urlencoded';
const bytes = 'application/octet-stream';
const binary = Uint8Array.from({ length: 256 }, (_, index) => index);

/** Content types as the server sees them: how it reads the body, and what it declares to the provider. */
const types = (request: SeenRequest | undefined) => [
    request?.headers['content-type'],
    request?.headers['nango-proxy-content-type'],
];

/** Reads a form as a server does, with a parser that is not ours. */
async function parse(request: SeenRequest | undefined) {
    const body = await new Response(request?.body as BodyInit, {
        headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData();
    return Promise.all(
        [...body].map(async ([name, value]) =>
            typeof value === 'string' ? [name, value] : [name, value.name, value.type, Buffer.from(await value.arrayBuffer())],
        ),
    );
}

describe.each(transports)('over %s', (_name, options) => {
    const web = () => new Blob(['some ', 'text']).stream();
    test.each<[string, () => unknown, string | undefined, string, string | undefined, string | undefined]>([
        ['an object', () => ({ a: [1, { b: 'é' }] }), undefined, '{"a":[1,{"b":"é"}]}', 'application/json', undefined],
        ['an array', () => [1, 2], undefined, '[1,2]', 'application/json', undefined],
        [
            'an object of a JSON type',
            () => ({ a: 1 }),
            'application/vnd.api+json',
            '{"a":1}',
            'application/json',
            'application/vnd.api+json',
        ],
        [
            'an object as a form',
            () => ({ a: 1, l: ['x', 'y z'], o: { p: true }, n: null }),
            form,
            'a=1&l%5B%5D=x&l%5B%5D=y+z&o%5Bp%5D=true',
            form,
            form,
        ],
        ['text', () => 'a=1&b=é', undefined, 'a=1&b=é', form, form],
        ['empty text', () => '', 'text/plain', '', 'text/plain', 'text/plain'],
        ['JSON text', () => '{"a":1}', 'application/json', '{"a":1}', 'application/json', 'application/json'],
        [
            'JSON text of another JSON type',
            () => '{"a":1}',
            'application/scim+json',
            '{"a":1}',
            'application/json',
            'application/scim+json',
        ],
        ['XML', () => '<a/>', 'text/xml; charset=utf-8', '<a/>', 'text/xml; charset=utf-8', 'text/xml; charset=utf-8'],
        ['URLSearchParams', () => new URLSearchParams({ a: 'b c' }), undefined, 'a=b+c', form, form],
        ['a Buffer', () => Buffer.from('some text'), undefined, 'some text', bytes, bytes],
        [
            'a view of a larger buffer',
            () => new Uint8Array(Buffer.from('[some text]')).subarray(1, 10),
            'image/png',
            'some text',
            'image/png',
            'image/png',
        ],
        ['an ArrayBuffer', () => new TextEncoder().encode('some text').buffer, undefined, 'some text', bytes, bytes],
        ['a Blob', () => new Blob(['some text'], { type: 'text/csv' }), undefined, 'some text', 'text/csv', 'text/csv'],
        ['a Blob without type', () => new Blob(['some text']), undefined, 'some text', bytes, bytes],
        ['a ReadableStream', web, undefined, 'some text', bytes, bytes],
        [
            'a Node stream',
            () => Readable.from([Buffer.from('some '), Buffer.from('text')]),
            'text/plain',
            'some text',
            'text/plain',
            'text/plain',
        ],
    ])('%s arrives as it is, with its type said twice', async (_what, data, type, body, readAs, toldAs) => {
        const { nango, requests } = await start(undefined, options);
        const config = Object.freeze({
            ...through,
            endpoint: '/a',
            data: data(),
            ...(type && { headers: Object.freeze({ 'Content-Type': type }) }),
        });
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) await nango.proxy({ ...config, data: data(), method });
        for (const request of requests) {
            expect(request.body.toString()).toBe(body);
            expect(types(request)).toEqual([readAs, toldAs]);
        }
        expect(requests.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PATCH', 'DELETE']);
    });

    test('a FormData arrives whole, whatever its names, and whatever type the caller names', async () => {
        const { nango, requests } = await start(undefined, options);
        const data = new FormData();
        data.append('plain', 'text é');
        data.append('plain', 'second');
        data.append('li\r\nne "q"', 'a\nb');
        data.append('file', new File([binary], 'naïve "x".bin', { type: 'image/png' }));
        data.append('blob', new Blob(['b']));
        for (const headers of [{}, { 'Content-Type': 'multipart/form-data' }, { 'content-type': 'application/json' }])
            await nango.post({ ...through, endpoint: '/a', data, headers });
        for (const request of requests) {
            expect(types(request)).toEqual([
                expect.stringMatching(/^multipart\/form-data; boundary=[\w-]+$/),
                'multipart/form-data',
            ]);
            expect(await parse(request)).toEqual([
                ['plain', 'text é'],
                ['plain', 'second'],
                ['li\r\nne "q"', 'a\r\nb'],
                ['file', 'naïve "x".bin', 'image/png', Buffer.from(binary)],
                ['blob', 'blob', bytes, Buffer.from('b')],
            ]);
        }
        expect(requests).toHaveLength(3);
    });

    test('an object of type multipart becomes a form', async () => {
        const { nango, requests } = await start(undefined, options);
        const data = { a: 1, list: ['x', 'y'], rows: [{ b: 2 }], file: new Blob(['f'], { type: 'text/csv' }), none: null };
        await nango.post({ ...through, endpoint: '/a', data, headers: { 'Content-Type': 'multipart/form-data' } });
        expect(await parse(requests[0])).toEqual([
            ['a', '1'],
            ['list[]', 'x'],
            ['list[]', 'y'],
            ['rows[0][b]', '2'],
            ['file', 'blob', 'text/csv', Buffer.from('f')],
        ]);
    });

    test('the form of the npm package arrives whole', async () => {
        const { nango, requests } = await start(undefined, options);
        const make = () => {
            const data = new NpmFormData();
            data.append('plain', 'text');
            data.append('file', Buffer.from(binary), { filename: 'x.bin', contentType: 'image/png' });
            data.append('stream', Readable.from([Buffer.from('streamed')]), { filename: 's.txt', contentType: 'text/plain' });
            return data;
        };
        const data = make();
        await nango.post({ ...through, endpoint: '/a', data, headers: data.getHeaders() });
        await nango.post({ ...through, endpoint: '/a', data: make() });
        for (const request of requests) {
            expect(types(request)).toEqual([expect.stringMatching(/^multipart\/form-data; ?boundary=/), 'multipart/form-data']);
            expect(await parse(request)).toEqual([
                ['plain', 'text'],
                ['file', 'x.bin', 'image/png', Buffer.from(binary)],
                ['stream', 's.txt', 'text/plain', Buffer.from('streamed')],
            ]);
        }
        expect(requests).toHaveLength(2);
    });

    test.each([undefined, null])('a write with the data %j says {} as JSON, unless another type is named', async (data) => {
        const { nango, requests } = await start(undefined, options);
        const json = { 'Content-Type': 'application/json' };
        for (const method of ['POST', 'put', 'PATCH'] as const) await nango.proxy({ ...through, endpoint: '/a', method, data });
        await nango.post({ ...through, endpoint: '/a', data, headers: json });
        await nango.post({ ...through, endpoint: '/a', data, headers: { 'content-type': form } });
        expect(requests.map((request) => [request.body.toString(), ...types(request)])).toEqual([
            ['{}', 'application/json', undefined],
            ['{}', 'application/json', undefined],
            ['{}', 'application/json', undefined],
            ['{}', 'application/json', 'application/json'],
            ['', undefined, form],
        ]);
    });

    test('DELETE without data, GET and HEAD carry no body and no type', async () => {
        const { nango, requests } = await start(undefined, options);
        await nango.delete({ ...through, endpoint: '/a' });
        for (const method of ['get', 'HEAD'] as const) await nango.proxy({ ...through, endpoint: '/a', method, data: { a: 1 } });
        expect(requests.map((request) => [request.method, request.body.length, ...types(request)])).toEqual([
            ['DELETE', 0, undefined, undefined],
            ['GET', 0, undefined, undefined],
            ['HEAD', 0, undefined, undefined],
        ]);
    });

    test("a stream that fails rejects with its own error, and the server's connection is cut", async () => {
        const { nango, requests } = await start(undefined, { ...options, retry: { limit: 3 } });
        const broken = new Error('disk gone');
        const data = new Readable({
            read() {
                this.push('begin');
                setImmediate(() => this.destroy(broken));
            },
        });
        const error = await nango.post({ ...through, endpoint: '/a', data }).catch((error) => error);
        expect(String(error?.cause?.message ?? error)).toMatch(/disk gone|connection|terminated|fetch failed|aborted/);
        expect(requests).toHaveLength(0);
    });
});

test('a body from another realm is recognised', async () => {
    const { nango, requests } = await start();
    const foreign = runInNewContext(
        '({ bytes: new Uint8Array([104, 105]), buffer: new Uint8Array([104, 105]).buffer, list: [1, 2], date: { at: new Date(0) } })',
    );
    await nango.post({ ...through, endpoint: '/a', data: foreign.bytes });
    await nango.post({ ...through, endpoint: '/a', data: foreign.buffer });
    await nango.post({ ...through, endpoint: '/a', data: foreign.list });
    await nango.post({ ...through, endpoint: '/a', data: foreign.date, headers: { 'content-type': form } });
    expect(requests.map(({ body }) => body.toString())).toEqual(['hi', 'hi', '[1,2]', 'at=1970-01-01T00%3A00%3A00.000Z']);
});

test.each<[string, unknown, string?]>([
    ['a number', 5],
    ['a boolean', false],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    [
        'a cycle',
        (() => {
            const cycle: Record<string, unknown> = {};
            cycle.cycle = cycle;
            return cycle;
        })(),
    ],
    ['a BigInt inside', { a: 1n }],
    ['a multipart text without a boundary', 'x', 'multipart/form-data'],
    ['multipart bytes without a boundary', Buffer.from('x'), 'multipart/form-data'],
])('refuses %s before anything is sent', async (_what, data, type) => {
    const nango = new ProxyCalls({ apiKey: 'k', host: 'http://127.0.0.1:1' });
    const headers = type === undefined ? undefined : { 'Content-Type': type };
    await expect(nango.post({ ...through, endpoint: '/a', data, headers })).rejects.toThrow(NangoInputError);
});

test('a form, a blob and bytes are sent again after a redirect; a stream is not', async () => {
    const { nango, requests } = await start((request, response) => {
        if (request.url === '/proxy/a') response.writeHead(307, { location: '/proxy/b' }).end();
        else return {};
    });
    const data = new FormData();
    data.set('file', new Blob(['whole']));
    await nango.post({ ...through, endpoint: '/a', data });
    await nango.post({ ...through, endpoint: '/a', data: new Blob(['whole']) });
    expect(requests.filter(({ url }) => url === '/proxy/b').map(({ body }) => body.includes('whole'))).toEqual([true, true]);
    await expect(nango.post({ ...through, endpoint: '/a', data: new Blob(['x']).stream() })).rejects.toMatchObject({
        reason: 'redirect',
    });
});

test("a provider's redirect to another of Nango's routes is not followed with the key", async () => {
    const { nango, requests } = await start((_request, response) => {
        response.writeHead(307, { location: '/connections/user-1?provider_config_key=github' }).end();
    });
    await expect(nango.delete({ ...through, endpoint: '/a' })).rejects.toMatchObject({ status: 307, name: 'NangoProviderError' });
    expect(requests).toHaveLength(1);
});

test('a length that is known is declared', async () => {
    const { nango, requests } = await start();
    const data = new FormData();
    data.set('file', new Blob(['whole']));
    await nango.post({ ...through, endpoint: '/a', data });
    await nango.post({ ...through, endpoint: '/a', data: new Blob(['whole']) });
    await nango.post({ ...through, endpoint: '/a', data: new Blob(['whole']).stream() });
    expect(
        requests.map(({ headers, body }) => [headers['content-length'] === String(body.length), headers['transfer-encoding']]),
    ).toEqual([
        [true, undefined],
        [true, undefined],
        [false, 'chunked'],
    ]);
});

test.each([
    [
        'an async generator',
        async function* () {},
        /`data` can't be an async iterable: make a stream of it, e\.g\. with Readable\.from/,
    ],
    ['a promise', async () => ({ a: 1 }), /`data` can't be a promise: await it first/],
])('%s is refused with words: JSON would make {} of it', async (_what, make, words) => {
    const nango = new ProxyCalls({ apiKey: 'key-key-key', fetch: () => expect.fail('sent') });
    const call = nango.proxy({ method: 'POST', endpoint: '/a', providerConfigKey: 'p', connectionId: 'c', data: make() });
    const error = await call.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NangoInputError);
    expect(String(error)).toMatch(words);
});
