import { NangoCursorConflictError, NangoLockError, type RecordsKey, type SyncEvent } from '@x/node';
import PgBoss from 'pg-boss';
import { nameOf, noteDeath, noteFailure, noteSuccess } from './failed-batches.js';
import { nango } from './nango.js';
import { cursors, issues, pool } from './postgres.js';
import { waitingQueries } from './waiting-queries.js';

/** Jobs are rows in the schema `pgboss` of the database that has the records and their cursors. */
export const boss = new PgBoss({
    db: { executeSql: waitingQueries(pool) },
    pollingIntervalSeconds: 1,
    maintenanceIntervalSeconds: 30,
});
boss.on('error', (error) => console.error(`The queue reports: ${error.message}`));

/** Makes the queues: call it in every process, before the first webhook. */
export async function startQueue(): Promise<void> {
    // Processes that start together make the tables and queues one after the other: pg-boss fails where two do so at once.
    const client = await pool.connect();
    try {
        await client.query('SELECT pg_advisory_lock(7316553)');
        await makeQueues();
    } finally {
        client.release(true); // ends the connection, and the lock with it
    }
}

async function makeQueues(): Promise<void> {
    await boss.start();
    await boss.createQueue('dead-letters');
    await boss.createQueue('read-records', {
        name: 'read-records',
        policy: 'short', // one job of a key waits at most: webhooks that come while it does are folded into it
        retryLimit: 4,
        retryDelay: 5, // seconds, doubled each time
        retryBackoff: true,
        expireInSeconds: 120, // the job of a process that died is tried again after that
        deadLetter: 'dead-letters',
    });
    await boss.createQueue('reconcile', { name: 'reconcile', policy: 'short' });
    await boss.schedule('reconcile', '7 * * * *'); // every hour, in one of the processes
}

/** Has a key read soon, by any process. A job that has begun is not added to: another one follows it. */
export async function enqueue(key: RecordsKey, inSeconds = 0): Promise<void> {
    // One that waits for its time does not swallow one that is due.
    const singletonKey = inSeconds > 0 ? `${nameOf(key)} later` : nameOf(key);
    await boss.send('read-records', key, { singletonKey, startAfter: inSeconds });
}

/** Give it to your webhook receiver. */
export async function onSync({ providerConfigKey, connectionId, model, syncVariant }: SyncEvent): Promise<void> {
    if (model === 'Issue') await enqueue({ providerConfigKey, connectionId, model, variant: syncVariant });
}

/** Finds what the webhooks that never arrived would have reported. */
async function reconcile(): Promise<void> {
    for await (const { provider_config_key: providerConfigKey, connection_id: connectionId } of nango.iterateConnections({
        integrationId: 'github',
    })) {
        await enqueue({ providerConfigKey, connectionId, model: 'Issue' });
    }
}

/** Reads what is new of a key, at most 50 batches: others want their turn, and a job has 120 s. */
async function readKey(key: RecordsKey): Promise<void> {
    try {
        const { caughtUp } = await nango.consumeRecords(key, { ...issues, lock: { ...cursors.lock, wait: 0 }, maxBatches: 50 });
        await noteSuccess(key);
        if (!caughtUp) await enqueue(key);
    } catch (error) {
        if (error instanceof NangoLockError || error instanceof NangoCursorConflictError) {
            // Another process is reading this key, perhaps past what this job is about: look again soon.
            await enqueue(key, 2);
        } else {
            await noteFailure(key, error);
            throw error; // pg-boss tries again
        }
    }
}

/** Works off jobs, `keysAtOnce` of them in this process. */
export async function startWorkers(keysAtOnce = 5): Promise<void> {
    for (let i = 0; i < keysAtOnce; i++) {
        await boss.work<RecordsKey>('read-records', async ([job]) => {
            if (job) await readKey(job.data);
        });
    }
    await boss.work<RecordsKey>('dead-letters', async ([letter]) => {
        if (letter) await noteDeath(letter.data);
    });
    await boss.work('reconcile', reconcile);
}
