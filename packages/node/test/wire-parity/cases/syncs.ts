import type { ParityCase } from '../parity-case.js';

const key = { providerConfigKey: 'github', connectionId: 'c 1', model: 'Issue' };
const page = { body: { records: [{ id: '1' }], next_cursor: null } };
const done = { body: { success: true } };
const recent = new Date(Date.now() - 86_400_000).toISOString();
const variant = { provider_config_key: 'github', connection_id: 'c1', name: 'issues', variant: 'docs' };

const records: readonly object[] = [
    {},
    { variant: 'docs' },
    { modifiedAfter: recent },
    { delta: recent },
    { limit: 5, filter: 'added', cursor: 'YQ==' },
    { limit: 0, cursor: '' },
    { cursor: null, filter: 'ADDED,updated' },
    { ids: ['1', 'a&b', '3'] },
    { ids: [] },
];

export const syncCases: readonly ParityCase[] = [
    ...records.map((config) => ({
        name: `listRecords(${JSON.stringify(config)})`,
        run: (n: any) => n.listRecords({ ...key, ...config }),
        answer: page,
    })),
    ...['model', 'providerConfigKey', 'connectionId'].map((member) => ({
        name: `listRecords without ${member}`,
        run: (n: any) => n.listRecords({ ...key, [member]: undefined }),
    })),
    {
        name: 'listRecords, time without Z',
        run: (n) => n.listRecords({ ...key, modifiedAfter: '2026-01-01' }),
        answer: page,
        differs: { 'records-checks': true },
    },
    {
        name: 'syncStatus, no variant',
        run: (n) => n.syncStatus('github', [{ name: 'a' }]),
        differs: { 'local-checks': true },
    },
    {
        name: 'pruneRecords',
        run: (n) => n.pruneRecords({ ...key, untilCursor: 'YQ==' }),
        answer: { body: { count: 1, has_more: false } },
    },
    {
        name: 'pruneRecords, all members',
        run: (n) => n.pruneRecords({ ...key, untilCursor: 'YQ==', variant: 'docs', limit: 5 }),
        answer: { body: { count: 1, has_more: false } },
    },
    ...[
        ['github'],
        ['github', []],
        ['github', ['a', { name: 'b', variant: 'c' }]],
        ['github', ['a'], 'c1'],
        ['github', ['a'], 'c1', { reset: true }],
        ['github', ['a'], undefined, { reset: true, emptyCache: true }],
        ['github', ['a'], 'c1', {}],
        ['github', ['a'], 'c1', true],
        ['github', ['a'], 'c1', false],
        ['github', ['a'], 'c1', 'full_refresh_and_clear_cache'],
        ['github', 'a'],
    ].map((args) => ({ name: `triggerSync(${JSON.stringify(args)})`, run: (n: any) => n.triggerSync(...args), answer: done })),
    ...['startSync', 'pauseSync'].flatMap((method) =>
        [
            ['github', []],
            ['github', ['a', { name: 'b', variant: 'c' }]],
            ['github', ['a'], 'c1'],
            ['', ['a']],
            ['github'],
            ['github', 'a'],
        ].map((args) => ({
            name: `${method}(${JSON.stringify(args)})`,
            run: (n: any) => n[method](...args),
            answer: done,
        })),
    ),
    ...[['github', '*'], ['github', ['a', { name: 'b', variant: 'c' }, 'd'], 'c 1'], ['github', 'a'], ['', '*'], ['github']].map(
        (args) => ({
            name: `syncStatus(${JSON.stringify(args)})`,
            run: (n: any) => n.syncStatus(...args),
            answer: { body: { syncs: [] } },
        }),
    ),
    ...[
        ['github', 'a', 'c1', 'every hour'],
        ['github', { name: 'a', variant: 'b' }, 'c1', null],
        ['github', 'a', 'c1', 5],
        ['github', 'a', undefined, null],
        ['', 'a', 'c1', null],
    ].map((args) => ({
        name: `updateSyncConnectionFrequency(${JSON.stringify(args)})`,
        run: (n: any) => n.updateSyncConnectionFrequency(...args),
        answer: { body: { frequency: '1h' } },
    })),
    {
        name: 'createSyncVariant',
        run: (n) => n.createSyncVariant(variant),
        answer: { body: { id: '1', name: 'issues', variant: 'docs' } },
    },
    { name: 'deleteSyncVariant', run: (n) => n.deleteSyncVariant(variant), answer: done },
];
