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
    expect(warn).toHaveBeenCalledExactlyOnceWith('listRecords: `delta` is deprecated, use `modifiedAfter`', 'DeprecationWarning');
});

const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
const notUtc = /must be an ISO time in UTC that ends in Z/;

test('takes an ISO time with and without seconds, up to 365 days ago', async () => {
    const { url, requests } = await serve(() => page);
    const nango = new Records({ apiKey, host: url });
    const aYearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString();
    const times = [anHourAgo, anHourAgo.replace(/\.\d+/, ''), anHourAgo.replace(/:\d+\.\d+/, ''), aYearAgo];
    for (const modifiedAfter of times) await nango.listRecords({ ...key, modifiedAfter });
    expect(requests.map(({ query }) => query.get('modified_after'))).toEqual(times);
});

test.each<[string, string, RegExp]>([
    ['a bare date', '2026-01-01', notUtc],
    ['an offset', '2026-01-01T00:00:00+00:00', notUtc],
    ['no zone', '2026-01-01T00:00:00', notUtc],
    ['no time at all', 'yesterday', notUtc],
    ['a month that does not exist', '2026-13-01T00:00:00Z', notUtc],
    ['a year of six digits', `+00${anHourAgo}`, notUtc],
    ['something after the time', `${anHourAgo} (UTC)`, notUtc],
    ['a Date', new Date() as unknown as string, notUtc],
    ['a list of a time', [anHourAgo] as unknown as string, notUtc],
    ['a time of more than a year ago', new Date(Date.now() - 367 * 86_400_000).toISOString(), /older than the 365 days/],
])('refuses a modifiedAfter with %s before anything is sent', async (_what, modifiedAfter, why) => {
    const { url, requests } = await serve(() => page);
    const nango = new Records({ apiKey, host: url });
    const refused = nango.listRecords({ ...key, modifiedAfter });
    await expect(refused).rejects.toThrow(NangoInputError);
    await expect(refused).rejects.toMatchObject({ operation: 'listRecords', parameter: 'modifiedAfter' });
    await expect(refused).rejects.toThrow(/^listRecords: `modifiedAfter` /);
    await expect(refused).rejects.toThrow(why);
    expect(requests).toHaveLength(0);
});

test.each([
    ['providerConfigKey', { ...key, providerConfigKey: '' }, /`providerConfigKey`/],
    ['connectionId', { ...key, connectionId: undefined as never }, /`connectionId`/],
    ['model', { ...key, model: null as never }, /`model`/],
    ['ids', { ...key, ids: Array.from({ length: 101 }, String) }, /100 `ids` at most, got 101; ask in several calls/],
    ['ids', { ...key, ids: 'a' as never }, /`ids` must be an array of record ids/],
    [undefined, null as never, /pass an object, e\.g\. \{ providerConfigKey, connectionId, model \}/],
    [undefined, 'github' as never, /pass an object/],
])('rejects, and does not throw, when %s is wrong', async (parameter, config, words) => {
    const nango = new Records({ apiKey, host: 'http://127.0.0.1:1' });
    const refused = nango.listRecords(config);
    await expect(refused).rejects.toMatchObject({ name: 'NangoInputError', operation: 'listRecords', parameter });
    await expect(refused).rejects.toThrow(/^listRecords: /);
    await expect(refused).rejects.toThrow(words);
});

test('takes a hundred ids, and none', async () => {
    const { url, requests } = await serve(() => page);
    const nango = new Records({ apiKey, host: url });
    const ids = Array.from({ length: 100 }, String);
    await nango.listRecords({ ...key, ids });
    await nango.listRecords({ ...key, ids: null as never });
    expect(requests.map(({ query }) => query.getAll('ids'))).toEqual([ids, []]);
});

test('distinguishes a cursor that the server can not use from a server that fails', async () => {
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

test.each([
    ['a connection that is unknown', 400, 'unknown_connection'],
    ['a failure with a code of its own', 500, 'provider_down'],
    ['a server that is not there', 503, 'server_error'],
])('does not blame the cursor for %s, nor asks again without it', async (_what, status, code) => {
    const { url, requests } = await serve(({ query }, response) => (query.has('cursor') ? fail(response, status, code) : page));
    const nango = new Records({ apiKey, host: url });
    const failed = await nango.listRecords({ ...key, cursor: 'c', retry: false }).catch((error) => error);
    expect(failed).toBeInstanceOf(status === 400 ? NangoNotFoundError : NangoApiError);
    expect(failed).not.toBeInstanceOf(NangoCursorError);
    expect(failed).toMatchObject({ status, code, operation: 'listRecords', method: 'GET', path: '/records/' });
    expect(requests).toHaveLength(1);
});

test('does not blame the cursor for a connection that was cut', async () => {
    const { url, requests } = await serve(({ query }, response) => (query.has('cursor') ? void response.destroy() : page));
    const failed = await new Records({ apiKey, host: url })
        .listRecords({ ...key, cursor: 'c', retry: false })
        .catch((error) => error);
    expect(failed).toMatchObject({ name: 'NangoNetworkError' });
    expect(requests).toHaveLength(1);
});

test('a page is asked for again after a failure that passes; a pruning is not', async () => {
    let failures = 1;
    const { url, requests } = await serve((_request, response) =>
        failures-- > 0 ? fail(response.setHeader('retry-after', '0'), 503, 'server_error') : page,
    );
    const nango = new Records({ apiKey, host: url });
    expect(await nango.listRecords(key)).toEqual(page);
    failures = 1;
    const pruning = nango.pruneRecords({ ...key, untilCursor: 'u' });
    await expect(pruning).rejects.toMatchObject({ status: 503, operation: 'pruneRecords' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
    expect(requests[0]?.headers['user-agent']).toContain('@x/syncs/');
});

test('prunes up to a cursor, once', async () => {
    const { url, requests } = await serve(() => ({ count: 3, has_more: true }));
    const nango = new Records({ apiKey, host: url });
    expect(await nango.pruneRecords({ ...key, untilCursor: 'u', limit: 3 })).toEqual({ count: 3, has_more: true });
    expect(requests[0]).toMatchObject({ method: 'PATCH', url: '/records/prune' });
    expect(requests[0]?.json()).toEqual({ model: 'Issue', until_cursor: 'u', limit: 3 });
    expect(requests[0]?.headers).toMatchObject({ 'connection-id': 'user-1', 'provider-config-key': 'github' });
    const operation = 'pruneRecords';
    const refused = nango.pruneRecords({ ...key, untilCursor: '' });
    await expect(refused).rejects.toMatchObject({ operation, parameter: 'untilCursor' });
    await expect(nango.pruneRecords({ ...key, model: '', untilCursor: 'u' })).rejects.toMatchObject({ operation });
});
