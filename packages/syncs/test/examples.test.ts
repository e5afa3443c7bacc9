import { startEmulator } from '@x/emulator';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { database } from './examples/app.js';

/** The examples of the documentation do what it says, against the emulator. */

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
            connections: ['octo', 'cat'].map((connection_id) => ({
                provider_config_key: 'github',
                connection_id,
                credentials: { type: 'NONE' },
            })),
        },
    });
    emulator.defineSync('github', 'issues', { model: 'Issue', autoStart: false, run: () => [{ id: '1', title: 'one' }] });
    // The examples make their client when they are imported.
    vi.stubEnv('NANGO_API_KEY', 'e0e0e0e0-0000-4000-8000-000000000001');
    vi.stubEnv('NANGO_HOST', emulator.url);
});
afterAll(() => emulator.close());
beforeEach(async () => {
    await emulator.control.reset();
    database.cursors.clear();
    database.issues.clear();
    database.broken.length = 0;
});

const key = { providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' };
const idsOf = (connectionId: string) =>
    [...database.issues.keys()].filter((name) => name.includes(`/${connectionId}/`)).map((name) => name.split('/').at(-1));
async function save(ids: number[], more: object = {}, connection_id = 'octo') {
    const list = ids.map((id) => ({ id: String(id), title: `title ${id}` }));
    await emulator.control.records({ provider_config_key: 'github', connection_id, model: 'Issue', save: list, ...more });
    await emulator.control.advance(10);
}

test('a table is kept like the records', async () => {
    const { readNewIssues } = await import('./examples/mirror.js');
    await save([1, 2, 3]);
    expect(await readNewIssues(key)).toBe(true);
    await save([4], { delete: ['2'] });
    await readNewIssues(key);
    expect([...database.issues]).toEqual([
        ['github/octo/Issue//1', 'title 1'],
        ['github/octo/Issue//3', 'title 3'],
        ['github/octo/Issue//4', 'title 4'],
    ]);
});

test.each([
    ['read for each connection', async () => (await import('./examples/mirror.js')).readNewIssues],
    ['got past whatever happens', async () => (await import('./examples/recover.js')).readWhateverHappens],
    [
        'read for a webhook',
        async () => {
            const { onSync } = await import('./examples/on-sync.js');
            return (of: typeof key) =>
                onSync({ type: 'sync', from: 'nango', ...of, syncName: 'issues', syncVariant: 'base', success: true } as never);
        },
    ],
    ['reconciled', async () => (await import('./examples/reconcile.js')).reconcile],
])('two tenants whose records share ids keep their own rows: %s', async (_what, load) => {
    const read = (await load()) as (of: typeof key) => Promise<unknown>;
    const both = async () => {
        for (const connectionId of ['octo', 'cat']) await read({ ...key, connectionId });
    };
    await save([1, 2]);
    await save([1, 2, 3], {}, 'cat');
    await both();
    expect([idsOf('octo'), idsOf('cat')]).toEqual([
        ['1', '2'],
        ['1', '2', '3'],
    ]);
    await save([], { delete: ['1'] }, 'cat');
    await both();
    expect([idsOf('octo'), idsOf('cat')]).toEqual([
        ['1', '2'],
        ['2', '3'],
    ]);
});

test('a webhook is read up to now, and lost ones are found', async () => {
    const { onSync } = await import('./examples/on-sync.js');
    const { reconcile } = await import('./examples/reconcile.js');
    await save([1]);
    const event = { type: 'sync', from: 'nango', ...key, syncName: 'issues', syncVariant: 'base', success: true };
    await onSync(event as never);
    expect(database.issues.size).toBe(1);
    await save([2]);
    await save([3], {}, 'cat');
    await reconcile();
    expect(idsOf('octo')).toEqual(['1', '2']);
    expect(idsOf('cat')).toEqual(['3']);
    expect(database.cursors.size).toBe(2);
});

test('a connection that can not be read keeps no other from being reconciled', async () => {
    const { reconcile } = await import('./examples/reconcile.js');
    await save([1]);
    await save([1], {}, 'cat');
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(database, 'writeIssue').mockRejectedValueOnce(new Error('too long'));
    await reconcile();
    expect(database.issues.size).toBe(1);
    expect(report).toHaveBeenCalledTimes(1);
});

test('a broken batch and a cursor of another server are got past', async () => {
    const { readWhateverHappens } = await import('./examples/recover.js');
    await save([1]);
    await database.saveCursor(key, 'of another server');
    await readWhateverHappens(key);
    expect(database.issues.size).toBe(1);

    const write = vi.spyOn(database, 'writeIssue').mockRejectedValueOnce(new Error('too long'));
    await save([2]);
    await readWhateverHappens(key);
    expect(database.broken).toMatchObject([{ key, because: new Error('too long') }]);
    write.mockRestore();
    await save([3]);
    await readWhateverHappens(key);
    expect(idsOf('octo')).toEqual(['1', '3']);
});

test('pages are copied, and the copy goes on from its cursor', async () => {
    const { exportPages } = await import('./examples/export-pages.js');
    await save([1, 2]);
    const written: string[] = [];
    const write = async (issues: readonly { id: string }[]) => void written.push(...issues.map(({ id }) => id));
    const cursor = (await exportPages('octo', write)) as string;
    await save([3]);
    await exportPages('octo', write, { cursor });
    expect(written).toEqual(['1', '2', '3']);
    expect(await exportPages('octo', write, { cursor: (await exportPages('octo', write, { cursor })) as string })).toBeDefined();
});

test('what was read is emptied, and no more', async () => {
    const { pruneRead } = await import('./examples/prune.js');
    const { readNewIssues } = await import('./examples/mirror.js');
    expect(await pruneRead(key)).toBe(0);
    await save([1, 2]);
    await readNewIssues(key);
    await save([3]);
    expect(await pruneRead(key)).toBe(2);
});

test('the package works alone', async () => {
    const { titlesAfterSync } = await import('./examples/one-package.js');
    await titlesAfterSync('octo');
    await emulator.control.settle();
    expect(await titlesAfterSync('octo')).toEqual(['one']);
});
