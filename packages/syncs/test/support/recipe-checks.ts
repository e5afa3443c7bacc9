import { startEmulator } from '@x/emulator';
import type { TransactionalConsumer } from '@x/node';
import type { SqlCursors } from '@x/syncs/sql';
import { expect, test, vi } from 'vitest';
import type { Issue } from '../examples/app.js';

/** What a recipe for a database offers. */
export interface Recipe {
    readonly cursors: SqlCursors;
    readonly issues: TransactionalConsumer<Issue>;
}

export interface Opened extends Recipe {
    /** The titles that are stored, by a way of its own. */
    titles(): Promise<string[]>;
}

const key = { providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' };

/** Has an emulator, and the client of the examples talk to it. */
export async function startRecords() {
    const emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
            connections: [{ provider_config_key: 'github', connection_id: 'octo', credentials: { type: 'NONE' } }],
        },
    });
    vi.stubEnv('NANGO_API_KEY', emulator.apiKey);
    vi.stubEnv('NANGO_HOST', emulator.url);
    return emulator;
}

/** What holds for each recipe. The database has an empty table `issues`. */
export function checkRecipe(opened: () => Opened, emulator: () => Awaited<ReturnType<typeof startEmulator>>): void {
    const save = (titles: string[], gone: string[] = []) =>
        emulator().control.records({
            provider_config_key: 'github',
            connection_id: 'octo',
            model: 'Issue',
            save: titles.map((title) => ({ id: title, title })),
            delete: gone,
        });
    const read = async (more: Partial<TransactionalConsumer<Issue>> = {}) => {
        const { nango } = await import('../examples/nango.js');
        return nango.consumeRecords<Issue>(key, { ...opened().issues, ...more } as TransactionalConsumer<Issue>);
    };

    test('rows and cursor are written, and a run goes on where the last one ended', async () => {
        await opened().cursors.createTable();
        await opened().cursors.createTable();
        await save(['a', 'b', 'c'], ['b']);
        expect(await read()).toMatchObject({ records: 3, caughtUp: true });
        expect(await opened().titles()).toEqual(['a', 'c']);
        await save(['d'], ['a']);
        expect(await read()).toMatchObject({ records: 2 });
        expect(await opened().titles()).toEqual(['c', 'd']);
        expect(await read()).toMatchObject({ records: 0 });
    });

    test('a batch that fails leaves neither row nor cursor', async () => {
        const { cursors, issues } = opened();
        const cursor = await cursors.load(key);
        await save(['e']);
        const handle: typeof issues.handle = async (batch, tx) => {
            await issues.handle(batch, tx);
            throw new Error('no');
        };
        await expect(read({ handle })).rejects.toMatchObject({ name: 'NangoBatchError', stage: 'handle' });
        expect([await opened().titles(), await cursors.load(key)]).toEqual([['c', 'd'], cursor]);
        await read();
        expect(await opened().titles()).toEqual(['c', 'd', 'e']);
    });

    test('a run that another has overtaken leaves neither row nor cursor', async () => {
        const { cursors, issues } = opened();
        const cursor = await cursors.load(key);
        await save(['f']);
        // What is stored is no longer what this one began with.
        const late: typeof issues.save = (to, of, tx) => issues.save(to, of, tx, { from: 'an earlier one' });
        await expect(read({ save: late })).rejects.toMatchObject({ name: 'NangoCursorConflictError' });
        expect([await opened().titles(), await cursors.load(key)]).toEqual([['c', 'd', 'e'], cursor]);
        await read();
        expect(await opened().titles()).toEqual(['c', 'd', 'e', 'f']);
    });

    test('a key has one reader at a time', async () => {
        const { cursors } = opened();
        expect(await cursors.lock.acquire(key, 'another process', 60_000)).toBe(true);
        await expect(read({ lock: { ...cursors.lock, wait: 0 } })).rejects.toMatchObject({ name: 'NangoLockError' });
        await cursors.lock.release(key, 'another process');
        expect(await read()).toMatchObject({ records: 0 });
    });
}
