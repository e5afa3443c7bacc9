import { cursors, issues, pool, transaction } from '../../examples/postgres.js';
import { boss, startQueue, startWorkers } from '../../examples/queue.js';
import type { Command, Report } from '../../support/crash-workers.js';

/**
 * The worker of docs/queues.md in a process of its own, which says what it is at and stands still on command. Its times are shorter, so
 * that the test does not last as long as leases do in earnest.
 */
const { lease, idle, batchSize } = JSON.parse(process.env.CRASH_WORKER as string) as Record<string, number>;
Object.assign(cursors.lock, { lease });
Object.assign(pool.options, { idle_in_transaction_session_timeout: idle });

let stopAt: string | undefined;
process.on('message', ({ stopAt: stage }: Command) => {
    stopAt = stage;
});
// Who started it is gone.
process.on('disconnect', () => process.exit());

const say = (report: Report) => new Promise<void>((resolve) => process.send?.(report, undefined, undefined, () => resolve()));

/** Says where it is. When asked to, it stands still there, with whatever it holds. */
async function reached(stage: Report['stage'], connectionId: string): Promise<void> {
    const stops = stopAt === stage;
    await say({ stage, connectionId, stops });
    if (!stops) return;
    stopAt = undefined;
    process.kill(process.pid, 'SIGSTOP');
}

const { handle, save } = { ...issues };
Object.assign(issues, {
    batchSize,
    async handle(...[batch, tx]: Parameters<typeof handle>) {
        await reached('handle', batch.key.connectionId);
        await handle(batch, tx);
        await reached('handled', batch.key.connectionId);
    },
    async save(...[cursor, key, tx, options]: Parameters<typeof save>) {
        const written = await save(cursor, key, tx, options);
        await reached('saved', key.connectionId);
        return written;
    },
    async transaction(work: Parameters<typeof transaction>[0]) {
        await transaction(work).catch(async (error: Error & { code?: string }) => {
            await say({ stage: 'failed', because: error.code ?? error.message.slice(0, 60) });
            throw error;
        });
    },
} satisfies Partial<typeof issues>);

async function main(): Promise<void> {
    await startQueue();
    await startWorkers(3);
    boss.on('error', (error) => void say({ stage: 'failed', because: error.message.slice(0, 60) }));
    await say({ stage: 'started' });
}

void main();
