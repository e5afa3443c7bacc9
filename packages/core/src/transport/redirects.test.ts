import { expect, test, vi } from 'vitest';
import { callForResponse } from '../client/call.js';
import { Client } from '../client/client.js';
import { NangoResponseError } from '../errors/transport-errors.js';
import type { CallInput } from '../types/call-input.js';
import { type HttpMethod, type Operation, operation } from '../types/operation.js';

const get = operation({ name: 'getConnection', method: 'GET', path: '/start', idempotent: true });
const proxied = operation({ name: 'proxy', method: 'GET', path: '/proxy/start', idempotent: false, proxied: true });

/** A server whose answers go by path; what it was sent. */
function server(routes: Record<string, [number, string?]>, host = 'https://h.example') {
    const seen: string[] = [];
    const cancelled = vi.fn();
    const fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
        const target = String(url);
        seen.push(`${init?.method} ${target}${init?.body ? ` ${String(init.body)}` : ''}`);
        const [status, location] = routes[new URL(target).pathname] ?? [200];
        const body =
            status === 200
                ? '{"ok":true}'
                : new ReadableStream({ pull: (stream) => stream.close(), cancel: cancelled }, { highWaterMark: 0 });
        return new Response([204, 304].includes(status) ? null : body, { status, headers: location ? { location } : {} });
    });
    const client = new Client({ apiKey: 'key-key-key', host, retry: false, rateLimit: false, fetch });
    const send = (op: Operation, input: CallInput = {}) => callForResponse(client, op, input);
    return { send, seen, cancelled };
}

test.each([301, 302, 303, 307, 308])('a GET follows a %i within the server, and lets go of what it answered', async (status) => {
    const { send, seen, cancelled } = server({ '/start': [status, '/moved?a=1#b'] });
    expect((await send(get)).data).toEqual({ ok: true });
    expect(seen).toEqual(['GET https://h.example/start', 'GET https://h.example/moved?a=1']);
    expect(cancelled).toHaveBeenCalledOnce();
});

test('what describes a body goes with it, beside the headers of the call', async () => {
    const seen: Headers[] = [];
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) => {
        seen.push(new Headers(init?.headers));
        return Response.json({});
    };
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch });
    await callForResponse(client, { ...get, method: 'POST' }, { body: {} });
    expect(seen[0]?.get('content-type')).toBe('application/json');
    expect(seen[0]?.get('authorization')).toBe('Bearer key-key-key');
});

test('a path without a slash is one beside', async () => {
    const { send, seen } = server({ '/base/a/start': [302, 'beside'] }, 'https://h.example/base');
    await send({ ...get, path: '/a/start' });
    expect(seen[1]).toBe('GET https://h.example/base/a/beside');
});

test.each<[HttpMethod, number, boolean]>([
    ['HEAD', 302, true],
    ['POST', 301, false],
    ['POST', 302, false],
    ['POST', 303, false],
    ['POST', 307, true],
    ['POST', 308, true],
    ['DELETE', 302, false],
    ['DELETE', 307, true],
])('%s after %i is followed: %s', async (method, status, followed) => {
    const { send, seen } = server({ '/start': [status, '/moved'] });
    const answer = send({ ...get, method, mayBeEmpty: true, anyJson: true }, method === 'POST' ? { body: { a: 1 } } : {});
    if (!followed) {
        await expect(answer).rejects.toMatchObject({ reason: 'redirect', status });
        expect(seen).toHaveLength(1);
        return;
    }
    await answer;
    expect(seen[1]).toBe(`${method} https://h.example/moved${method === 'POST' ? ' {"a":1}' : ''}`);
});

test('a body that can be sent once is not sent to where it moved', async () => {
    const { send, seen } = server({ '/start': [307, '/moved'] });
    const source = { replayable: false, open: () => ({ body: 'once', headers: {} }) };
    await expect(send({ ...get, method: 'POST' }, { source })).rejects.toMatchObject({ reason: 'redirect' });
    expect(seen).toHaveLength(1);
});

test.each([
    [
        'another server',
        'https://other.example/x',
        'to another origin (https://other.example); nothing is sent there. Set `host` to it',
    ],
    ['another scheme', 'http://h.example/x', 'to another origin (http://h.example)'],
    ['no URL', 'https://', "with a redirect that can't be followed"],
])('%s is refused, and named', async (_what, location, words) => {
    const { send, seen, cancelled } = server({ '/start': [302, location] });
    const error = await send(get).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NangoResponseError);
    expect(error).toMatchObject({ status: 302, reason: 'redirect', operation: 'getConnection', method: 'GET', path: '/start' });
    expect((error as Error).message).toContain(
        `getConnection: the server answered 302 with a redirect ${words.replace('with a redirect ', '')}`,
    );
    expect(seen).toHaveLength(1);
    expect(cancelled).toHaveBeenCalledOnce();
});

test('five hops are followed, a sixth is not', async () => {
    const chain = (hops: number) =>
        Object.fromEntries(
            Array.from({ length: hops }, (_, i) => [i === 0 ? '/start' : `/${i}`, [302, `/${i + 1}`] as [number, string]]),
        );
    const five = server(chain(5));
    await five.send(get);
    expect(five.seen).toHaveLength(6);
    const six = server(chain(6));
    await expect(six.send(get)).rejects.toThrow("can't be followed");
    expect(six.seen).toHaveLength(6);
});

test.each([300, 304, 305, 404])('a %i with a location is not a redirect', async (status) => {
    const { send, seen } = server({ '/start': [status, '/moved'] });
    await expect(send(get)).rejects.toMatchObject({ status });
    expect(seen).toHaveLength(1);
});

test('a redirect to nowhere is an answer', async () => {
    await expect(server({ '/start': [302] }).send(get)).rejects.toMatchObject({ name: 'NangoApiError', status: 302 });
});

test.each([
    ['its own host', 'https://provider.example/x'],
    ["another of Nango's routes", '/connections/victim'],
    ['a route that begins alike', '/proxying/x'],
    ['no URL', 'https://'],
])("a provider's redirect to %s is the caller's", async (_what, location) => {
    const { send, seen } = server({ '/proxy/start': [302, location] });
    await expect(send(proxied)).rejects.toMatchObject({ name: 'NangoProviderError', status: 302 });
    expect(seen).toHaveLength(1);
});

test("a provider's redirect within the proxy is followed, below the path of the host too", async () => {
    const { send, seen } = server({ '/base/proxy/start': [302, '/base/proxy/moved'] }, 'https://h.example/base');
    await send(proxied);
    expect(seen[1]).toBe('GET https://h.example/base/proxy/moved');
    const outside = server({ '/base/proxy/start': [302, '/proxy/moved'] }, 'https://h.example/base');
    await expect(outside.send(proxied)).rejects.toMatchObject({ status: 302 });
});

test('who is cut between two hops is not sent on', async () => {
    const controller = new AbortController();
    const reason = new Error('mine');
    const seen: string[] = [];
    const fetch = async (url: RequestInfo | URL) => {
        seen.push(String(url));
        return new Response(new ReadableStream({ cancel: () => controller.abort(reason) }), {
            status: 302,
            headers: { location: '/x' },
        });
    };
    const client = new Client({ apiKey: 'key-key-key', retry: false, rateLimit: false, fetch });
    await expect(callForResponse(client, get, { options: { signal: controller.signal } })).rejects.toBe(reason);
    expect(seen).toHaveLength(1);
});
