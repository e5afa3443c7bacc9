import { Readable } from 'node:stream';
import { startEmulator } from '@x/emulator';
import FormStream from 'form-data';
import { expect, onTestFinished, test } from 'vitest';
import { type Handler, type SeenRequest, serve } from '../../core/test/support/loopback.js';
import { ProxyCalls } from '../src/index.js';

/** What arrives at a provider behind the emulator's proxy, and what of its answer comes back (contract 14). */
async function start(handler: Handler = () => ({})) {
    const provider = await serve(handler);
    const emulator = await startEmulator({
        port: 0,
        upstreams: ['*'],
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'api' }],
            connections: [
                { provider_config_key: 'api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'their-key' } },
            ],
        },
    });
    onTestFinished(() => emulator.close());
    const nango = new ProxyCalls({ apiKey: 'e0e0e0e0-0000-4000-8000-000000000001', host: emulator.url });
    const at = { providerConfigKey: 'api', connectionId: 'c1', baseUrlOverride: provider.url };
    return { nango, at, requests: provider.requests };
}

const formOf = async (request: SeenRequest | undefined) => {
    const headers = { 'content-type': request?.headers['content-type'] ?? '' };
    const form = await new Response(request?.body as BodyInit, { headers }).formData();
    return Promise.all(
        [...form].map(async ([name, value]) =>
            typeof value === 'string' ? [name, value] : [name, value.name, value.type, await value.text()],
        ),
    );
};

test('the provider gets the credentials, the headers meant for it, path and query as they were', async () => {
    const { nango, at, requests } = await start();
    await nango.get({ ...at, endpoint: '/a%2Fb//c?x=1', params: { y: ['2', '3'] }, headers: { 'X-Own': 'yes' } });
    expect(requests[0]).toMatchObject({ method: 'GET', url: '/a%2Fb//c?x=1&y=2&y=3' });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer their-key', 'x-own': 'yes' });
    expect(
        Object.keys(requests[0]?.headers ?? {}).filter((name) => name.startsWith('nango-') || name === 'connection-id'),
    ).toEqual([]);
});

test('forms arrive whole, fields and files', async () => {
    const { nango, at, requests } = await start();
    const form = new FormData();
    form.set('title', 'A title');
    form.set('file', new File(['some text'], 'notes.txt', { type: 'text/plain' }));
    await nango.post({ ...at, endpoint: '/files', data: form });
    const old = new FormStream();
    old.append('title', 'A title');
    old.append('file', Readable.from([Buffer.from('some text')]), { filename: 'notes.txt', contentType: 'text/plain' });
    await nango.post({ ...at, endpoint: '/files', data: old });
    for (const request of requests) {
        expect(await formOf(request)).toEqual([
            ['title', 'A title'],
            ['file', 'notes.txt', 'text/plain', 'some text'],
        ]);
    }
    expect(requests).toHaveLength(2);
});

test.each<[string, unknown, string, string]>([
    ['an object', { a: 1 }, 'application/json', '{"a":1}'],
    ['a form', new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded', 'a=b+c'],
    ['bytes', Buffer.from([0, 1, 2, 255]), 'application/octet-stream', '\0\x01\x02\xff'],
])('%s arrives with its type, with every verb that has a body', async (_what, data, type, body) => {
    const { nango, at, requests } = await start();
    for (const verb of ['post', 'put', 'patch', 'delete'] as const) await nango[verb]({ ...at, endpoint: '/a', data });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PATCH', 'DELETE']);
    for (const request of requests) {
        expect(request.headers['content-type']?.split(';')[0]).toBe(type);
        expect(request.body.toString('latin1').replace('%20', '+')).toBe(body);
    }
});

test('answers come back: buffered ones as 200 with few headers, streamed ones whole, errors with their body', async () => {
    const { nango, at } = await start(({ url }, response) => {
        if (url === '/created')
            return void response
                .writeHead(201, { 'content-type': 'application/json', 'content-length': '2', 'x-own': '1' })
                .end('{}');
        if (url === '/gone') return void response.writeHead(204).end();
        if (url === '/file')
            return void response.writeHead(206, { 'content-disposition': 'attachment', 'x-own': '1' }).end('the file');
        response.writeHead(422, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"field":"name"}');
    });
    const created = await nango.post({ ...at, endpoint: '/created' });
    expect([created.status, created.data, created.headers['x-own']]).toEqual([200, {}, undefined]);
    expect((await nango.delete({ ...at, endpoint: '/gone' })).status).toBe(204);
    const file = await nango.get<Readable>({ ...at, endpoint: '/file', responseType: 'stream' });
    expect([file.status, file.headers['x-own'], (await file.data.toArray()).join('')]).toEqual([206, '1', 'the file']);
    await expect(nango.get({ ...at, endpoint: '/bad' })).rejects.toMatchObject({
        name: 'NangoProviderError',
        status: 422,
        retryAfter: 7,
        response: { data: { field: 'name' }, headers: { 'retry-after': '7' } },
    });
});

test('HEAD is sent as such', async () => {
    const { nango, at, requests } = await start(() => ({}));
    await nango.proxy({ ...at, method: 'HEAD', endpoint: '/a' });
    expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
});

test('an empty endpoint is the base URL itself', async () => {
    const { nango, at, requests } = await start(() => ({}));
    const baseUrlOverride = `${at.baseUrlOverride}/files/signed`;
    await nango.get({ ...at, baseUrlOverride, endpoint: '' });
    await nango.get({ ...at, baseUrlOverride, endpoint: '', params: { page: 2 } });
    expect(requests.map(({ url }) => url)).toEqual(['/files/signed/', '/files/signed/?page=2']);
});
