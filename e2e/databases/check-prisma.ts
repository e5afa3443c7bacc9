import { deepEqual, equal } from 'node:assert/strict';
import { startEmulator } from '@x/emulator';
import { Nango, NangoBatchError, NangoCursorConflictError, NangoLockError } from '@x/node';
import { cursors, issues, prisma } from './recipes/prisma.js';

/** Runs the recipe for Prisma against the emulator. Ends with an error where it does not do what the page says. */
const key = { providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' };
const emulator = await startEmulator({
    port: 0,
    seed: {
        integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
        connections: [{ provider_config_key: 'github', connection_id: 'octo', credentials: { type: 'NONE' } }],
    },
});
const nango = new Nango({ apiKey: emulator.apiKey, host: emulator.url });
const save = (titles: string[], gone: string[] = []) =>
    emulator.control.records({
        provider_config_key: 'github',
        connection_id: 'octo',
        model: 'Issue',
        save: titles.map((title) => ({ id: title, title })),
        delete: gone,
    });
const titles = async () => (await prisma.issue.findMany({ orderBy: { id: 'asc' } })).map(({ title }) => title);
const rejects = async (run: Promise<unknown>, type: { new (...args: never[]): Error }) => {
    const error = await run.then(
        () => undefined,
        (reason) => reason,
    );
    equal(error instanceof type, true, `expected a ${type.name}, got ${error}`);
};

await prisma.$executeRawUnsafe('CREATE TABLE issues (connection_id TEXT, id TEXT, title TEXT, PRIMARY KEY (connection_id, id))');
await cursors.createTable();

await save(['a', 'b', 'c'], ['b']);
await nango.consumeRecords(key, issues);
deepEqual(await titles(), ['a', 'c']);
await save(['d'], ['a']);
await nango.consumeRecords(key, issues);
deepEqual(await titles(), ['c', 'd']);
const cursor = await cursors.load(key);

// What fails, or has been overtaken, leaves neither row nor cursor.
await save(['e']);
const handle: typeof issues.handle = async (batch, tx) => {
    await issues.handle(batch, tx);
    throw new Error('no');
};
await rejects(nango.consumeRecords(key, { ...issues, handle }), NangoBatchError);
const late: typeof issues.save = (to, of, tx) => issues.save(to, of, tx, { from: 'an earlier one' });
await rejects(nango.consumeRecords(key, { ...issues, save: late }), NangoCursorConflictError);
deepEqual([await titles(), await cursors.load(key)], [['c', 'd'], cursor]);

// A session that the server ends within the transaction ends neither the process nor the next run.
const ended: typeof issues.handle = async (batch, tx) => {
    await issues.handle(batch, tx);
    const sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'";
    await prisma.$queryRawUnsafe(`${sessions} AND datname = current_database()`);
};
await rejects(nango.consumeRecords(key, { ...issues, handle: ended }), NangoBatchError);
deepEqual(await titles(), ['c', 'd']);

await cursors.lock.acquire(key, 'another process', 60_000);
await rejects(nango.consumeRecords(key, { ...issues, lock: { ...cursors.lock, wait: 0 } }), NangoLockError);
await cursors.lock.release(key, 'another process');
await nango.consumeRecords(key, issues);
deepEqual(await titles(), ['c', 'd', 'e']);

await prisma.$disconnect();
await emulator.close();
console.log('all is as the page says');
