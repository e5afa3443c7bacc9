import { startEmulator } from '@x/emulator';
import { NangoBatchError } from '@x/node';
import PgBoss from 'pg-boss';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ownDatabase } from './own-database.js';

/** The recipe of docs/queues.md does what it says, on a real PostgreSQL. */

const key = (connectionId: string) => ({ providerConfigKey: 'github', connectionId, model: 'Issue' });
const webhook = (connectionId: string) =>
    ({ type: 'sync', from: 'nango', ...key(connectionId), syncName: 'issues', syncVariant: 'base', success: true }) as never;

describe.runIf(process.env.DATABASE_URL)('reading from a queue', () => {
    let emulator: Awaited<ReturnType<typeof startEmulator>>;
    let database: Awaited<ReturnType<typeof ownDatabase>>;
    let queue: typeof import('../examples/queue.js');
    let failed: typeof import('../examples/failed-batches.js');
    let store: typeof import('../examples/postgres.js');
    let handle: ReturnType<typeof vi.fn<typeof store.issues.handle>>;
    let write: typeof store.issues.handle;

    beforeAll(async () => {
        const connections = ['octo', 'cat', 'dog', 'mouse'].map((connection_id) => ({
            provider_config_key: 'github',
            connection_id,
            credentials: { type: 'NONE' as const },
        }));
        const integrations = [{ provider: 'unauthenticated', unique_key: 'github' }];
        [emulator, database] = await Promise.all([
            startEmulator({ port: 0, seed: { integrations, connections } }),
            ownDatabase(),
        ]);
        vi.stubEnv('NANGO_API_KEY', 'e0e0e0e0-0000-4000-8000-000000000001');
        vi.stubEnv('NANGO_HOST', emulator.url);
        vi.stubEnv('DATABASE_URL', database.url);
        queue = await import('../examples/queue.js');
        failed = await import('../examples/failed-batches.js');
        store = await import('../examples/postgres.js');
        write = store.issues.handle;
        await store.pool.query('CREATE TABLE issues (connection_id TEXT, id TEXT, title TEXT, PRIMARY KEY (connection_id, id))');
        await store.pool.query(failed.failedBatches);
        await store.cursors.createTable();
        await queue.startQueue();
    });
    afterAll(async () => {
        await queue.boss.stop({ wait: true });
        await store.pool.end();
        await Promise.all([emulator.close(), database.drop()]);
    });
    beforeEach(() => {
        handle = vi.fn(write);
        store.issues.handle = handle;
    });

    const save = async (connection_id: string, ...titles: string[]) => {
        const list = titles.map((title) => ({ id: title, title }));
        await emulator.control.records({ provider_config_key: 'github', connection_id, model: 'Issue', save: list });
    };
    const titles = async (connectionId: string) =>
        (await store.pool.query('SELECT title FROM issues WHERE connection_id = $1 ORDER BY id', [connectionId])).rows.map(
            ({ title }) => title,
        );
    const jobs = async (connectionId: string) =>
        (
            await store.pool.query(
                `SELECT state FROM pgboss.job WHERE name = 'read-records' AND data->>'connectionId' = $1 ORDER BY created_on`,
                [connectionId],
            )
        ).rows.map(({ state }) => state);
    const sql = (text: string) => store.pool.query(text);
    const letters = async () => (await sql('SELECT * FROM failed_batches')).rows;

    test('many webhooks of a key are folded into one job, and each key has its own', async () => {
        await save('octo', 'a');
        await save('cat', 'c');
        for (let i = 0; i < 20; i++) await Promise.all([queue.onSync(webhook('octo')), queue.onSync(webhook('cat'))]);
        expect([await jobs('octo'), await jobs('cat')]).toEqual([['created'], ['created']]);
        await queue.startWorkers(3);
        await expect.poll(() => Promise.all([titles('octo'), titles('cat')])).toEqual([['a'], ['c']]);
        await expect.poll(() => jobs('octo')).toEqual(['completed']);
        expect(handle).toHaveBeenCalledTimes(2);
    });

    test('what arrives while a key is read is read afterwards, and never beside it', async () => {
        let go = () => {};
        const paused = new Promise<void>((resolve) => (go = resolve));
        let [running, most] = [0, 0];
        handle.mockImplementation(async (batch, tx) => {
            most = Math.max(most, ++running);
            await write(batch, tx);
            await paused;
            running--;
        });
        await save('octo', 'b');
        await queue.onSync(webhook('octo'));
        await expect.poll(() => handle.mock.calls.length).toBe(1);
        await save('octo', 'c');
        for (let i = 0; i < 5; i++) await queue.onSync(webhook('octo'));
        // A worker takes that job, finds the key locked and puts it back.
        await expect.poll(async () => (await jobs('octo')).length).toBeGreaterThan(3);
        // Other keys are read meanwhile.
        await save('cat', 'd');
        handle.mockImplementationOnce(write);
        await queue.onSync(webhook('cat'));
        await expect.poll(() => titles('cat')).toEqual(['c', 'd']);
        go();
        await expect.poll(() => titles('octo')).toEqual(['a', 'b', 'c']);
        expect(most).toBe(1);
        await expect.poll(() => jobs('octo').then((states) => new Set(states))).toEqual(new Set(['completed']));
    });

    test('a job that is put off does not swallow one that is due', async () => {
        await save('cat', 'e');
        await queue.enqueue(key('cat'), 3_600);
        await queue.enqueue(key('cat'));
        await expect.poll(() => titles('cat')).toEqual(['c', 'd', 'e']);
        await sql(`DELETE FROM pgboss.job WHERE name = 'read-records' AND start_after > now() + interval '1 minute'`);
    });

    test('a job whose process died is tried again, and holds up no webhook', async () => {
        // Another process takes the job and the key, and dies.
        const dead = new PgBoss({ db: queue.boss.getDb(), supervise: false, schedule: false });
        await dead.start();
        await save('dog', 'a');
        const taken = await takeJob(dead);
        expect(await jobs('dog')).toEqual(['active']);
        await queue.onSync(webhook('dog'));
        await expect.poll(() => titles('dog')).toEqual(['a']);

        await save('dog', 'b');
        await sql(`UPDATE pgboss.job SET started_on = now() - interval '2 minutes' WHERE id = '${taken}'`);
        await queue.boss.expire();
        await sql(`UPDATE pgboss.job SET start_after = now() WHERE id = '${taken}'`);
        await expect.poll(() => titles('dog')).toEqual(['a', 'b']);
        await dead.stop({ graceful: false });

        async function takeJob(boss: PgBoss): Promise<string> {
            for (;;) {
                await queue.onSync(webhook('dog'));
                const [job] = await boss.fetch('read-records');
                if (job) return job.id;
            }
        }
    });

    test('a batch that can not be written becomes a dead letter that says where it is, and can be left out', async () => {
        await save('mouse', 'a');
        await queue.onSync(webhook('mouse'));
        await expect.poll(() => titles('mouse')).toEqual(['a']);
        const from = await store.cursors.load(key('mouse'));

        handle.mockClear();
        handle.mockImplementation(async (batch, tx) => {
            if (batch.added.some(({ title }) => title === 'poison')) throw new Error('value too long');
            await write(batch, tx);
        });
        await save('mouse', 'poison');
        await queue.onSync(webhook('mouse'));
        await expect
            .poll(letters)
            .toMatchObject([{ key: key('mouse'), resume_from: from, cursor: expect.any(String), given_up_at: null }]);
        await expect
            .poll(async () => {
                await sql(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`);
                return letters();
            })
            .toMatchObject([{ reason: expect.stringContaining('value too long'), given_up_at: expect.any(Date) }]);
        expect(handle).toHaveBeenCalledTimes(5);

        // Nothing after it was read; left out, the rest comes.
        await save('mouse', 'z');
        const [{ cursor }] = await letters();
        expect(cursor).not.toBe(from);
        await failed.skipBatch(key('mouse'));
        await queue.enqueue(key('mouse'));
        await expect.poll(() => titles('mouse')).toEqual(['a', 'z']);
        await expect.poll(letters).toEqual([]);
    });

    test('what passes by itself leaves no letter, and one that is left out too late changes nothing', async () => {
        handle.mockImplementationOnce(async () => {
            throw new Error('deadlock');
        });
        await save('mouse', 'zz');
        await queue.onSync(webhook('mouse'));
        await expect.poll(letters).toMatchObject([{ reason: expect.stringContaining('deadlock') }]);
        await sql(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`);
        await expect.poll(() => titles('mouse')).toEqual(['a', 'z', 'zz']);
        await expect.poll(letters).toEqual([]);
        const cursor = await store.cursors.load(key('mouse'));
        await failed.noteFailure(key('mouse'), new NangoBatchError('of another time', { resumeFrom: 'long ago', cursor: 'old' }));
        await failed.skipBatch(key('mouse'));
        expect(await store.cursors.load(key('mouse'))).toBe(cursor);
        await failed.noteSuccess(key('mouse'));
    });

    test('the dead letter of a job whose process died each time says where that was', async () => {
        const from = await store.cursors.load(key('mouse'));
        const [{ id }] = (
            await sql(`INSERT INTO pgboss.job (name, data, state, started_on, expire_in, retry_count, retry_limit, dead_letter) VALUES (
                'read-records', '${JSON.stringify(key('mouse'))}', 'active', now() - interval '2 minutes', interval '1 minute', 4, 4, 'dead-letters'
            ) RETURNING id`)
        ).rows;
        await queue.boss.expire();
        await expect
            .poll(letters)
            .toMatchObject([{ key: key('mouse'), reason: expect.stringContaining('died'), resume_from: from, cursor: null }]);
        expect(await queue.boss.getJobById('read-records', id)).toMatchObject({ state: 'failed' });
        await queue.enqueue(key('mouse'));
        await expect.poll(letters).toEqual([]);
    });

    test('every hour all keys are read, once for all processes', async () => {
        expect(await queue.boss.getSchedules()).toMatchObject([{ name: 'reconcile', cron: '7 * * * *' }]);
        await save('octo', 'lost');
        await save('dog', 'lost');
        // Two more processes look at the clock. This minute is made the one.
        await queue.boss.schedule('reconcile', '* * * * *');
        await sql('UPDATE pgboss.version SET cron_on = NULL');
        const clocks = [1, 2].map(() => new PgBoss({ db: queue.boss.getDb(), supervise: false, cronMonitorIntervalSeconds: 1 }));
        for (const clock of clocks) await clock.start();
        await expect.poll(() => titles('octo')).toContain('lost');
        await expect.poll(() => titles('dog')).toContain('lost');
        // One in each minute that has begun meanwhile.
        const { rows } = await sql(`SELECT count(*) FILTER (WHERE name = 'reconcile')::int AS jobs,
            count(DISTINCT singleton_on) FILTER (WHERE name = '__pgboss__send-it')::int AS minutes FROM pgboss.job`);
        expect(rows[0].jobs).toBeGreaterThan(0);
        expect(rows[0].jobs).toBeLessThanOrEqual(rows[0].minutes);
        for (const clock of clocks) await clock.stop({ graceful: false });
    });
});
