import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { redisStore } from '@x/core/redis';
import { Nango } from '@x/node';
import { sqlCursors } from '@x/syncs/sql';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Config } from './config.js';
import { rowsOf, type Tables } from './database/database.js';
import { openEmbedded } from './database/open-embedded.js';
import { openServer } from './database/open-server.js';
import { saveDemoUsers } from './demo-users.js';
import { isGone } from './failures.js';
import { type JobHandlers, Jobs } from './jobs.js';
import { LiveUpdates } from './live-updates.js';
import type { NangoTypes } from './nango.gen.js';
import { builtPage } from './package-folder.js';
import { readRecords } from './read-records.js';
import { reconcile } from './reconcile.js';
import type { Services } from './services.js';
import { giveUpTask, settleTask, startTask } from './tasks.js';

/** A process that runs. */
export interface Hub {
    readonly url: string;
    readonly services: Services;
    /** Lets what is under way end, and gives everything back. */
    close(): Promise<void>;
}

/** Starts everything that one process has: database, queue, HTTP server. */
export async function startHub(config: Config, log: Logger, page = builtPage): Promise<Hub> {
    const database = await (config.databaseUrl ? openServer(config.databaseUrl, log) : openEmbedded(config.databaseDir));
    const redis = config.redisUrl ? new Redis(config.redisUrl, { maxRetriesPerRequest: 1 }) : undefined;
    redis?.on('error', (error: Error) => log.warn({ error }, 'Redis does not answer: each process keeps the limit by itself'));
    const nango = new Nango<NangoTypes>({
        ...config.nango,
        logger: log,
        ...(redis && { rateLimit: { store: redisStore(redis) } }),
    });
    if (!config.nango.webhookSigningKey) {
        log.warn('NANGO_WEBHOOK_SIGNING_KEY is not set: webhooks are refused, and Nango is looked at every minute instead');
    }
    const cursors = sqlCursors<Tables>({
        dialect: 'postgresql',
        execute: (text, params, tx) => rowsOf(tx ?? database.tables, text, params),
    });

    const jobs = new Jobs(database, log);
    const updates = new LiveUpdates();
    const services: Services = { config, nango, database, cursors, jobs, updates, log };
    await updates.start(database);
    const handlers: JobHandlers = {
        'read-records': (connection) => readRecords(services, connection),
        'start-task': ({ taskId }) => startTask(services, taskId),
        'settle-task': ({ taskId }) => settleTask(services, taskId),
        'drop-connection': ({ integrationId, connectionId }) =>
            nango.deleteConnection(integrationId, connectionId).catch((error: unknown) => {
                if (!isGone(error)) throw error;
            }),
        reconcile: () => reconcile(services),
    };
    // Whoever makes the same table or queue at the same time fails, or makes the other one fail.
    await database.alone(async () => {
        await cursors.createTable();
        if (config.demoSignIn) await saveDemoUsers(database.tables);
        await jobs.start(handlers, config.reconcileCron, async ({ taskId }) => {
            if (taskId !== undefined) await giveUpTask(services, taskId);
        });
    });
    await jobs.add('reconcile', {});

    const stopping = new AbortController();
    let origins: string[] = [];
    const app = createApp(services, { origins: () => origins, stopping: stopping.signal, page });
    const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
        // Longer than load balancers and senders of webhooks keep a connection: with Node's 5 s they send on one that is just being closed.
        const serverOptions = { keepAliveTimeout: 65_000 };
        const { port, host: hostname } = config;
        const listening = serve({ fetch: app.fetch, port, hostname, serverOptions }, () => resolve(listening));
        // The port is taken, for one.
        listening.once('error', reject);
    });
    const { port } = server.address() as AddressInfo;
    const url = config.publicUrl ?? `http://127.0.0.1:${port}`;
    origins = config.publicUrl ? [new URL(url).origin] : [url, `http://localhost:${port}`];
    log.info({ url }, 'listening');

    return {
        url,
        services,
        async close() {
            stopping.abort();
            await new Promise<void>((resolve) => {
                server.close(() => resolve());
                if ('closeIdleConnections' in server) server.closeIdleConnections();
            });
            await jobs.stop();
            redis?.disconnect();
            await database.close();
            log.info('stopped');
        },
    };
}
