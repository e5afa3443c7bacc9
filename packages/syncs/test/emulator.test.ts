import { startEmulator } from '@x/emulator';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { NangoBatchError, NangoCursorError, type RecordBatch, Records, Syncs } from '../src/index.js';

/** The same methods against the emulator, which answers as the wire contract says. */

interface Issue {
    id: string;
    title: string;
}

const key = { providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' };
const where = { provider_config_key: 'github', connection_id: 'octo', model: 'Issue' };

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let records: Records;
let syncs: Syncs;
beforeEach(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
            connections: [{ provider_config_key: 'github', connection_id: 'octo', credentials: { type: 'NONE' } }],
        },
    });
    onTestFinished(() => emulator.close());
    records = new Records({ apiKey: 'e0e0e0e0-0000-4000-8000-000000000001', host: emulator.url });
    syncs = new Syncs(records);
});

const issues = (from: number, to: number, title = 'as it came') =>
    Array.from({ length: to - from }, (_, index) => ({ id: String(from + index), title }));
const save = async (list: object[], more: object = {}) => {
    await emulator.control.records({ ...where, save: list, ...more } as never);
    await emulator.control.advance(10);
};

test('records are paged, resumed, filtered and found by id', async () => {
    await save(issues(0, 25));
    await save(issues(0, 5, 'changed'));
    await emulator.control.records({ ...where, delete: ['7'] });
    const seen: [unknown, string][] = [];
    let cursor = '';
    for await (const { id, _nango_metadata } of records.iterateRecords<Issue>({ ...key, pageSize: 10 })) {
        seen.push([id, _nango_metadata.last_action]);
        if (seen.length === 12) cursor = _nango_metadata.cursor;
    }
    expect(seen).toHaveLength(25);
    expect(seen.slice(19)).toEqual([...['0', '1', '2', '3', '4'].map((id) => [id, 'UPDATED']), ['7', 'DELETED']]);

    const rest: unknown[] = [];
    for await (const { id } of records.iterateRecords({ ...key, cursor })) rest.push(id);
    expect(rest).toEqual(seen.slice(12).map(([id]) => id));

    const ids = async (more: object) => (await records.listRecords<Issue>({ ...key, ...more })).records.map(({ id }) => id);
    expect(await ids({ filter: 'updated' })).toEqual(['0', '1', '2', '3', '4']);
    expect(await ids({ filter: 'deleted' })).toEqual(['7']);
    expect(await ids({ ids: ['24', '3'] })).toEqual(['24', '3']);
    expect(await ids({ model: 'Nothing' })).toEqual([]);
    expect(await ids({ variant: 'other' })).toEqual([]);
});

test('records that change while they are read come again at the end, and none is left out', async () => {
    await save(issues(0, 30));
    const seen: string[] = [];
    for await (const { id, title } of records.iterateRecords<Issue>({ ...key, pageSize: 10 })) {
        seen.push(`${id} ${title}`);
        if (seen.length === 5) await save([...issues(2, 4, 'changed'), ...issues(30, 31)]);
    }
    expect(seen.slice(-3)).toEqual(['2 changed', '3 changed', '30 as it came']);
    expect(new Set(seen.map((line) => line.split(' ')[0])).size).toBe(31);
});

test('a consumer goes on where it was; pruned and deleted records are distinguished', async () => {
    await save(issues(0, 6));
    let saved: string | undefined;
    const batches: RecordBatch<Issue>[] = [];
    const consumer = {
        batchSize: 4,
        load: () => saved,
        save: (cursor: string) => {
            saved = cursor;
        },
        handle: (batch: RecordBatch<Issue>) => void batches.push(batch),
    };
    expect(await records.consumeRecords<Issue>(key, consumer)).toMatchObject({ batches: 2, records: 6, caughtUp: true });

    await save(issues(1, 2, 'changed'), { delete: ['2'] });
    expect(await records.consumeRecords<Issue>(key, consumer)).toMatchObject({ batches: 1, records: 2 });
    expect(batches[2]).toMatchObject({ added: [], updated: [{ id: '1', title: 'changed' }], deleted: [{ id: '2' }], pruned: [] });

    const { count } = await records.pruneRecords({ ...key, untilCursor: saved as string });
    expect(count).toBe(6);
    saved = undefined;
    batches.length = 0;
    await records.consumeRecords<Issue>(key, { ...consumer, batchSize: 100 });
    expect(batches[0]).toMatchObject({ added: [], updated: [], deleted: [{ id: '2' }] });
    expect(batches[0]?.pruned.map(({ id }) => id)).toEqual(['0', '3', '4', '5', '1']);
    expect(batches[0]?.pruned[0]).not.toHaveProperty('title');
});

test('a cursor of another server, and a broken batch, have errors of their own', async () => {
    await save(issues(0, 3));
    await expect(records.listRecords({ ...key, cursor: 'not-a-cursor' })).rejects.toThrow(NangoCursorError);
    const failing = {
        load: () => undefined,
        save: () => undefined,
        handle: () => Promise.reject(new Error('no table')),
    };
    const error = await records.consumeRecords(key, failing).catch((error) => error);
    expect(error).toBeInstanceOf(NangoBatchError);
    const rest: unknown[] = [];
    for await (const record of records.iterateRecords({ ...key, cursor: error.cursor })) rest.push(record);
    expect(rest).toEqual([]);
});

test('the syncs of a connection run, pause, change their frequency, and have variants', async () => {
    emulator.defineSync('github', 'issues', { model: 'Issue', frequency: '1h', run: () => issues(0, 3) });
    await syncs.startSync('github', ['issues'], 'octo');
    await emulator.control.settle();
    const status = async () => (await syncs.syncStatus('github', '*', 'octo')).syncs[0];
    expect(await status()).toMatchObject({ name: 'issues', variant: 'base', status: 'SUCCESS', recordCount: { Issue: 3 } });
    await syncs.pauseSync('github', ['issues'], 'octo');
    expect(await status()).toMatchObject({ status: 'PAUSED' });
    await syncs.triggerSync('github', ['issues'], 'octo', { reset: true, emptyCache: true });
    await emulator.control.settle();
    expect(await syncs.updateSyncConnectionFrequency('github', 'issues', 'octo', 'every half hour')).toEqual({
        frequency: '30m',
    });
    const variant = { provider_config_key: 'github', connection_id: 'octo', name: 'issues', variant: 'mine' };
    expect(await syncs.createSyncVariant(variant)).toMatchObject({ name: 'issues', variant: 'mine' });
    await expect(syncs.createSyncVariant(variant)).rejects.toMatchObject({ code: 'sync_variant_already_exists' });
    expect(await syncs.deleteSyncVariant(variant)).toEqual({ success: true });
    await expect(syncs.triggerSync('github', ['nothing'], 'octo')).rejects.toMatchObject({ code: 'no_syncs_found' });
});
