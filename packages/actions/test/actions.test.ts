import { NangoApiError, NangoInputError, NangoNotFoundError, NangoProviderError } from '@x/core';
import { expect, test } from 'vitest';
import { apiKey, fail, serve } from '../../core/test/support/loopback.js';
import { Actions } from '../src/index.js';

const id = '0d1f6a3e-2b54-4c8e-9a77-3f1f6c0b9d11';

async function start(handler?: Parameters<typeof serve>[0]) {
    const { url, requests } = await serve(handler);
    return { nango: new Actions({ apiKey, host: url }), requests };
}

test('an action is triggered with its input, and gives what it returned', async () => {
    const { nango, requests } = await start(() => ({ ok: 1 }));
    const output = await nango.triggerAction<{ title: string }, { ok: number }>('p', 'c', 'create', { title: 'x' });
    expect(output.ok).toBe(1);
    await nango.triggerAction('p', 'c', 'create');
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/action/trigger' });
    expect(requests[0]?.headers).toMatchObject({ 'connection-id': 'c', 'provider-config-key': 'p' });
    expect(requests[0]?.headers['x-async']).toBeUndefined();
    expect(requests.map((request) => request.json())).toEqual([
        { action_name: 'create', input: { title: 'x' } },
        { action_name: 'create' },
    ]);
});

test.each([[null], ['text'], [7], [false], [[1, 2]]])('an action may return %j', async (value) => {
    const { nango } = await start((_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(value));
    });
    expect(await nango.triggerAction('p', 'c', 'a')).toEqual(value);
});

test('an async action is queued, with its retries', async () => {
    const queued = { id, statusUrl: `/action/${id}` };
    const { nango, requests } = await start((_request, response) => {
        response.writeHead(202, { location: queued.statusUrl, 'content-type': 'application/json' });
        response.end(JSON.stringify(queued));
    });
    expect(await nango.triggerActionAsync('p', 'c', 'a', { x: 1 })).toEqual(queued);
    expect(await nango.triggerActionAsync('p', 'c', 'a', undefined, Object.freeze({ retries: 3, timeout: 1000 }))).toEqual(
        queued,
    );
    expect(requests.map(({ headers }) => [headers['x-async'], headers['x-max-retries']])).toEqual([
        ['true', undefined],
        ['true', '3'],
    ]);
    for (const retries of [6, -1, 1.5, '3' as never])
        await expect(nango.triggerActionAsync('p', 'c', 'a', {}, { retries })).rejects.toMatchObject({ parameter: 'retries' });
});

test('a result is read by id or by status URL', async () => {
    const { nango, requests } = await start(() => ({ done: true }));
    expect(await nango.getAsyncActionResult<{ done: boolean }>({ id })).toEqual({ done: true });
    await nango.getAsyncActionResult({ statusUrl: `/action/${id}` });
    await nango.getAsyncActionResult({ id, statusUrl: `/action/${id}` });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(Array(3).fill(`GET /action/${id}`));
});

test.each([
    '/connections/x',
    '/action/../connections/x',
    '/action/a/b',
    '/action/a?b',
    '/action/',
    '/action/..',
    '/action/%2e%2e',
    'https://elsewhere.invalid/action/x',
    '//elsewhere.invalid/action/x',
    5 as never,
])('a status URL can not lead elsewhere: %s', async (statusUrl) => {
    const { nango, requests } = await start();
    await expect(nango.getAsyncActionResult({ statusUrl })).rejects.toThrow(NangoInputError);
    await expect(nango.waitForActionResult({ statusUrl })).rejects.toThrow(NangoInputError);
    expect(requests).toHaveLength(0);
});

test('rejects, and does not throw, what is missing', async () => {
    const { nango, requests } = await start();
    await expect(nango.triggerAction('', 'c', 'a')).rejects.toMatchObject({ parameter: 'providerConfigKey' });
    await expect(nango.triggerAction('p', undefined as never, 'a')).rejects.toMatchObject({ parameter: 'connectionId' });
    await expect(nango.triggerActionAsync('p', 'c', null as never)).rejects.toMatchObject({ parameter: 'actionName' });
    await expect(nango.getAsyncActionResult({})).rejects.toThrow(NangoInputError);
    await expect(nango.getAsyncActionResult(undefined as never)).rejects.toThrow(NangoInputError);
    expect(requests).toHaveLength(0);
});

test('a failed action reports its code, the data of its author, and what its upstream answered', async () => {
    const answers = [
        (response: never) => fail(response, 500, 'action_script_runtime_error', { payload: { reason: 'no stock' } }),
        (response: never) =>
            fail(response, 424, 'script_http_error', {
                payload: {},
                upstream: { status: 409, headers: { 'x-a': 'b' }, body: { error: 'taken' } },
            }),
        (response: never) => fail(response, 404, 'disabled_resource'),
    ];
    const { nango, requests } = await start((_request, response) => answers.shift()?.(response as never));
    const failures: unknown[] = [];
    for (let i = 0; i < 3; i++) failures.push(await nango.triggerAction('p', 'c', 'a').catch((error) => error));
    const [thrown, upstream, disabled] = failures;
    expect(thrown).toBeInstanceOf(NangoApiError);
    expect(thrown).toMatchObject({ status: 500, code: 'action_script_runtime_error', payload: { reason: 'no stock' } });
    expect(upstream).toBeInstanceOf(NangoProviderError);
    expect(upstream).toMatchObject({
        code: 'script_http_error',
        source: 'provider',
        upstream: { status: 409, body: { error: 'taken' } },
    });
    expect(disabled).toBeInstanceOf(NangoNotFoundError);
    expect(requests).toHaveLength(3);
});

test('an action has 16 minutes, or what the caller gives it', async () => {
    const { nango } = await start(() => new Promise(() => undefined));
    await expect(nango.triggerAction('p', 'c', 'a', {}, { timeout: 20 })).rejects.toMatchObject({ timeout: 20 });
});
