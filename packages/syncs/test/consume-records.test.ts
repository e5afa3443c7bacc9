import { NangoInputError } from '@x/core';
import { expect, test, vi } from 'vitest';
import { eventually, settle } from '../../core/test/support/eventually.js';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { apiKey, serve } from '../../core/test/support/loopback.js';
import { NangoBatchError, NangoCursorError, type RecordBatch, Records, type RecordsKey, type RecordsLock } from '../src/index.js';
import { many, recordsFrom, type Stored } from './record-server.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };

async function start(list: readonly Stored[]) {
    const { url, requests } = await serve((request, response) => recordsFrom(list)(request, response));
    return { nango: new Records({ apiKey, host: url }), requests, url };
}

/** Keeps the cursor in memory, and every batch. */
function consumer(saved?: string) {
    const batches: RecordBatch[] = [];
    const log: string[] = [];
    return {
        batches,
        log,
        batchSize: 10,
        load: () => saved,
        save: (cursor: string) => {
            log.push(`save ${cursor}`);
            saved = cursor;
        },
        handle: async (batch: RecordBatch) => {
            log.push(`handle ${batch.records[0]?.id}-${batch.records.at(-1)?.id}`);
            batches.push(batch);
        },
    };
}

test('hands over all batches in order, saves each after it was handled, and reports when it is caught up', async () => {
    const { nango } = await start(many(25));
    const into = consumer();
    const result = await nango.consumeRecords(key, into);
    expect(into.log).toEqual(['handle 0-9', 'save c10', 'handle 10-19', 'save c20', 'handle 20-24', 'save c25']);
    expect(into.batches.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
    expect(result).toEqual({ key, batches: 3, records: 25, cursor: 'c25', caughtUp: true, lag: 0 });
});

test('reads on from the saved cursor, and does nothing when there is nothing new', async () => {
    const list = many(12);
    const { nango, requests } = await start(list);
    const into = consumer('c10');
    await nango.consumeRecords(key, into);
    expect(into.log).toEqual(['handle 10-11', 'save c12']);
    expect(await nango.consumeRecords(key, into)).toMatchObject({ batches: 0, records: 0, cursor: 'c12', caughtUp: true });
    list.push({ id: 'new' });
    await nango.consumeRecords(key, into);
    expect(into.log.slice(2)).toEqual(['handle new-new', 'save c13']);
    expect(requests.map(({ query }) => query.get('cursor'))).toEqual(['c10', 'c12', 'c12']);
});

test('sorts records by what happened; a pruned one is never an update, a deleted one always a deletion', async () => {
    const { nango } = await start([
        { id: 'a', action: 'ADDED' },
        { id: 'u', action: 'UPDATED' },
        { id: 'd', action: 'DELETED' },
        { id: 'pa', action: 'ADDED', pruned: true },
        { id: 'pu', action: 'UPDATED', pruned: true },
        { id: 'pd', action: 'DELETED', pruned: true },
        { id: 'a2', action: 'ADDED' },
    ]);
    const into = consumer();
    await nango.consumeRecords(key, into);
    const ids = (records: readonly { id: unknown }[] | undefined) => records?.map(({ id }) => id);
    const [batch] = into.batches;
    expect(ids(batch?.added)).toEqual(['a', 'a2']);
    expect(ids(batch?.updated)).toEqual(['u']);
    expect(ids(batch?.deleted)).toEqual(['d', 'pd']);
    expect(ids(batch?.pruned)).toEqual(['pa', 'pu']);
    expect(ids(batch?.records)).toEqual(['a', 'u', 'd', 'pa', 'pu', 'pd', 'a2']);
});

test('reports how far behind a batch is', async () => {
    fakeClock();
    const modified = new Date(Date.now() - 60_000).toISOString().replace('Z', '000+00:00');
    const { nango } = await start([
        { id: '0', modified },
        { id: '1', modified },
    ]);
    const into = { ...consumer(), batchSize: 1, maxBatches: 1 };
    const result = await nango.consumeRecords(key, into);
    expect(result).toMatchObject({ batches: 1, caughtUp: false, cursor: 'c1' });
    expect([result.lag, into.batches[0]?.lag]).toEqual([60_000, 60_000]);
});

test('a batch that can not be handled ends the run, and its error says where to begin again and how to leave it out', async () => {
    const { nango } = await start(many(30));
    const into = consumer();
    const poison = new Error('record 15 is broken');
    const handle = async (batch: RecordBatch) => {
        if (batch.records.some(({ id }) => id === '15')) throw poison;
        await into.handle(batch);
    };
    const error = await nango.consumeRecords(key, { ...into, handle }).catch((error) => error);
    expect(error).toBeInstanceOf(NangoBatchError);
    expect(error).toMatchObject({
        name: 'NangoBatchError',
        stage: 'handle',
        resumeFrom: 'c10',
        cursor: 'c20',
        key,
        cause: poison,
    });
    expect(error.message).toBe(
        'consumeRecords: `handle` failed on 10 records of Issue (after cursor c10, up to c20); the next run begins there again: record 15 is broken',
    );
    expect(into.log).toEqual(['handle 0-9', 'save c10']);

    into.save(error.cursor);
    await nango.consumeRecords(key, into);
    expect(into.log.slice(2)).toEqual(['save c20', 'handle 20-29', 'save c30']);
});

test('a cursor that can not be saved ends the run; the batch comes again', async () => {
    const { nango } = await start(many(15));
    const into = consumer();
    const save = () => Promise.reject(new Error('disk full'));
    await expect(nango.consumeRecords(key, { ...into, save })).rejects.toMatchObject({
        stage: 'save',
        resumeFrom: undefined,
        message:
            'consumeRecords: `save` failed on 10 records of Issue (from the beginning, up to c10); the next run begins there again: disk full',
    });
    await nango.consumeRecords(key, into);
    expect(into.log).toEqual(['handle 0-9', 'handle 0-9', 'save c10', 'handle 10-14', 'save c15']);
});

test('a saved cursor that the server can not use has an error of its own', async () => {
    const { nango } = await start(many(3));
    const failed = nango.consumeRecords(key, consumer('lost'));
    await expect(failed).rejects.toThrow(NangoCursorError);
    await expect(failed).rejects.toThrow(/^consumeRecords: the server can't use this `cursor` \(it answered 500 server_error/);
});

test('never runs twice for one key at a time, in whatever client; other keys do not wait', async () => {
    const { nango, url } = await start(many(3));
    const twin = new Records({ apiKey, host: url });
    const otherEnvironment = new Records({ apiKey: apiKey.replace(/.$/, '0'), host: url });
    const running = new Map<string, number>();
    let most = 0;
    let together = 0;
    /** The first of each key is held until all keys are under way. */
    let all = () => {};
    const held = new Promise<void>((resolve) => (all = resolve));
    const into = (environment = '', saved?: string) => ({
        load: () => saved,
        save: (cursor: string) => {
            saved = cursor;
        },
        async handle({ key }: RecordBatch) {
            const name = environment + JSON.stringify(key);
            running.set(name, (running.get(name) ?? 0) + 1);
            most = Math.max(most, running.get(name) ?? 0);
            together = Math.max(together, running.size);
            await held;
            await settle();
            running.delete(name);
        },
    });
    const runs = Promise.all([
        nango.consumeRecords(key, into()),
        twin.consumeRecords({ ...key, variant: 'base' }, into()),
        twin.recordsFromWebhook({ type: 'sync', ...key, syncVariant: 'base' }, into()),
        nango.consumeRecords({ ...key, variant: 'v' }, into()),
        nango.consumeRecords({ ...key, variant: 'w' }, into()),
        nango.consumeRecords({ ...key, connectionId: 'user-2' }, into()),
        otherEnvironment.consumeRecords(key, into('other')),
    ]);
    await eventually(() => expect(running.size).toBe(5));
    // A second run of a key would be under way by now, too.
    await settle(200);
    all();
    await runs;
    expect(most).toBe(1);
    expect(together).toBe(5);
});

test('a run that waits for another one can be called off, and a failed one lets the next begin', async () => {
    const { nango } = await start(many(3));
    let release = () => {};
    const slow = nango.consumeRecords(key, {
        ...consumer(),
        handle: () => new Promise<void>((_, reject) => (release = () => reject(new Error('no')))),
    });
    const controller = new AbortController();
    const waiting = nango.consumeRecords({ ...key, signal: controller.signal }, consumer());
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    const next = nango.consumeRecords(key, consumer());
    await eventually(() => expect(release.toString()).toContain('reject'));
    release();
    await expect(slow).rejects.toThrow(NangoBatchError);
    expect(await next).toMatchObject({ records: 3 });
});

test('ends between two batches when its signal is aborted; what was handled is saved', async () => {
    const { nango } = await start(many(30));
    const controller = new AbortController();
    const into = consumer();
    const reason = new Error('shutting down');
    const handle = async (batch: RecordBatch) => {
        await into.handle(batch);
        controller.abort(reason);
    };
    await expect(nango.consumeRecords(key, { ...into, handle }, { signal: controller.signal })).rejects.toBe(reason);
    expect(into.log).toEqual(['handle 0-9', 'save c10']);
});

test('a webhook is consumed from the saved cursor, else from the beginning, whatever its modifiedAfter says', async () => {
    const { nango, requests } = await start(many(3));
    const event = {
        type: 'sync',
        from: 'nango',
        ...key,
        syncName: 'issues',
        syncVariant: 'docs',
        syncType: 'INCREMENTAL',
        success: true,
        responseResults: { added: 1, updated: 0, deleted: 0 },
        modifiedAfter: new Date().toISOString(),
    } as const;
    const keys: RecordsKey[] = [];
    const into = consumer();
    const load = (key: RecordsKey) => {
        keys.push(key);
        return into.load();
    };
    await nango.recordsFromWebhook(event, { ...into, load });
    await nango.recordsFromWebhook({ ...event, syncVariant: 'base' }, { ...into, load });
    expect(keys).toStrictEqual([{ ...key, variant: 'docs' }, key]);
    await nango.consumeRecords(key, { ...into, load });
    expect(keys[2]).toStrictEqual(key);
    expect(requests.map(({ query }) => query.get('cursor'))).toEqual([null, 'c3', 'c3']);
    expect(requests.some(({ query }) => query.has('modified_after'))).toBe(false);
});

test("a failed run's webhook names all models of its sync: each is read, from its own cursor", async () => {
    const lists: Record<string, Stored[]> = { Issue: many(12), Label: many(3), Milestone: [] };
    const { url, requests } = await serve((request, response) =>
        recordsFrom(lists[request.query.get('model') as string] ?? [])(request, response),
    );
    const nango = new Records({ apiKey, host: url });
    const cursors = new Map<string, string>([['Label', 'c1']]);
    const seen: string[] = [];
    const result = await nango.recordsFromWebhook(
        { type: 'sync', ...key, model: 'Issue,Label,Milestone', syncVariant: 'docs' },
        {
            batchSize: 10,
            load: ({ model }) => cursors.get(model),
            save: (cursor, { model, variant }) => cursors.set(model, cursor) && expect(variant).toBe('docs'),
            handle: ({ key, records }) => seen.push(`${key.model} ${records.map(({ id }) => id)}`),
        },
    );
    expect(seen).toEqual(['Issue 0,1,2,3,4,5,6,7,8,9', 'Issue 10,11', 'Label 1,2']);
    expect([...cursors]).toEqual([
        ['Label', 'c3'],
        ['Issue', 'c12'],
    ]);
    expect(requests.map(({ query }) => query.get('model'))).toEqual(['Issue', 'Issue', 'Label', 'Milestone']);
    const all = { ...key, model: 'Issue,Label,Milestone', variant: 'docs' };
    expect(result).toEqual({ key: all, batches: 3, records: 14, cursor: undefined, caughtUp: true, lag: 0 });
    lists.Issue?.push(...many(2).map(({ id }) => ({ id: `new ${id}` })));
    const save = () => {
        throw new Error('the disk is full');
    };
    await expect(
        nango.recordsFromWebhook({ type: 'sync', ...key, model: 'Label,Issue' }, { ...consumer('c3'), save }),
    ).rejects.toMatchObject({ key, stage: 'save' });
    const short = { ...consumer(), load: () => undefined, batchSize: 5, maxBatches: 1 };
    const both = await nango.recordsFromWebhook({ type: 'sync', ...key, model: 'Issue,Label' }, short);
    expect(both).toMatchObject({ batches: 2, records: 8, caughtUp: false });
});

test('rejects what it can not work with', async () => {
    const nango = new Records({ apiKey, host: 'http://127.0.0.1:1' });
    await expect(nango.recordsFromWebhook({ type: 'auth' } as never, consumer())).rejects.toMatchObject({
        operation: 'recordsFromWebhook',
        parameter: 'event',
        message: 'recordsFromWebhook: needs a webhook of type "sync", got "auth"; check `event.type` first',
    });
    await expect(nango.recordsFromWebhook({ type: 'sync', ...key, model: '' }, consumer())).rejects.toMatchObject({
        operation: 'recordsFromWebhook',
        parameter: 'model',
    });
    await expect(nango.recordsFromWebhook(undefined as never, consumer())).rejects.toThrow(NangoInputError);
    await expect(nango.consumeRecords({ ...key, model: '' }, consumer())).rejects.toMatchObject({ parameter: 'model' });
    await expect(nango.consumeRecords(key, { ...consumer(), save: undefined as never })).rejects.toMatchObject({
        operation: 'consumeRecords',
        parameter: 'save',
        message: 'consumeRecords: `save` must be a function; pass { load, save, handle }',
    });
    await expect(nango.consumeRecords(key, undefined as never)).rejects.toMatchObject({ parameter: 'load' });
    await expect(nango.consumeRecords(key, { ...consumer(), batchSize: 0 })).rejects.toMatchObject({
        operation: 'consumeRecords',
        parameter: 'pageSize',
    });
});

test('an abort ends a run whose handle hangs: its place is free after a grace, and what it does later saves nothing', async () => {
    const clock = fakeClock();
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { nango } = await start(many(3));
    const stop = new AbortController();
    const held: string[] = [];
    const lock: RecordsLock = {
        acquire: (_key, owner) => {
            if (held.length > 0 && held[0] !== owner) return false;
            held[0] = owner;
            return true;
        },
        release: () => void held.splice(0),
    };
    let finish = () => {};
    const hanging = { ...consumer(), lock, handle: () => new Promise<void>((resolve) => (finish = resolve)) };
    const handled = vi.spyOn(hanging, 'handle');
    let end: unknown;
    const run = nango.consumeRecords(key, hanging, { signal: stop.signal }).catch((error: unknown) => {
        end = error;
    });
    await eventually(() => expect(handled).toHaveBeenCalled());
    stop.abort(new Error('deploy'));
    await clock.pass(4_999);
    expect([end, held.length]).toEqual([undefined, 1]);
    await clock.pass(2);
    await run;
    expect(end).toEqual(new Error('deploy'));
    expect(held).toEqual([]);
    expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('`handle` has not ended 5 s later'), 'NangoWarning');
    finish();
    await settle();
    expect(hanging.log).toEqual([]);
    const next = consumer();
    await nango.consumeRecords(key, { ...next, lock });
    expect(next.log).toEqual(['handle 0-2', 'save c3']);
});

test('an abort lets a handle that ends in time save its batch', async () => {
    const { nango } = await start(many(30));
    const stop = new AbortController();
    const into = consumer();
    const handle = async (batch: RecordBatch) => {
        stop.abort(new Error('deploy'));
        await settle();
        await into.handle(batch);
    };
    await expect(nango.consumeRecords(key, { ...into, handle }, { signal: stop.signal })).rejects.toThrow('deploy');
    expect(into.log).toEqual(['handle 0-9', 'save c10']);
});
