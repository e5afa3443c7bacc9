import type { ChildProcess } from 'node:child_process';
import { startEmulator } from '@x/emulator';
import { Client } from 'pg';
import { expect, vi } from 'vitest';
import { CrashWorkers, type Report } from './crash-workers.js';

/** How much is read, and what befalls those who read. */
export interface Plan {
    readonly databaseUrl: string;
    readonly connections: number;
    /** Of each connection, at the start. */
    readonly records: number;
    readonly batchSize: number;
    readonly kills: number;
    readonly stops: number;
    /** How often some records of a connection change, at least, while all this goes on. */
    readonly changes: number;
    /** Called once, half-way. */
    readonly restart?: (() => void) | undefined;
}

const processes = 3;
const stages = ['handle', 'handled', 'saved'] as const;

/** Numbers below 1 that are the same in each run. */
function seeded(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
        return Math.floor(((state >>> 0) / 2 ** 32) * below);
    };
}

/**
 * Lets three processes read from the queue while they are killed, stopped for longer than the lease of their locks, and the records change.
 * Resolves when the table is like the records, to what happened; it rejects when it does not become so.
 */
export async function crashRun({ databaseUrl, connections, records, batchSize, kills, stops, changes, restart }: Plan) {
    const random = seeded(20_261_128);
    const names = Array.from({ length: connections }, (_, i) => `user-${i}`);
    const emulator = await startEmulator({
        port: 0,
        rateLimit: 1_000_000,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
            connections: names.map((connection_id) => ({
                provider_config_key: 'github',
                connection_id,
                credentials: { type: 'NONE' },
            })),
        },
    });
    const env = { NANGO_API_KEY: emulator.apiKey, NANGO_HOST: emulator.url, DATABASE_URL: databaseUrl };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.resetModules();
    const { boss, onSync, startQueue } = await import('../examples/queue.js');
    const { cursors, pool } = await import('../examples/postgres.js');
    const { failedBatches } = await import('../examples/failed-batches.js');
    await pool.query(tables);
    await pool.query(failedBatches);
    await cursors.createTable();
    await startQueue();

    /** What the table must be in the end: the version of each record that is left. */
    const truth = new Map(names.map((name) => [name, new Map<string, number>()]));
    /** Versions go on where a record comes back after its deletion: a reader may see both as one change. */
    const last = new Map<string, number>();
    const webhook = (connectionId: string) =>
        onSync({ type: 'sync', providerConfigKey: 'github', connectionId, model: 'Issue', syncVariant: 'base' } as never);
    async function change(name: string, ids: readonly string[], gone: readonly string[] = []): Promise<void> {
        const versions = truth.get(name) as Map<string, number>;
        for (const id of ids) {
            const version = (last.get(`${name}/${id}`) ?? 0) + 1;
            last.set(`${name}/${id}`, version);
            versions.set(id, version);
        }
        for (const id of gone) versions.delete(id);
        const save = ids.filter((id) => versions.has(id)).map((id) => ({ id, title: String(versions.get(id)) }));
        await emulator.control.records({
            provider_config_key: 'github',
            connection_id: name,
            model: 'Issue',
            save,
            delete: [...gone],
        });
        await webhook(name);
    }

    const count = { batches: 0, killed: 0, stopped: 0, changed: 0, restarted: 0, failed: {} as Record<string, number> };
    /** The one that stands still, at whose records. */
    let still: { worker: ChildProcess; connectionId: string } | undefined;
    let stopOrdered: ChildProcess | undefined;
    let untilNext = 1;
    const under: Promise<void>[] = [];

    function hear({ stage, connectionId = '', stops: standsStill, because }: Report, worker: ChildProcess): void {
        if (because) count.failed[because] = (count.failed[because] ?? 0) + 1;
        if (standsStill) {
            still = { worker, connectionId };
            stopOrdered = undefined;
            // Somebody has to find its key.
            under.push(webhook(connectionId));
        }
        // Another process has its key: its lease is over.
        if (still && still.worker !== worker && still.connectionId === connectionId && stage === 'handle') {
            process.kill(still.worker.pid as number, 'SIGCONT');
            still = undefined;
            count.stopped++;
        }
        if (stage !== 'handle' && stage !== 'handled' && stage !== 'saved') return;
        if (stage === 'saved') count.batches++;
        if (worker.killed || --untilNext > 0) return;
        untilNext = 1 + random(6);
        disturb(worker);
    }

    function end(worker: ChildProcess): void {
        if (stopOrdered === worker) stopOrdered = undefined;
        if (still?.worker === worker) still = undefined;
    }

    function disturb(worker: ChildProcess): void {
        // As long as anything befalls them, and as often as was asked at least.
        if (count.changed < changes || count.killed < kills || count.stopped < stops) {
            count.changed++;
            const name = names[random(connections)] as string;
            const known = [...(truth.get(name) as Map<string, number>).keys()];
            const some = Array.from({ length: batchSize }, () => known[random(known.length)] as string);
            const fresh = `${name}-new-${count.changed}`;
            under.push(change(name, [...new Set([...some, fresh])], [known[random(known.length)] as string]));
        }
        if (restart && count.restarted === 0 && count.killed >= kills / 2) {
            count.restarted++;
            restart();
        } else if (count.stopped < stops && !still && !stopOrdered && random(4) === 0) {
            stopOrdered = worker;
            // Where it can't be heard any more, its end is.
            worker.send({ stopAt: stages[random(stages.length)] }, () => {});
        } else if (count.killed < kills && worker !== still?.worker && random(2) === 0) {
            count.killed++;
            worker.kill('SIGKILL');
        }
    }

    await Promise.all(
        names.map((name) =>
            change(
                name,
                Array.from({ length: records }, (_, i) => `${name}-${i}`),
            ),
        ),
    );
    const times = JSON.stringify({ lease: 1_000, idle: 5_000, batchSize });
    const workers = await CrashWorkers.start(processes, { ...env, CRASH_WORKER: times }, { report: hear, end });
    const begun = Date.now();
    // Of connections of its own, which the restart of the database does not break.
    const look = async (sql: string) => {
        const client = new Client({ connectionString: databaseUrl });
        try {
            await client.connect();
            return (await client.query(sql)).rows;
        } finally {
            await client.end();
        }
    };
    try {
        // Where all is read before all has happened, there is more to read.
        const hasHappened = async () => {
            await change(names[random(connections)] as string, ['one-more']);
            const { killed, stopped, restarted } = count;
            return { killed, stopped, restarted, enough: count.changed >= changes };
        };
        const all = { killed: kills, stopped: stops, restarted: restart ? 1 : 0, enough: true };
        await expect.poll(hasHappened, { timeout: 900_000, interval: 500 }).toEqual(all);
        await Promise.all(under);
        for (const name of names) await webhook(name);
        const sums = () => look('SELECT connection_id AS name, count(*)::int, sum(title::int)::int FROM issues GROUP BY 1');
        const expected = names.map((name) => {
            const versions = [...(truth.get(name) as Map<string, number>).values()];
            return { name, count: versions.length, sum: versions.reduce((sum, version) => sum + version, 0) };
        });
        await expect
            .poll(async () => new Map((await sums()).map((row) => [row.name, row])), { timeout: 300_000, interval: 500 })
            .toEqual(new Map(expected.map((row) => [row.name, row])));

        const kept = new Map(names.map((name) => [name, new Map<string, number>()]));
        for (const { connection_id, id, title } of await look('SELECT connection_id, id, title FROM issues'))
            kept.get(connection_id)?.set(id, Number(title));
        const [written] = await look('SELECT count(*)::int FROM history');
        const twice = await look('SELECT name, id, version FROM history GROUP BY 1, 2, 3, deleted HAVING count(*) > 1');
        const older = await look(`SELECT * FROM (SELECT name, id, version, deleted,
            lag(version) OVER (PARTITION BY name, id ORDER BY n) AS before FROM history) AS h
            WHERE before > version OR before = version AND NOT deleted`);
        const { endedByThemselves } = workers;
        const seconds = Math.round((Date.now() - begun) / 1_000);
        return {
            kept,
            truth,
            twice,
            older,
            endedByThemselves,
            report: { ...count, written: written?.count, seconds, endedByThemselves },
        };
    } finally {
        await workers.stop();
        await boss.stop({ graceful: false }).catch(() => undefined);
        await pool.end();
        await emulator.close();
        vi.unstubAllEnvs();
    }
}

/** `history` has each write that was committed, in the order in which they were made to a row. The title of a record is its version. */
const tables = `
CREATE TABLE issues (connection_id TEXT, id TEXT, title TEXT, PRIMARY KEY (connection_id, id));
CREATE TABLE history (n BIGSERIAL, name TEXT, id TEXT, version INT, deleted BOOLEAN);
CREATE FUNCTION write_down() RETURNS trigger AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN INSERT INTO history (name, id, version, deleted) VALUES (OLD.connection_id, OLD.id, OLD.title::int, true);
    ELSE INSERT INTO history (name, id, version, deleted) VALUES (NEW.connection_id, NEW.id, NEW.title::int, false);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER write_down AFTER INSERT OR UPDATE OR DELETE ON issues FOR EACH ROW EXECUTE FUNCTION write_down();`;
