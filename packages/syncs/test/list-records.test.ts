import { NangoApiError, NangoInputError, NangoNotFoundError } from '@x/core';
import { expect, test, vi } from 'vitest';
import { apiKey, fail, serve } from '../../core/test/support/loopback.js';
import { NangoCursorError, Records } from '../src/index.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };
const page = { records: [], next_cursor: null };

test('a `limit` that is not a number is refused', async () => {
    const { url, requests } = await serve(() => page);
    const asked = new Records({ apiKey, host: url }).listRecords({ ...key, limit: Number.NaN });
    await expect(asked).rejects.toThrow(NangoInputError);
    expect(requests).toEqual([]);
});

test('asks for a page as the vendor does', async () => {
    const { url, requests } = await serve(() => page);
    const nango = new Records({ apiKey, host: url });
    expect(await nango.listRecords({ ...key })).toEqual(page);
    await nango.listRecords({
        ...key,
        variant: 'v',
        modifiedAfter: new Date().toISOString().replace('Z', '123Z'),
        limit: 5,
        filter: 'added,updated',
        cursor: 'a=|&',
        ids: ['1', 'b c'],
    });
    await nango.listRecords({ ...key, limit: 0, cursor: null, ids: [] });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'GET /records/?model=Issue',
        expect.stringMatching(
            /^GET \/records\/\?model=Issue&variant=v&modified_after=[^&]+Z&limit=5&filter=added%2Cupdated&cursor=a%3D%7C%26&ids=1&ids=b%20c$/,
        ),
        'GET /records/?model=Issue',
    ]);
    expect(requests[0]?.headers).toMatchObject({ 'connection-id': 'user-1', 'provider-config-key': 'github' });
});

test('takes call options in its config and beside it', async () => {
    const { url } = await serve(() => new Promise(() => undefined));
    const nango = new Records({ apiKey, host: url });
    await expect(nango.listRecords({ ...key, timeout: 20, retry: false })).rejects.toMatchObject({
        timeout: 20,
        scope: 'attempt',
    });
    await expect(nango.listRecords({ ...key, timeout: 60_000 }, { timeout: 21, retry: false })).rejects.toMatchObject({
        timeout: 21,
    });
    const reason = new Error('enough');
    await expect(nango.listRecords({ ...key, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('warns of `delta` once, and sends it as modified_after', async () => {
    const { url, requests } = await serve(() => page);
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    const nango = new Records({ apiKey, host: url });
    const delta = new Date().toISOString();
    await nango.listRecords({ ...key, delta });
    await nango.listRecords({ ...key, delta });
    expect(requests.map(({ query }) => query.get('modified_after'))).toEqual([delta, delta]);
    expect(warn).toHaveBeenCalledOnce();
});

test.each([
    ['a bare date', '2026-01-01'],
    ['an offset', '2026-01-01T00:00:00+00:00'],
    ['no zone', '2026-01-01T00:00:00'],
    ['no time at all', 'yesterday'],
    ['a month that does not exist', '2026-13-01T00:00:00Z'],
    ['a Date', new Date() as unknown as string],
    ['a time of more than a year ago', new Date(Date.now() - 367 * 86_400_000).toISOString()],
])('refuses a modifiedAfter with %s before anything is sent', async (_what, modifiedAfter) => {
    const { url, requests } = await serve(() => page);
    const nango = new Records({ apiKey, host: url });
    const refused = nango.listRecords({ ...key, modifiedAfter });
    await expect(refused).rejects.toThrow(NangoInputError);
    await expect(refused).rejects.toMatchObject({ operation: 'listRecords', parameter: 'modifiedAfter' });
    expect(requests).toHaveLength(0);
});

test.each([
    ['providerConfigKey', { ...key, providerConfigKey: '' }],
    ['connectionId', { ...key, connectionId: undefined as never }],
    ['model', { ...key, model: null as never }],
    ['ids', { ...key, ids: Array.from({ length: 101 }, String) }],
    ['ids', { ...key, ids: 'a' as never }],
    [undefined, null as never],
])('rejects, and does not throw, when %s is wrong', async (parameter, config) => {
    const nango = new Records({ apiKey, host: 'http://127.0.0.1:1' });
    await expect(nango.listRecords(config)).rejects.toMatchObject({ name: 'NangoInputError', parameter });
});

test('tells a cursor that the server can not use from a server that fails', async () => {
    let broken = false;
    const { url, requests } = await serve(({ query }, response) =>
        broken || query.get('cursor') === 'stale' ? fail(response, 500, 'server_error') : page,
    );
    const nango = new Records({ apiKey, host: url });
    const failed = await nango.listRecords({ ...key, cursor: 'stale' }).catch((error) => error);
    expect(failed).toBeInstanceOf(NangoCursorError);
    expect(failed).toBeInstanceOf(NangoApiError);
    expect(failed).toMatchObject({ name: 'NangoCursorError', cursor: 'stale', status: 500, code: 'server_error' });
    expect(failed.response.data.error.code).toBe('server_error');
    expect(failed.message).toContain('next_cursor');
    expect(requests.map(({ query }) => query.get('limit'))).toEqual([null, '1']);

    broken = true;
    const other = await nango.listRecords({ ...key, cursor: 'good' }).catch((error) => error);
    expect(other).toBeInstanceOf(NangoApiError);
    expect(other).not.toBeInstanceOf(NangoCursorError);
});

test("keeps the server's own errors", async () => {
    const { url } = await serve((_request, response) => fail(response, 400, 'unknown_connection'));
    const nango = new Records({ apiKey, host: url });
    await expect(nango.listRecords({ ...key, cursor: 'c' })).rejects.toThrow(NangoNotFoundError);
});

test('prunes up to a cursor, once', async () => {
    const { url, requests } = await serve(() => ({ count: 3, has_more: true }));
    const nango = new Records({ apiKey, host: url });
    expect(await nango.pruneRecords({ ...key, untilCursor: 'u', limit: 3 })).toEqual({ count: 3, has_more: true });
    expect(requests[0]).toMatchObject({ method: 'PATCH', url: '/records/prune' });
    expect(requests[0]?.json()).toEqual({ model: 'Issue', until_cursor: 'u', limit: 3 });
    expect(requests[0]?.headers).toMatchObject({ 'connection-id': 'user-1', 'provider-config-key': 'github' });
    await expect(nango.pruneRecords({ ...key, untilCursor: '' })).rejects.toMatchObject({ parameter: 'untilCursor' });
});
