import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { micro, type Row, replay } from './replay.js';

let emulator: RunningEmulator;
const start = Date.parse('2026-03-01T12:00:00Z');
const headers = { 'Connection-Id': 'c1', 'Provider-Config-Key': 'key-api' };
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        frozenAt: start,
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [{ provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } }],
        },
    });
    const place = { provider_config_key: 'key-api', connection_id: 'c1', model: 'Thing' };
    const { control } = emulator;
    await control.records({
        ...place,
        save: [
            { id: 'kept', n: 1 },
            { id: 'changed', n: 1 },
            { id: 'gone', n: 1 },
            { id: 4, n: 1 },
        ],
    });
    await control.records({ ...place, variant: 'other', save: [{ id: 'v' }] });
    await control.advance(1000);
    await control.records({ ...place, save: [{ id: 'changed', n: 2 }] });
    await control.advance(1000);
    await control.records({ ...place, delete: ['gone'] });
});
afterAll(() => emulator.close());

const cursors: Record<string, string> = {};
const list = (query: string, ids: string[], more: Partial<Row> = {}): Row => ({
    contract: '10.1',
    request: { path: `/records?${query}`, headers },
    ...more,
    expect: { status: 200, keys: ['records', 'next_cursor'], ...more.expect },
    after: (answer) => {
        expect(answer.body.records.map(({ id }: { id: string }) => id)).toEqual(ids);
        more.after?.(answer);
    },
});
const refused = (query: string, ...issues: [string, string[]][]): Row => ({
    contract: '10.1',
    request: { path: `/records?${query}`, headers },
    expect: { status: 400, code: 'invalid_query_params', issues },
});
const prune = (body: unknown, query = '') => ({ method: 'PATCH', path: `/records/prune${query}`, body, headers });
const all = ['kept', '4', 'changed', 'gone'];

