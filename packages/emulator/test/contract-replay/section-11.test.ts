import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, send, uuid, zulu } from './replay.js';

let emulator: RunningEmulator;
const start = Date.parse('2026-03-01T12:00:00Z');
let broken = false;
let release = () => {};
let hold: Promise<void> | undefined;
let begin = () => {};
let begun: Promise<void> | undefined;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        frozenAt: start,
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                { provider: 'private-api-bearer', unique_key: 'empty' },
            ],
            connections: [
                { provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } },
                { provider_config_key: 'key-api', connection_id: 'c2', credentials: { type: 'API_KEY', apiKey: 'k' } },
                { provider_config_key: 'empty', connection_id: 'e1', credentials: { type: 'API_KEY', apiKey: 'k' } },
            ],
        },
    });
    emulator.defineSync('key-api', 'things', {
        model: 'Thing',
        frequency: 'every 2h',
        run: ({ save, setCheckpoint }) => {
            if (broken) throw new Error('broken');
            setCheckpoint({ page: 1 });
            save([{ id: '1' }]);
        },
    });
    emulator.defineSync('key-api', 'held', {
        model: 'Held',
        frequency: 'every day',
        autoStart: false,
        run: () => {
            begin();
            return hold;
        },
    });
    emulator.defineSync('key-api', 'later', { model: 'Late', frequency: 'every day', autoStart: false, run: () => [] });
});
afterAll(() => emulator.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', path, body, headers });
const ok = { status: 200, body: { success: true } };
const base = { provider_config_key: 'key-api', connection_id: 'c1' };
const status = (query: string) => ({ path: `/sync/status?provider_config_key=key-api&${query}` });
const fresh = [
    'id',
    'name',
    'variant',
    'connection_id',
    'type',
    'status',
    'nextScheduledSyncAt',
    'frequency',
    'recordCount',
    'checkpoint',
];
const ran = [...fresh, 'latestExecutionStatus', 'finishedAt', 'latestResult'];
const legacy = (status: number, code: string, payload: unknown = {}) => ({ status, code, message: true, payload });
const unknownConnection = legacy(404, 'unknown_connection', { connectionId: 'nobody', providerConfigKey: 'key-api' });
const names = (rows: Row['after']): Pick<Row, 'after'> => (rows ? { after: rows } : {});

const statuses: Row[] = [
    {
        contract: '11.3',
        name: 'before the first run',
        request: status('syncs=later&connection_id=c1'),
        expect: {
            status: 200,
            keys: ['syncs'],
            keysAt: { 'syncs.0': fresh },
            like: {
                syncs: [
                    {
                        id: expect.stringMatching(uuid),
                        name: 'later',
                        variant: 'base',
                        connection_id: 'c1',
                        type: 'INITIAL',
                        status: 'PAUSED',
                        nextScheduledSyncAt: null,
                        recordCount: { Late: 0 },
                        checkpoint: null,
                    },
                ],
            },
        },
    },
    {
        contract: '11.3',
        name: 'after the first run',
        before: () => emulator.control.settle(),
        request: status('syncs=things&connection_id=c1'),
        expect: {
            status: 200,
            keysAt: { 'syncs.0': ran, 'syncs.0.latestResult.Thing': ['added', 'updated', 'deleted'] },
            like: {
                syncs: [
                    {
                        type: 'INITIAL',
                        status: 'SUCCESS',
                        latestExecutionStatus: 'SUCCESS',
                        finishedAt: expect.stringMatching(zulu),
                        nextScheduledSyncAt: '2026-03-01T14:00:00.000Z',
                        frequency: 'every 2h',
                        latestResult: { Thing: { added: 1, updated: 0, deleted: 0 } },
                        recordCount: { Thing: 1 },
                        checkpoint: { page: 1 },
                    },
                ],
            },
        },
    },
    {
        contract: '11.3',
        name: 'a later run of a sync that is not declared incremental',
        before: () => emulator.control.advance(2 * 3_600_000),
        request: status('syncs=things&connection_id=c1'),
        expect: {
            status: 200,
            like: { syncs: [{ type: 'INITIAL', latestResult: { Thing: { added: 0, updated: 0, deleted: 0 } } }] },
        },
    },
    ...(
        [
            ['syncs=*', 6],
            ['syncs=*&connection_id=c1', 3],
            ['syncs=things', 2],
            ['syncs=things,later', 4],
            ['syncs=things::base&connection_id=c1', 1],
            ['syncs=things::other', 0],
            ['syncs=nope', 0],
        ] as const
    ).map(
        ([query, count]): Row => ({
            contract: '11.3',
            request: status(query),
            expect: { status: 200, keys: ['syncs'] },
            ...names(({ body }) => expect(body.syncs).toHaveLength(count)),
        }),
    ),
    {
        contract: '11.3',
        request: { path: '/sync/status?provider_config_key=nope&syncs=*' },
        expect: { status: 200, body: { syncs: [] } },
    },
    {
        contract: '11.3',
        request: { path: '/sync/status?provider_config_key=empty&syncs=*&connection_id=e1' },
        expect: { status: 200, body: { syncs: [] } },
    },
    {
        contract: '11.3',
        request: status('syncs=*&connection_id=nobody'),
        expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
    },
    ...(
        [
            ['/sync/status?provider_config_key=key-api', 'invalid_type', ['syncs']],
            ['/sync/status?syncs=*', 'invalid_type', ['provider_config_key']],
            ['/sync/status?provider_config_key=key-api&syncs=a&syncs=b', 'invalid_type', ['syncs']],
            ['/sync/status?provider_config_key=key-api&syncs=*&nope=1', 'unrecognized_keys', []],
            ['/sync/status?provider_config_key=a%2Fb&syncs=*', 'invalid_format', ['provider_config_key']],
            ['/sync/status?provider_config_key=key-api&syncs=*&connection_id=a%3Fb', 'invalid_format', ['connection_id']],
        ] as [string, string, string[]][]
    ).map(
        ([path, code, at]): Row => ({
            contract: '11.3',
            request: { path },
            expect: { status: 400, code: 'invalid_query_params', issues: [[code, at]] },
        }),
    ),
];

const trigger = (body: unknown, headers?: Record<string, string>) => post('/sync/trigger', body, headers);
const commands: Row[] = [
    { contract: '11.1', request: trigger({ ...base, syncs: ['things'] }), expect: ok },
    { contract: '11.1', request: trigger({ ...base, syncs: [] }), expect: ok },
    { contract: '11.1', request: trigger({ ...base, syncs: ['things::base', { name: 'later', variant: 'base' }] }), expect: ok },
    { contract: '11.1', request: trigger({ provider_config_key: 'key-api', syncs: ['nope', 'things'] }), expect: ok },
    {
        contract: '11.1',
        name: 'integration and connection in headers',
        request: trigger({ syncs: ['things'] }, { 'Provider-Config-Key': 'key-api', 'Connection-Id': 'c1' }),
        expect: ok,
    },
    {
        contract: '11.1',
        name: 'unknown options are ignored',
        request: trigger({ ...base, syncs: ['things'], opts: { reset: true, emptyCache: true, nope: 1 } }),
        expect: ok,
    },
    {
        contract: '11.1',
        name: 'a reset run is a full one',
        before: () => emulator.control.settle(),
        request: status('syncs=things&connection_id=c1'),
        expect: { status: 200, like: { syncs: [{ type: 'INITIAL', latestResult: { Thing: { added: 1 } } }] } },
    },
    ...['incremental', 'full_refresh', 'full_refresh_and_clear_cache'].map(
        (sync_mode): Row => ({
            contract: '11.1',
            request: trigger({ ...base, syncs: ['things'], sync_mode }),
            expect: ok,
            name: sync_mode,
        }),
    ),
    { contract: '11.1', request: trigger({ ...base, syncs: ['things'], full_resync: true }), expect: ok },
    ...[{ sync_mode: 'incremental' }, { full_resync: false }].map(
        (old): Row => ({
            contract: '11.1',
            name: `opts with ${JSON.stringify(old)}`,
            request: trigger({ ...base, syncs: [], opts: {}, ...old }),
            expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
        }),
    ),
    ...(
        [
            [{}, 'invalid_type', ['syncs']],
            [{ syncs: 'things' }, 'invalid_type', ['syncs']],
            [{ syncs: [{ name: 'things' }] }, 'invalid_union', ['syncs', '0']],
            [{ syncs: [1] }, 'invalid_union', ['syncs', '0']],
            [{ syncs: [], sync_mode: 'nope' }, 'invalid_value', ['sync_mode']],
            [{ syncs: [], full_resync: 1 }, 'invalid_type', ['full_resync']],
            [{ syncs: [], opts: { reset: 1 } }, 'invalid_type', ['opts', 'reset']],
            [{ syncs: [], connection_id: 1 }, 'invalid_type', ['connection_id']],
            [{ syncs: [], nope: 1 }, 'unrecognized_keys', []],
        ] as [object, string, string[]][]
    ).map(
        ([body, code, path]): Row => ({
            contract: '11.1',
            name: JSON.stringify(body),
            request: trigger({ provider_config_key: 'key-api', ...body }),
            expect: { status: 400, code: 'invalid_body', issues: [[code, path]] },
        }),
    ),
    {
        contract: '11.1',
        request: trigger({ syncs: [] }),
        expect: {
            status: 400,
            code: 'missing_provider_config_key',
            message: true,
            keysAt: { error: ['code', 'message'] },
        },
    },
    {
        contract: '11.1',
        name: 'an empty key is none; the form of ids is not looked at',
        request: trigger({ syncs: [], provider_config_key: '', connection_id: 'a?b' }, { 'Provider-Config-Key': 'key-api' }),
        expect: legacy(404, 'unknown_connection', { connectionId: 'a?b', providerConfigKey: 'key-api' }),
    },
    {
        contract: '11.1',
        name: 'an identifier may have more than name and variant',
        request: trigger({ ...base, syncs: [{ name: 'later', variant: 'base', more: 1 }] }),
        expect: ok,
    },
    {
        contract: '11',
        request: trigger({ provider_config_key: 'nope', syncs: [] }),
        expect: legacy(400, 'unknown_provider_config'),
    },
    { contract: '11', request: trigger({ ...base, connection_id: 'nobody', syncs: [] }), expect: unknownConnection },
    { contract: '11.1', request: trigger({ ...base, syncs: ['things', 'nope'] }), expect: legacy(400, 'no_syncs_found') },
    {
        contract: '11.1',
        request: trigger({ provider_config_key: 'key-api', syncs: ['nope'] }),
        expect: legacy(400, 'no_syncs_found'),
    },
    { contract: '11.1', request: trigger({ provider_config_key: 'empty', connection_id: 'e1', syncs: [] }), expect: ok },
    {
        contract: '11.1',
        request: trigger({ provider_config_key: 'empty', connection_id: 'e1', syncs: ['x'] }),
        expect: legacy(400, 'no_syncs_found'),
    },
    ...['/sync/start', '/sync/pause'].flatMap((path): Row[] => [
        { contract: '11.2', request: post(path, { ...base, syncs: ['later'] }), expect: ok },
        { contract: '11.2', request: post(path, { provider_config_key: 'key-api', syncs: ['later'] }), expect: ok },
        {
            contract: '11.2',
            name: `${path}: the query is not checked`,
            request: post(`${path}?nope=1`, { ...base, syncs: [] }),
            expect: ok,
        },
        { contract: '11.2', request: post(path, { provider_config_key: 'empty', connection_id: 'e1', syncs: [] }), expect: ok },
        {
            contract: '11.2',
            request: post(path, { provider_config_key: 'empty', syncs: ['x'] }),
            expect: legacy(400, 'no_syncs_found'),
        },
        { contract: '11', request: post(path, { ...base, connection_id: 'nobody', syncs: [] }), expect: unknownConnection },
        {
            contract: '11',
            request: post(path, { provider_config_key: 'nope', syncs: [] }),
            expect: legacy(400, 'unknown_provider_config'),
        },
        {
            contract: '11.2',
            name: `${path}: the key is required`,
            request: post(path, { syncs: [] }, { 'Provider-Config-Key': 'key-api' }),
            expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', ['provider_config_key']]] },
        },
        {
            contract: '11.2',
            name: `${path}: 257 syncs`,
            request: post(path, { ...base, syncs: Array(257).fill('later') }),
            expect: { status: 400, code: 'invalid_body', issues: [['too_big', ['syncs']]] },
        },
        {
            contract: '11.2',
            name: `${path}: a name without a variant`,
            request: post(path, { ...base, syncs: [{ name: 'later' }] }),
            expect: { status: 400, code: 'invalid_body', issues: [['invalid_union', ['syncs', '0']]] },
        },
        {
            contract: '11.2',
            name: `${path}: an identifier with more than name and variant`,
            request: post(path, { ...base, syncs: [{ name: 'later', variant: 'base', more: 1 }] }),
            expect: { status: 400, code: 'invalid_body', issues: [['invalid_union', ['syncs', '0']]] },
        },
        {
            contract: '11.2',
            name: `${path}: an unknown key`,
            request: post(path, { ...base, syncs: [], opts: {} }),
            expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
        },
    ]),
    {
        contract: '11.1',
        before: () => {
            hold = new Promise((resolve) => {
                release = resolve;
            });
            begun = new Promise((resolve) => {
                begin = resolve;
            });
        },
        request: trigger({ ...base, syncs: ['held'] }),
        expect: ok,
    },
    {
        contract: '11.3',
        name: 'while it runs, although its schedule is paused',
        before: () => begun,
        request: status('syncs=held&connection_id=c1'),
        expect: {
            status: 200,
            keysAt: { 'syncs.0': [...fresh, 'latestExecutionStatus'] },
            like: { syncs: [{ status: 'RUNNING', latestExecutionStatus: 'RUNNING' }] },
        },
        after: () => release(),
    },
    { contract: '11.2', request: post('/sync/pause', { ...base, syncs: ['things'] }), expect: ok },
    {
        contract: '11.3',
        name: 'paused, after a run',
        before: () => {
            // Also when the row that does so failed: nothing ever settles while it is held.
            release();
            return emulator.control.settle();
        },
        request: status('syncs=things&connection_id=c1'),
        expect: {
            status: 200,
            like: { syncs: [{ status: 'PAUSED', latestExecutionStatus: 'SUCCESS', nextScheduledSyncAt: null }] },
            keysAt: { 'syncs.0': ran },
        },
    },
    {
        contract: '11.2',
        name: 'start takes the schedule up again',
        before: () => {
            broken = true;
        },
        request: post('/sync/start', { ...base, syncs: ['things'] }),
        expect: ok,
    },
    {
        contract: '11.1',
        name: 'trigger runs at once',
        request: post('/sync/trigger', { ...base, syncs: ['things'] }),
        expect: ok,
    },
    {
        contract: '11.3',
        name: 'a failed run',
        before: () => emulator.control.settle(),
        request: status('syncs=things&connection_id=c1'),
        expect: {
            status: 200,
            like: {
                syncs: [
                    {
                        status: 'ERROR',
                        latestExecutionStatus: 'STOPPED',
                        latestResult: {},
                        finishedAt: expect.stringMatching(zulu),
                    },
                ],
            },
        },
        after: () => {
            broken = false;
        },
    },
    {
        contract: '8.1',
        name: 'and the connection shows it',
        request: { path: '/connections?connectionId=c1' },
        expect: {
            status: 200,
            like: { connections: [{ errors: [{ type: 'sync' }] }] },
            keysAt: { 'connections.0.errors.0': ['type', 'log_id'] },
        },
    },
];

const frequency = (body: object) => ({
    method: 'PUT',
    path: '/sync/update-connection-frequency',
    body: { ...base, sync_name: 'things', ...body },
});
const frequencies: Row[] = [
    ...(
        [
            ['every 2h', '2h'],
            ['every half hour', '30m'],
            ['every quarter hour', '15m'],
            ['every half day', '12h'],
            ['every month', '30d'],
            ['every week', '1w'],
            ['30s', '30s'],
            ['every 30 seconds', '30 seconds'],
            ['5 mins', '5 mins'],
            ['1 day', '1 day'],
            ['every hour', '1h'],
            ['every day', '1d'],
            ['3hrs', '3hrs'],
        ] as const
    ).map(
        ([given, answered]): Row => ({
            contract: '11.4',
            name: given,
            request: frequency({ frequency: given }),
            expect: { status: 200, body: { frequency: answered } },
        }),
    ),
    {
        contract: '11.3',
        name: 'the status shows it',
        request: status('syncs=things&connection_id=c1'),
        expect: { status: 200, like: { syncs: [{ frequency: '3hrs' }] } },
    },
    {
        contract: '11.4',
        name: 'null: the deployed text',
        request: frequency({ frequency: null }),
        expect: { status: 200, body: { frequency: 'every 2h' } },
    },
    ...['29s', '0 hours', 'minute', 'every secs'].map(
        (given): Row => ({
            contract: '11.4',
            name: given,
            request: frequency({ frequency: given }),
            expect: { status: 400, code: 'invalid_body', message: true },
        }),
    ),
    ...['', 'often', '5', 'every', '5 parsecs', '-5m', '1.5h', 'Every 5m', '5m '].map(
        (given): Row => ({
            contract: '4',
            name: `"${given}"`,
            request: frequency({ frequency: given }),
            expect: { status: 400, code: 'invalid_body', issues: [['invalid_format', ['frequency']]] },
        }),
    ),
    {
        contract: '11.4',
        request: frequency({}),
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', ['frequency']]] },
    },
    {
        contract: '11.4',
        request: frequency({ frequency: null, nope: 1 }),
        expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
    },
    ...[{ connection_id: 'nobody' }, { provider_config_key: 'nope' }].map(
        (wrong): Row => ({
            contract: '11.4',
            name: JSON.stringify(wrong),
            request: frequency({ frequency: '1s', ...wrong }),
            expect: { status: 400, body: { error: { code: 'unknown_connection' } } },
        }),
    ),
    ...[{ sync_name: 'nope' }, { sync_variant: 'nope' }].map(
        (wrong): Row => ({
            contract: '11.4',
            name: JSON.stringify(wrong),
            request: frequency({ frequency: '1s', ...wrong }),
            expect: { status: 400, body: { error: { code: 'unknown_sync' } } },
        }),
    ),
];

const variant = (method: string, path: string, body: object = base) => ({ method, path: `/sync/${path}`, body });
const codeOnly = (status: number, code: string) => ({ status, body: { error: { code } } });
const variants: Row[] = [
    {
        contract: '11.5',
        request: variant('POST', 'things/variant/eu'),
        expect: { status: 200, body: { id: expect.stringMatching(uuid), name: 'things', variant: 'eu' } },
    },
    { contract: '11.5', request: variant('POST', 'things/variant/eu'), expect: codeOnly(400, 'sync_variant_already_exists') },
    { contract: '11.3', request: status('syncs=things::eu'), expect: { status: 200, like: { syncs: [{ variant: 'eu' }] } } },
    { contract: '11.5', request: variant('POST', 'nope/variant/eu'), expect: codeOnly(400, 'unknown_sync') },
    ...['POST', 'DELETE'].flatMap((method): Row[] => [
        ...['base', 'BASE'].map(
            (name): Row => ({
                contract: '11.5',
                request: variant(method, `things/variant/${name}`),
                expect: { status: 400, code: 'invalid_variant' },
            }),
        ),
        {
            contract: '11.5',
            name: `${method}: unknown connection`,
            request: variant(method, 'things/variant/x', { ...base, connection_id: 'nobody' }),
            expect: codeOnly(400, 'unknown_connection'),
        },
        {
            contract: '11.5',
            name: `${method}: unknown integration`,
            request: variant(method, 'things/variant/x', { ...base, provider_config_key: 'nope' }),
            expect: codeOnly(400, 'unknown_connection'),
        },
        {
            contract: '11.5',
            name: `${method}: no body`,
            request: { method, path: '/sync/things/variant/x' },
            expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', []]] },
        },
        {
            contract: '11.5',
            name: `${method}: a variant of bad form`,
            request: variant(method, 'things/variant/a%20b'),
            expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['variant']]] },
        },
        {
            contract: '11.5',
            name: `${method}: unknown key`,
            request: variant(method, 'things/variant/x', { ...base, nope: 1 }),
            expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
        },
        {
            contract: '11.5',
            name: `${method}: undeclared query key`,
            request: variant(method, 'things/variant/x?nope=1'),
            expect: { status: 400, code: 'invalid_query_params' },
        },
    ]),
    {
        contract: '11.5',
        name: 'no syncs on the connection',
        request: variant('POST', 'things/variant/x', { provider_config_key: 'empty', connection_id: 'e1' }),
        expect: codeOnly(500, 'failed_sync_variant_creation'),
    },
    { contract: '11.5', request: variant('DELETE', 'things/variant/eu'), expect: ok },
    { contract: '11.5', request: variant('DELETE', 'things/variant/eu'), expect: codeOnly(404, 'not_found') },
    {
        contract: '11.5',
        name: 'the cap, base included',
        before: () => emulator.control.settings({ plan: { sync_variants: 1 } }),
        request: variant('POST', 'things/variant/eu'),
        expect: { status: 400, code: 'resource_capped' },
    },
    {
        contract: '11.5',
        name: 'the cap is reported before a variant that exists',
        request: variant('POST', 'held/variant/eu'),
        before: async () => {
            await emulator.control.settings({ plan: { sync_variants: 2 } });
            await send(emulator, variant('POST', 'held/variant/eu'));
        },
        expect: { status: 400, code: 'resource_capped' },
    },
];

replay(() => emulator, [...statuses, ...commands, ...frequencies, ...variants]);
