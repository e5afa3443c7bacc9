import { beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../src/index.js';
import { type Call, setScene } from './support/scene.js';

let call: Call;
let emulator: Emulator;
const headers = { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' };
const where = { provider_config_key: 'github', connection_id: 'octo', model: 'Ticket' };

beforeEach(async () => {
    ({ call, emulator } = setScene());
    await emulator.control.records({
        ...where,
        save: [
            { id: 1, n: 'one' },
            { id: 2, n: 'two' },
            { id: 'c', n: 'three' },
        ],
    });
    await emulator.control.advance(1000);
    await emulator.control.records({
        ...where,
        save: [
            { id: 2, n: 'two again' },
            { id: 1, n: 'one' },
        ],
        delete: ['c'],
    });
});

const list = async (query = '') => (await call('GET', `/records?model=Ticket${query}`, { headers })).body;
const ids = (answer: { records: { id: string }[] }) => answer.records.map(({ id }) => id);

test('a record is its payload, its id as a string, and where it stands', async () => {
    const { records, next_cursor } = await list();
    expect(next_cursor).toBeNull();
    expect(records).toEqual([
        {
            id: '1',
            n: 'one',
            _nango_metadata: {
                first_seen_at: '2026-03-01T12:00:00.000000+00:00',
                last_modified_at: '2026-03-01T12:00:00.000000+00:00',
                last_action: 'ADDED',
                deleted_at: null,
                pruned_at: null,
                cursor: expect.any(String),
            },
        },
        expect.objectContaining({
            id: '2',
            n: 'two again',
            _nango_metadata: expect.objectContaining({
                last_action: 'UPDATED',
                first_seen_at: '2026-03-01T12:00:00.000000+00:00',
                last_modified_at: '2026-03-01T12:00:01.000000+00:00',
            }),
        }),
        expect.objectContaining({
            id: 'c',
            _nango_metadata: expect.objectContaining({
                last_action: 'DELETED',
                deleted_at: expect.stringMatching(/^2026-03-01T12:00:01\./),
            }),
        }),
    ]);
    const [at, uuid] = Buffer.from(records[1]._nango_metadata.cursor, 'base64').toString().split('||');
    expect(at).toBe(records[1]._nango_metadata.last_modified_at);
    expect(uuid).toMatch(/^[0-9a-f-]{36}$/);
});

test('a cursor is exclusive, and next_cursor is there only when more follow', async () => {
    const first = await list('&limit=2');
    expect(ids(first)).toEqual(['1', '2']);
    expect(first.next_cursor).toBe(first.records[1]._nango_metadata.cursor);
    const second = await list(`&limit=2&cursor=${encodeURIComponent(first.next_cursor)}`);
    expect([ids(second), second.next_cursor]).toEqual([['c'], null]);
    const resumed = await list(`&cursor=${encodeURIComponent(second.records[0]._nango_metadata.cursor)}`);
    expect(ids(resumed)).toEqual([]);
});

test.each([
    ['added', ['1']],
    ['updated', ['2']],
    ['deleted', ['c']],
    ['DELETED', ['c']],
    ['added,updated', ['1', '2']],
    ['updated,deleted', ['2']],
    ['added,deleted', ['1']],
    ['added,updated,deleted', ['1', '2']],
])('filter=%s gives %j', async (filter, expected) => {
    expect(ids(await list(`&filter=${filter}`))).toEqual(expected);
});

test.each([
    ['modified_after=2026-03-01T12:00:01Z', ['2', 'c']],
    ['modified_after=2026-03-01T12:00:01.000001Z', ['c']],
    ['modified_after=2026-03-01T12:00:02Z', []],
    ['modified_after=2026-03-01T12:00:02Z&delta=2026-03-01T12:00:00Z', ['1', '2', 'c']],
    ['ids=1', ['1']],
    ['ids=1&ids=c', ['1', 'c']],
    ['ids[]=2', ['2']],
])('%s gives %j', async (query, expected) => {
    expect(ids(await list(`&${query}`))).toEqual(expected);
});

test.each([
    ['modified_after=yesterday', ['invalid_format', 'custom'], ['modified_after']],
    ['modified_after=2026-03-01', ['invalid_format'], ['modified_after']],
    ['modified_after=2026-03-01T12:00:00%2B00:00', ['invalid_format'], ['modified_after']],
    ['modified_after=2025-02-01T12:00:00Z', ['custom'], ['modified_after']],
    ['filter=new', ['invalid_value'], ['filter', '0']],
    ['limit=0', ['too_small'], ['limit']],
    ['limit=10001', ['too_big'], ['limit']],
    ['cursor=', ['too_small'], ['cursor']],
    ['ids=', ['invalid_union'], ['ids']],
    ['variant=a/b', ['invalid_format'], ['variant']],
    ['sortBy=id', ['unrecognized_keys'], []],
])('%s is refused with %j', async (query, codes, path) => {
    const { error } = await list(`&${query}`);
    expect(error.code).toBe('invalid_query_params');
    expect(error.errors.map((issue: { code: string }) => issue.code)).toEqual(codes);
    expect(error.errors[0].path).toEqual(path);
});

test('both headers are asked for, the connection id first', async () => {
    const answer = await call('GET', '/records?model=Ticket');
    expect(answer.body.error.code).toBe('invalid_headers');
    expect(answer.body.error.errors.map((issue: { path: string[] }) => issue.path)).toEqual([
        ['connection-id'],
        ['provider-config-key'],
    ]);
});

test('an unknown connection or integration is 400, an unknown model is empty, a bad cursor is 500', async () => {
    for (const change of [{ 'Connection-Id': 'x' }, { 'Provider-Config-Key': 'x' }]) {
        const answer = await call('GET', '/records?model=Ticket', { headers: { ...headers, ...change } });
        expect([answer.status, answer.body.error.code]).toEqual([400, 'unknown_connection']);
    }
    expect((await call('GET', '/records?model=Nothing', { headers })).body).toEqual({ records: [], next_cursor: null });
    for (const cursor of ['garbage', Buffer.from('2026-03-01||x').toString('base64')]) {
        const answer = await call('GET', `/records?model=Ticket&cursor=${cursor}`, { headers });
        expect([answer.status, answer.body.error.code]).toEqual([500, 'server_error']);
    }
});

test('a record whose payload is the same is not modified; one that was deleted comes back as added', async () => {
    await emulator.control.advance(1000);
    expect(
        await emulator.control.records({
            ...where,
            save: [
                { id: 1, n: 'one' },
                { id: 'c', n: 'three' },
            ],
        }),
    ).toEqual({
        added: 1,
        updated: 0,
        deleted: 0,
    });
    const { records } = await list();
    expect(ids({ records })).toEqual(['1', '2', 'c']);
    expect(records[2]._nango_metadata).toMatchObject({ last_action: 'ADDED', deleted_at: null });
});

describe('prune', () => {
    const prune = (body: object) => call('PATCH', '/records/prune', { headers, body: { model: 'Ticket', ...body } });

    test('empties payloads up to and including the cursor, and moves nothing', async () => {
        const before = (await list()).records;
        const until_cursor = before[1]._nango_metadata.cursor;
        expect((await prune({ until_cursor, limit: 1 })).body).toEqual({ count: 1, has_more: true });
        expect((await prune({ until_cursor })).body).toEqual({ count: 1, has_more: false });
        expect((await prune({ until_cursor })).body).toEqual({ count: 0, has_more: false });
        const after = (await list()).records;
        expect(after[0]).toEqual({ id: '1', _nango_metadata: { ...before[0]._nango_metadata, pruned_at: expect.any(String) } });
        expect(after[1]._nango_metadata.cursor).toBe(until_cursor);
        expect(after[2]).toEqual(before[2]);
    });

    test.each([
        [{}, ['until_cursor']],
        [{ until_cursor: '' }, ['until_cursor']],
        [{ until_cursor: 'x', limit: 'five' }, ['limit']],
        [{ until_cursor: 'x', limit: 10_001 }, ['limit']],
        [{ until_cursor: 'x', model: 'lower' }, ['model']],
        [{ until_cursor: 'x', model: 'A' }, ['model']],
        [{ until_cursor: 'x', nope: 1 }, []],
    ])('%o is refused', async (body, path) => {
        expect((await prune(body)).body.error).toMatchObject({ code: 'invalid_body', errors: [{ path }] });
    });

    test('a query is refused, a bad cursor is 500', async () => {
        const query = await call('PATCH', '/records/prune?a=1', { headers, body: {} });
        expect(query.body.error.code).toBe('invalid_query_params');
        expect((await prune({ until_cursor: 'x' })).body.error.code).toBe('server_error');
    });
});

describe('many records', () => {
    test('of 20,000, a page at any cursor looks at its own and a few more', async () => {
        const total = 20_000;
        const save = Array.from({ length: total }, (_, index) => ({
            id: index,
            title: `ticket ${index}`,
            open: index % 2 === 0,
        }));
        await emulator.control.seed({ records: [{ ...where, model: 'Big', save }] });
        const connection = emulator.context.store.environment.connections.get('github', 'octo');
        const records = emulator.context.store.environment.records.find(connection?.id ?? 0, 'Big');
        expect(records?.size).toBe(total);
        const page = async (limit: number, cursor: string | null) =>
            (
                await call('GET', `/records?model=Big&limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, {
                    headers,
                })
            ).body as { records: { id: string }[]; next_cursor: string | null };
        const cursors: string[] = [];
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
            const body = await page(2_000, cursor);
            seen.push(...body.records.map(({ id }) => id));
            cursor = body.next_cursor;
            if (cursor) cursors.push(cursor);
        } while (cursor);
        expect(seen).toEqual(save.map(({ id }) => String(id)));
        expect(cursors).toHaveLength(9);
        const looked = new Set<string>();
        for (const row of records?.after() ?? []) {
            const { id, lastModifiedAt } = row;
            const get = () => {
                looked.add(id);
                return lastModifiedAt;
            };
            Object.defineProperty(row, 'lastModifiedAt', { get });
        }
        for (const at of cursors) {
            looked.clear();
            expect((await page(100, at)).records).toHaveLength(100);
            // Those of a binary search, and one to know whether more follow.
            expect(looked.size).toBeLessThan(100 + Math.log2(total) + 5);
        }
    });
});