const rows: Row[] = [
    list('model=Thing', all, {
        expect: {
            status: 200,
            like: { next_cursor: null },
            keysAt: {
                'records.0': ['id', 'n', '_nango_metadata'],
                'records.0._nango_metadata': [
                    ...['first_seen_at', 'last_modified_at', 'last_action', 'deleted_at', 'pruned_at', 'cursor'],
                ],
            },
        },
        after: ({ body }) => {
            const actions = body.records.map((record: any) => record._nango_metadata.last_action);
            expect(actions).toEqual(['ADDED', 'ADDED', 'UPDATED', 'DELETED']);
            for (const { id, _nango_metadata: at } of body.records) {
                cursors[id] = at.cursor;
                expect([at.first_seen_at, at.last_modified_at].every((date) => micro.test(date))).toBe(true);
                expect(at.pruned_at).toBeNull();
                if (id === 'gone') expect(at.deleted_at).toMatch(micro);
                else expect(at.deleted_at).toBeNull();
                expect(Buffer.from(at.cursor, 'base64').toString()).toMatch(/^.+\|\|[0-9a-f-]{36}$/);
            }
        },
    }),
    { ...list('model=Thing', all), request: { path: '/records/?model=Thing', headers } },
    list('model=Nothing', []),
    list('model=Thing&variant=base', all),
    list('model=Thing&variant=other', ['v']),
    list('model=Thing&limit=2', ['kept', '4'], {
        after: ({ body }) => expect(body.next_cursor).toBe(body.records[1]._nango_metadata.cursor),
    }),
    list('model=Thing&limit=4', all, { expect: { status: 200, like: { next_cursor: null } } }),
    {
        ...list('', ['changed', 'gone']),
        request: { path: () => `/records?model=Thing&cursor=${encodeURIComponent(cursors['4'] ?? '')}`, headers },
    },
    list('model=Thing&modified_after=2026-03-01T12:00:01.000000Z', ['changed', 'gone']),
    list('model=Thing&modified_after=2026-03-01T12:00:02.999Z', []),
    list('model=Thing&modified_after=2026-03-01T12:00Z', all),
    list('model=Thing&modified_after=2026-03-01T12:00:00Z&delta=2026-03-01T12:00:02Z', ['gone']),
    list('model=Thing&ids=kept&ids=4', ['kept', '4']),
    list('model=Thing&ids=4', ['4']),
    list('model=Thing&ids=nope', []),
    list('model=Thing&filter=added', ['kept', '4']),
    list('model=Thing&filter=ADDED', ['kept', '4']),
    list('model=Thing&filter=updated', ['changed']),
    list('model=Thing&filter=deleted', ['gone']),
    list('model=Thing&filter=added,updated', ['kept', '4', 'changed']),
    list('model=Thing&filter=updated,deleted', ['changed']),
    list('model=Thing&filter=added,deleted', ['kept', '4']),
    list('model=Thing&filter=added,updated,deleted', ['kept', '4', 'changed']),
    refused('', ['invalid_type', ['model']]),
    refused('model=lower', ['invalid_format', ['model']]),
    refused('model=T', ['invalid_format', ['model']]),
    refused('model=Thing&variant=a%20b', ['invalid_format', ['variant']]),
    refused('model=Thing&modified_after=yesterday', ['invalid_format', ['modified_after']], ['custom', ['modified_after']]),
    refused('model=Thing&modified_after=2026-03-01T12:00:00%2B00:00', ['invalid_format', ['modified_after']]),
    refused('model=Thing&modified_after=2026-03-01', ['invalid_format', ['modified_after']]),
    refused('model=Thing&modified_after=2025-02-28T11:00:00Z', ['custom', ['modified_after']]),
    refused('model=Thing&delta=2025-02-28T11:00:00Z', ['custom', ['delta']]),
    refused('model=Thing&limit=0', ['too_small', ['limit']]),
    refused('model=Thing&limit=10001', ['too_big', ['limit']]),
    refused('model=Thing&limit=many', ['invalid_type', ['limit']]),
    refused('model=Thing&filter=nope', ['invalid_value', ['filter', '0']]),
    refused('model=Thing&filter=added,Updated', ['invalid_value', ['filter', '1']]),
    refused('model=Thing&filter=added,%20updated', ['invalid_value', ['filter', '1']]),
    refused('model=Thing&filter=', ['invalid_value', ['filter', '0']]),
    refused('model=Thing&cursor=', ['too_small', ['cursor']]),
    refused(`model=Thing&cursor=${'c'.repeat(1001)}`, ['too_big', ['cursor']]),
    refused('model=Thing&ids=', ['invalid_union', ['ids']]),
    refused(`model=Thing&ids=a&ids=${'b'.repeat(257)}`, ['invalid_union', ['ids']]),
    refused('model=Thing&nope=1', ['unrecognized_keys', []]),
    {
        contract: '10.1',
        name: 'a cursor that is none',
        request: { path: '/records?model=Thing&cursor=abc', headers },
        expect: { status: 500, code: 'server_error' },
    },
    {
        contract: '10.1',
        name: 'no headers: the connection first',
        request: { path: '/records?model=Thing' },
        expect: {
            status: 400,
            code: 'invalid_headers',
            issues: [
                ['invalid_type', ['connection-id']],
                ['invalid_type', ['provider-config-key']],
            ],
        },
    },
    {
        contract: '10.1',
        name: 'a key of bad form',
        request: { path: '/records?model=Thing', headers: { ...headers, 'Provider-Config-Key': 'a/b' } },
        expect: { status: 400, code: 'invalid_headers', issues: [['invalid_format', ['provider-config-key']]] },
    },
    ...[{ 'Connection-Id': 'nobody' }, { 'Provider-Config-Key': 'nope' }].map(
        (wrong): Row => ({
            contract: '10.1',
            name: JSON.stringify(wrong),
            request: { path: '/records?model=Thing', headers: { ...headers, ...wrong } },
            expect: { status: 400, code: 'unknown_connection' },
        }),
    ),
    {
        contract: '10.2',
        name: 'up to and including the cursor, as many as the limit allows',
        request: { ...prune(undefined), body: () => ({ model: 'Thing', until_cursor: cursors['4'], limit: 1 }) },
        expect: { status: 200, body: { count: 1, has_more: true } },
    },
    {
        contract: '10.2',
        name: 'pruned ones are skipped; the limit may be text',
        request: { ...prune(undefined), body: () => ({ model: 'Thing', until_cursor: cursors['4'], limit: '1000' }) },
        expect: { status: 200, body: { count: 1, has_more: false } },
    },
    {
        contract: '10.2',
        name: 'nothing left',
        request: { ...prune(undefined), body: () => ({ model: 'Thing', until_cursor: cursors['4'] }) },
        expect: { status: 200, body: { count: 0, has_more: false } },
    },
    list('model=Thing', all, {
        expect: {
            status: 200,
            keysAt: { 'records.0': ['id', '_nango_metadata'], 'records.2': ['id', 'n', '_nango_metadata'] },
        },
        after: ({ body }) => {
            const { pruned_at, last_action, cursor } = body.records[0]._nango_metadata;
            expect([last_action, cursor]).toEqual(['ADDED', cursors.kept]);
            expect(pruned_at).toMatch(micro);
        },
    }),
    {
        contract: '10.2',
        name: 'a model that nobody knows',
        request: { ...prune(undefined), body: () => ({ model: 'Nothing', until_cursor: cursors['4'] }) },
        expect: { status: 200, body: { count: 0, has_more: false } },
    },
    {
        contract: '10.2',
        request: prune({ model: 'Thing', until_cursor: 'abc' }),
        expect: { status: 500, code: 'server_error' },
    },
    {
        contract: '10.2',
        request: prune({}),
        expect: {
            status: 400,
            code: 'invalid_body',
            issues: [
                ['invalid_type', ['model']],
                ['invalid_type', ['until_cursor']],
            ],
        },
    },
    ...(
        [
            [{ model: 'thing' }, 'invalid_format', ['model']],
            [{ variant: 'a b' }, 'invalid_format', ['variant']],
            [{ until_cursor: '' }, 'too_small', ['until_cursor']],
            [{ limit: 0 }, 'too_small', ['limit']],
            [{ limit: 10_001 }, 'too_big', ['limit']],
            [{ limit: 'one' }, 'invalid_type', ['limit']],
            [{ nope: 1 }, 'unrecognized_keys', []],
        ] as [object, string, string[]][]
    ).map(
        ([body, code, path]): Row => ({
            contract: '10.2',
            name: JSON.stringify(body),
            request: prune({ model: 'Thing', until_cursor: 'x', ...body }),
            expect: { status: 400, code: 'invalid_body', issues: [[code, path]] },
        }),
    ),
    {
        contract: '10.2',
        request: prune({ model: 'Thing', until_cursor: 'x' }, '?nope=1'),
        expect: { status: 400, code: 'invalid_query_params' },
    },
    {
        contract: '10.2',
        request: { ...prune({ model: 'Thing', until_cursor: 'x' }), headers: {} },
        expect: { status: 400, code: 'invalid_headers' },
    },
    {
        contract: '10.2',
        request: { ...prune({ model: 'Thing', until_cursor: 'x' }), headers: { ...headers, 'Connection-Id': 'nobody' } },
        expect: { status: 400, code: 'unknown_connection' },
    },
];

replay(() => emulator, rows);
