import { setTimeout } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, Pool } from 'pg';
import type { Logger } from 'pino';
import { migrationsFolder } from '../package-folder.js';
import type { Database } from './database.js';
import * as schema from './schema.js';

/** Any number, the same in all processes: who holds it prepares the database. */
const startLock = 7_316_552;

/** A PostgreSQL server, shared by as many processes as there are. */
export async function openServer(connectionString: string, log: Logger): Promise<Database> {
    await alone(connectionString, (client) => migrate(drizzle(client), { migrationsFolder }));
    const pool = new Pool({
        connectionString,
        application_name: 'contacts-hub',
        connectionTimeoutMillis: 10_000,
        statement_timeout: 30_000,
        // A process that stands still within a transaction keeps its rows locked: the server ends such a session.
        idle_in_transaction_session_timeout: 10_000,
    });
    pool.on('error', (error) => log.warn({ error }, 'an idle connection to the database has ended'));
    // What happens to a connection that is in use: its query fails and says so.
    pool.on('connect', (client) => client.on('error', () => {}));
    const listener = new Listener(connectionString, log);
    return {
        tables: drizzle(pool, { schema }),
        query: (text, values) => whenItIsThere(() => pool.query(text, values)),
        alone: (work) => alone(connectionString, work),
        listen: (...args) => listener.listen(...args),
        async close() {
            await listener.close();
            await pool.end();
        },
    };
}

/** Waits for a database that is being restarted, for half a minute. Only for what may run twice, as the queue's statements may. */
async function whenItIsThere<T>(query: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
        try {
            return await query();
        } catch (error) {
            const { code, message } = error as { code?: string; message: string };
            // Classes 08 and 57P: connection exceptions, shutting down, starting up.
            const isAway = /^(08|57P0|ECONN|EPIPE)/.test(code ?? '') || message.startsWith('Connection terminated');
            if (!isAway || tries === 60) throw error;
            await setTimeout(500);
        }
    }
}

/** The lock belongs to this connection: should the process die, it is free. */
async function alone(connectionString: string, work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
    client.on('error', () => {});
    await client.connect();
    try {
        await client.query('SELECT pg_advisory_lock($1)', [startLock]);
        await work(client);
    } finally {
        await client.end();
    }
}

/** A connection of its own, which is made again when it ends: a pool gives each query another one. */
class Listener {
    #client: Client | undefined;
    #again: NodeJS.Timeout | undefined;
    #closed = false;

    constructor(
        private readonly connectionString: string,
        private readonly log: Logger,
    ) {}

    async listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): Promise<void> {
        const client = new Client({ connectionString: this.connectionString, connectionTimeoutMillis: 10_000, keepAlive: true });
        const retry = (error?: Error) => {
            if (this.#closed || this.#client !== client) return;
            this.#client = undefined;
            this.log.warn({ error }, 'the connection for notifications has ended');
            client.end().catch(() => {});
            this.#again = globalThis.setTimeout(() => void this.listen(channel, onMessage, onGap).then(onGap, () => {}), 1_000);
        };
        this.#client = client;
        client.on('error', retry);
        client.on('end', retry);
        client.on('notification', ({ payload }) => onMessage(payload ?? ''));
        try {
            await client.connect();
            await client.query(`LISTEN ${channel}`);
        } catch (error) {
            retry(error as Error);
            throw error;
        }
    }

    async close(): Promise<void> {
        this.#closed = true;
        clearTimeout(this.#again);
        await this.#client?.end();
    }
}
