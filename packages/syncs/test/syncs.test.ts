import { compose } from '@x/core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { apiKey, fail, serve } from '../../core/test/support/loopback.js';
import { Records, type SyncMode, Syncs } from '../src/index.js';

let server: Awaited<ReturnType<typeof serve>>;
let nango: Syncs;
beforeEach(async () => {
    server = await serve(() => ({ success: true }));
    nango = new Syncs({ apiKey, host: server.url });
});
const sent = () =>
    server.requests.map(({ method, url, body }) => [`${method} ${url}`, body.length ? JSON.parse(String(body)) : null]);

test('commands name the syncs, the integration and the connection, and resolve to the whole answer', async () => {
    const variants = ['a', 'b::v', { name: 'c', variant: 'v' }];
    expect(await nango.startSync('p', variants, 'c1')).toMatchObject({ status: 200, data: { success: true } });
    expect(await nango.pauseSync('p', variants)).toMatchObject({ status: 200, data: { success: true } });
    expect(await nango.triggerSync('p')).toMatchObject({ status: 200, data: { success: true } });
    expect(sent()).toEqual([
        ['POST /sync/start', { syncs: variants, provider_config_key: 'p', connection_id: 'c1' }],
        ['POST /sync/pause', { syncs: variants, provider_config_key: 'p' }],
        ['POST /sync/trigger', { syncs: [], provider_config_key: 'p' }],
    ]);
});

test('a command may be answered without a body, as the documentation has it', async () => {
    const { url } = await serve((_request, response) => void response.writeHead(200).end());
    const commands = new Syncs({ apiKey, host: url });
    for (const name of ['triggerSync', 'startSync', 'pauseSync'] as const) {
        expect(await commands[name]('p', ['a'], 'c')).toMatchObject({ status: 200, data: '' });
    }
});

test('triggerSync takes every form of its fourth argument, and warns of the old ones once', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    for (const opts of [{ reset: true, emptyCache: true }, { reset: true }, {}]) await nango.triggerSync('p', ['a'], 'c', opts);
    expect(warn).not.toHaveBeenCalled();
    const modes: SyncMode[] = [true, false, 'full_refresh_and_clear_cache', 'incremental'];
    for (const mode of modes) await nango.triggerSync('p', ['a'], 'c', mode);
    await nango.triggerSync('p', ['a'], null as never, null as never);
    expect(warn).toHaveBeenCalledOnce();
    const base = { syncs: ['a'], provider_config_key: 'p', connection_id: 'c' };
    expect(sent().map(([, body]) => body)).toEqual([
        { ...base, opts: { reset: true, emptyCache: true } },
        { ...base, opts: { reset: true } },
        { ...base, opts: {} },
        { ...base, sync_mode: 'full_refresh' },
        { ...base, sync_mode: 'incremental' },
        { ...base, sync_mode: 'full_refresh_and_clear_cache' },
        { ...base, sync_mode: 'incremental' },
        { syncs: ['a'], provider_config_key: 'p' },
    ]);
    await expect(nango.triggerSync('p', ['a'], 'c', 'all' as never)).rejects.toMatchObject({ parameter: 'opts' });
});

test('syncStatus asks for all, or for names in one text', async () => {
    await nango.syncStatus('p', '*', 'c');
    await nango.syncStatus('p', ['a', { name: 'b', variant: 'v' }]);
    expect(server.requests.map(({ url, query }) => [url.split('?')[0], Object.fromEntries(query)])).toEqual([
        ['/sync/status', { syncs: '*', provider_config_key: 'p', connection_id: 'c' }],
        ['/sync/status', { syncs: 'a,b::v', provider_config_key: 'p' }],
    ]);
    await expect(nango.syncStatus('p', ['a,b'])).rejects.toMatchObject({ parameter: 'syncs' });
});

test('the frequency is set, and taken back with null', async () => {
    await nango.updateSyncConnectionFrequency('p', 'a', 'c', 'every 2h');
    await nango.updateSyncConnectionFrequency('p', { name: 'a', variant: 'v' }, 'c', null);
    const base = { sync_name: 'a', provider_config_key: 'p', connection_id: 'c' };
    expect(sent()).toEqual([
        ['PUT /sync/update-connection-frequency', { ...base, frequency: 'every 2h' }],
        ['PUT /sync/update-connection-frequency', { ...base, sync_variant: 'v', frequency: null }],
    ]);
    await expect(nango.updateSyncConnectionFrequency('p', 'a', 'c', undefined as never)).rejects.toMatchObject({
        parameter: 'frequency',
    });
});

test('variants are made and deleted; their names stay in their place', async () => {
    const input = Object.freeze({ provider_config_key: 'p', connection_id: 'c', name: 'a/b', variant: 'v' });
    await nango.createSyncVariant(input);
    await nango.deleteSyncVariant(input);
    expect(sent()).toEqual([
        ['POST /sync/a%2Fb/variant/v', { provider_config_key: 'p', connection_id: 'c' }],
        ['DELETE /sync/a%2Fb/variant/v', { provider_config_key: 'p', connection_id: 'c' }],
    ]);
    for (const variant of ['..', '', undefined as never])
        await expect(nango.createSyncVariant({ ...input, variant })).rejects.toMatchObject({ parameter: 'variant' });
});

describe('rejects, and does not throw,', () => {
    test.each<[string, () => Promise<unknown>]>([
        ['a single sync that is not in an array', () => nango.startSync('p', 'a' as never)],
        ['no syncs', () => nango.pauseSync('p', undefined as never)],
        ['a sync without a name', () => nango.triggerSync('p', [''])],
        ['a variant without its sync', () => nango.startSync('p', [{ variant: 'v' } as never])],
        ['no integration', () => nango.startSync('', ['a'])],
        ['an empty connection id, which would mean every connection', () => nango.triggerSync('p', ['a'], '')],
        ['an empty connection id in a status', () => nango.syncStatus('p', '*', '')],
        ['no connection for a frequency', () => nango.updateSyncConnectionFrequency('p', 'a', undefined as never, null)],
        ['no variant at all', () => nango.deleteSyncVariant(undefined as never)],
        ['call options that are none', () => nango.startSync('p', ['a'], 'c', 5 as never)],
    ])('%s', async (_what, call) => {
        await expect(call()).rejects.toMatchObject({ name: 'NangoInputError' });
        expect(server.requests).toHaveLength(0);
    });
});

test("a command's error has its code and payload", async () => {
    const { url } = await serve((_request, response) =>
        fail(response, 404, 'unknown_connection', { payload: { connectionId: 'c', providerConfigKey: 'p' } }),
    );
    await expect(new Syncs({ apiKey, host: url }).startSync('p', ['a'], 'c')).rejects.toMatchObject({
        name: 'NangoNotFoundError',
        code: 'unknown_connection',
        payload: { connectionId: 'c', providerConfigKey: 'p' },
        operation: 'startSync',
        path: '/sync/start',
    });
});

test('records and syncs work as one client', async () => {
    const Both = compose('test/1', Records, Syncs);
    const both = new Both({ apiKey, host: server.url });
    await both.startSync('p', ['a']);
    expect(await both.listRecords({ providerConfigKey: 'p', connectionId: 'c', model: 'M' })).toEqual({ success: true });
    expect(new Records(both).serverUrl).toBe(server.url);
});
