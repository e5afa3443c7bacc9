// Reads a million records of benchmarks/src/server.js in one of three ways, in a process of its own, and prints what it took.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [way, host, total, pageSize] = process.argv.slice(2);
const key = '00000000-0000-4000-8000-000000000000';
const records = Number(total);
const limit = Number(pageSize);
// Its last page is the one that the model's name says.
const config = { providerConfigKey: 'github', connectionId: 'c1', model: `M${records / limit}` };

/** MiB at 10, 50 and 100 % of the way: what is in use after a collection, and what the process takes. */
const marks = {};
const places = new Map([0.1, 0.5, 1].map((share) => [Math.round(records * share), `${share * 100} %`]));
let seen = 0;
function count(more) {
    for (const end = seen + more; seen < end; ) {
        const next = Math.min(end, ...[...places.keys()].filter((place) => place > seen));
        seen = next;
        const mark = places.get(seen);
        if (!mark) continue;
        globalThis.gc();
        const { heapUsed, rss } = process.memoryUsage();
        marks[mark] = { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 };
    }
}

const ways = {
    async iterateRecords() {
        const { Nango } = await import('@x/node');
        const nango = new Nango({ apiKey: key, host });
        let at = 0;
        for await (const record of nango.iterateRecords({ ...config, pageSize: limit })) {
            if (!record.id) throw new Error('a record without an id');
            if (++at === limit) {
                count(at);
                at = 0;
            }
        }
        count(at);
    },
    async consumeRecords() {
        const { Nango } = await import('@x/node');
        const { sqlCursors } = await import('@x/syncs/sql');
        const { default: Database } = await import('libsql');
        const folder = mkdtempSync(join(tmpdir(), 'scale-'));
        const db = new Database(join(folder, 'app.db'));
        db.pragma('journal_mode = WAL');
        db.exec('CREATE TABLE people (connection_id TEXT, id TEXT, name TEXT, email TEXT, PRIMARY KEY (connection_id, id))');
        const execute = (sql, params) => {
            const statement = db.prepare(sql);
            if (statement.reader) return statement.all(...params);
            statement.run(...params);
            return [];
        };
        const cursors = sqlCursors({ dialect: 'sqlite', execute });
        await cursors.createTable();
        const write = db.prepare(
            'INSERT INTO people VALUES (?, ?, ?, ?) ON CONFLICT (connection_id, id) DO UPDATE SET name = excluded.name, email = excluded.email',
        );
        let page = 0;
        const { caughtUp } = await new Nango({ apiKey: key, host }).consumeRecords(config, {
            ...cursors,
            batchSize: limit,
            async transaction(work) {
                db.exec('BEGIN IMMEDIATE');
                try {
                    await work(db);
                    db.exec('COMMIT');
                } catch (error) {
                    if (db.inTransaction) db.exec('ROLLBACK');
                    throw error;
                }
            },
            handle({ key: { connectionId }, records: batch }) {
                // The server's pages are all the same but for their place.
                for (const { id, name, email } of batch) write.run(connectionId, `${page}-${id}`, name, email);
                page++;
                count(batch.length);
            },
        });
        const [{ rows }] = db.prepare('SELECT count(*) AS rows FROM people').all();
        db.close();
        rmSync(folder, { recursive: true });
        if (!caughtUp || rows !== records) throw new Error(`wrote ${rows} rows`);
    },
    async 'the loop over listRecords, @nangohq/node'() {
        const { Nango } = await import('@nangohq/node');
        const nango = new Nango({ apiKey: key, host });
        let cursor;
        do {
            const page = await nango.listRecords({ ...config, limit, cursor });
            for (const record of page.records) if (!record.id) throw new Error('a record without an id');
            count(page.records.length);
            cursor = page.next_cursor;
        } while (cursor);
    },
};

const before = process.cpuUsage();
const started = performance.now();
await ways[way]();
const seconds = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage(before);
const peak = /VmHWM:\s*(\d+)/.exec(process.platform === 'linux' ? readFileSync('/proc/self/status', 'latin1') : '')?.[1];
console.log(JSON.stringify({ seen, seconds, cpu: (user + system) / 1e6, peak: peak && Number(peak) / 1_024, marks }));
