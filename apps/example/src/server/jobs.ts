import { setImmediate, setTimeout } from 'node:timers/promises';
import { NangoBatchError } from '@x/node';
import PgBoss from 'pg-boss';
import type { Logger } from 'pino';
import { type Database, rowsOf, type Tables } from './database/database.js';
import type { IntegrationId } from './integrations.js';

/** Which connection a job is about. */
export interface ConnectionKey {
    readonly integrationId: IntegrationId;
    readonly connectionId: string;
}

/** The jobs there are, with their data. */
export interface JobData {
    'read-records': ConnectionKey;
    'drop-connection': ConnectionKey;
    'start-task': { readonly taskId: string };
    'settle-task': { readonly taskId: string };
    reconcile: object;
}

type JobName = keyof JobData;
export type JobHandlers = { readonly [Name in JobName]: (data: JobData[Name]) => Promise<unknown> };

const again = { retryLimit: 6, retryDelay: 2, retryBackoff: true };

/**
 * `short`: of the jobs with one key only one waits, so many webhooks of a connection are one job. That two of one key do not run at once
 * is the lock's part (`cursors`).
 */
const queues: Record<JobName, Omit<PgBoss.Queue, 'name' | 'deadLetter'>> = {
    'read-records': { policy: 'short', ...again, expireInSeconds: 120 },
    'drop-connection': { policy: 'short', ...again },
    // Never repeated: what it sends must not be sent twice.
    'start-task': { retryLimit: 0, expireInSeconds: 300 },
    'settle-task': { policy: 'short', ...again },
    reconcile: { policy: 'short', ...again },
};
const deadLetters = 'dead-letters';
/** How many jobs of a kind run at once in each process. */
const workers = 3;

/** The queue: pg-boss, in the database that is there anyway. Another engine would change this file and no other. */
export class Jobs {
    readonly #boss: PgBoss;
    readonly #log: Logger;
    /** Jobs that run, and statements of pg-boss, which waits for neither in every case. */
    readonly #underWay = new Set<Promise<unknown>>();
    #isStopped = false;

    constructor(database: Database, log: Logger) {
        this.#log = log;
        this.#boss = new PgBoss({
            db: {
                executeSql: async (text, values) => {
                    // The database is closed, and pg-boss would not catch what that throws.
                    if (this.#isStopped) return { rows: [] };
                    return (await this.#track(database.query(text, values))) as { rows: object[] };
                },
            },
            cronWorkerIntervalSeconds: 5,
            maintenanceIntervalSeconds: 30,
            archiveFailedAfterSeconds: 7 * 24 * 3600,
        });
        this.#boss.on('error', (error) => log.error({ error }, 'the queue failed'));
    }

    /**
     * Makes the queues, and works on them. One process at a time may do this.
     *
     * @param onDead is given the data of each job that has failed for good, or whose process died and that is not repeated
     */
    async start(
        handlers: JobHandlers,
        reconcileCron: string,
        onDead: (data: { readonly taskId?: string }) => Promise<void>,
    ): Promise<void> {
        await this.#boss.start();
        await this.#boss.createQueue(deadLetters);
        for (const name of Object.keys(queues) as JobName[]) {
            const queue = { name, deadLetter: deadLetters, ...queues[name] };
            await this.#boss.createQueue(name, queue);
            await this.#boss.updateQueue(name, queue);
            const handle = handlers[name] as (data: JobData[JobName]) => Promise<unknown>;
            // Several workers, so that a slow connection does not hold the others up.
            for (let i = 0; i < workers; i++) {
                await this.#boss.work<JobData[JobName]>(name, { pollingIntervalSeconds: 0.5 }, ([job]) =>
                    this.#track(this.#run(job, handle)),
                );
            }
        }
        await this.#boss.schedule('reconcile', reconcileCron, {});
        await this.#boss.work<{ taskId?: string }>(deadLetters, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
            for (const { id, data } of jobs) {
                this.#log.error({ job: id, data }, 'a job has failed for good');
                await onDead(data);
            }
        });
    }

    /** Adds a job: with `tx` if and when that is committed, after `delay` seconds at the earliest. */
    async add<Name extends JobName>(
        name: Name,
        data: JobData[Name],
        options: { tx?: Tables; delay?: number } = {},
    ): Promise<void> {
        const { tx, delay } = options;
        await this.#boss.send(name, data, {
            // One that waits for its time does not swallow one that is due.
            singletonKey: [...Object.values(data), ...(delay ? ['later'] : [])].join('\n'),
            ...(delay !== undefined && { startAfter: delay }),
            ...(tx && { db: { executeSql: async (text, values) => ({ rows: await rowsOf(tx, text, values) }) } }),
        });
    }

    /** Waits for the jobs that run, 10 s at most; those that wait stay in the database. */
    async stop(): Promise<void> {
        await this.#boss.stop({ graceful: true, wait: true, timeout: 10_000, close: false });
        // A job that was fetched just then, and the note that one is done.
        const given = new AbortController();
        await Promise.race([this.#rest(), setTimeout(3_000, undefined, { signal: given.signal })]);
        given.abort();
        this.#isStopped = true;
    }

    async #rest(): Promise<void> {
        while (this.#underWay.size > 0) {
            await Promise.allSettled(this.#underWay);
            await setImmediate();
        }
    }

    #track<T>(work: Promise<T>): Promise<T> {
        this.#underWay.add(work);
        const ended = () => void this.#underWay.delete(work);
        work.then(ended, ended);
        return work;
    }

    async #run(job: PgBoss.Job<JobData[JobName]> | undefined, handle: (data: JobData[JobName]) => Promise<unknown>) {
        if (!job) return;
        const { id, name, data } = job;
        try {
            await handle(data);
            this.#log.debug({ job: id, name, data }, 'job done');
        } catch (error) {
            // Where to go on from by hand, should it fail for good.
            const place = NangoBatchError.isInstance(error) ? { resumeFrom: error.resumeFrom, cursor: error.cursor } : {};
            this.#log.warn({ error, job: id, name, data, ...place }, 'job failed');
            throw error;
        }
    }
}
