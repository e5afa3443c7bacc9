import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startLimitedServer } from '../support/limited-server.mjs';
import { redisIsHere, TestRedis } from '../support/redis-server.js';

const script = fileURLToPath(new URL('./workers/fleet-worker.mjs', import.meta.url));
const limit = 400;
const window = 5_000;
const processes = 8;
/** 4 % fewer than five whole windows hold, or one permit that goes unused would cost a window more. */
const callsEach = 240;

interface Report {
    readonly ok: number;
    readonly failures: string[];
    readonly questions: number;
    readonly said: string[];
}

interface Run {
    readonly reports: (Report | undefined)[];
    readonly served: number;
    readonly rejected: number;
    readonly spent: number;
}

/** Starts the fleet against one account; `disturb` runs once the second window has begun. */
async function runFleet(redisUrl: string | undefined, disturb?: (workers: ChildProcess[]) => unknown): Promise<Run> {
    const server = await startLimitedServer({ limit, window });
    const workers = Array.from({ length: processes }, (_, worker) =>
        fork(script, {
            env: { ...process.env, FLEET_WORKER: JSON.stringify({ url: server.url, calls: callsEach, redisUrl, worker }) },
        }),
    );
    const message = <T>(worker: ChildProcess, name: string) =>
        new Promise<T | undefined>((resolve) => {
            worker.on('message', (said: Record<string, T>) => name in said && resolve(said[name]));
            // Not 'exit', which may come before what was sent last is read.
            worker.once('disconnect', () => resolve(undefined));
        });
    const done = workers.map((worker) => message<Report>(worker, 'done'));
    await Promise.all(workers.map((worker) => message(worker, 'ready')));
    for (const worker of workers) worker.send('go');
    if (disturb) {
        await eventually(() => expect(server.stats.windows, 'windows so far').toBeGreaterThanOrEqual(2));
        await disturb(workers);
    }
    const reports = await Promise.all(done);
    await server.close();
    const { served, rejected, firstAt, lastAt } = server.stats;
    return { reports, served, rejected, spent: lastAt - firstAt };
}

const rows: string[] = [];
/** What the wait rule makes the least time: a whole window's calls at once, the next when the window has surely turned. */
function record(name: string, { reports, served, rejected, spent }: Run) {
    const least = (Math.ceil(served / limit) - 1) * (window + 1_500);
    const questions = reports.reduce((sum, report) => sum + (report?.questions ?? 0), 0);
    const throughput = least / spent;
    rows.push(
        `| ${name} | ${served} | ${reports.flatMap((report) => report?.failures ?? []).length} | ${(spent / 1_000).toFixed(1)} s | ${(100 * throughput).toFixed(0)} % | ${((100 * rejected) / served).toFixed(1)} % | ${(questions / served).toFixed(3)} |`,
    );
    return { throughput, rejected: rejected / served, questions: questions / served };
}

describe.runIf(process.env.HEAVY)('eight processes, one account, real clock', () => {
    afterAll(() => {
        console.info(
            [
                `${processes} processes x ${callsEach} calls at once, limit ${limit} per ${window / 1_000} s, real clock`,
                '| | calls | failed | took | of the least time | 429s | Redis round trips per call |',
                '|---|---|---|---|---|---|---|',
                ...rows,
            ].join('\n'),
        );
    });
    const allThrough = (run: Run, workers = processes) => {
        const alive = run.reports.filter((report) => report !== undefined);
        expect(alive).toHaveLength(workers);
        for (const report of alive) expect(report).toMatchObject({ ok: callsEach, failures: [] });
    };

    describe.runIf(redisIsHere)('with Redis', () => {
        test('undisturbed', { timeout: 120_000 }, async () => {
            const redis = await TestRedis.start();
            const run = await runFleet(redis.url).finally(() => redis.stop());
            const measured = record('Redis', run);
            allThrough(run);
            expect(measured.throughput).toBeGreaterThanOrEqual(0.95);
            expect(measured.rejected).toBeLessThanOrEqual(0.02);
            expect(measured.questions).toBeLessThanOrEqual(0.05);
        });

        test('one process is killed', { timeout: 120_000 }, async () => {
            const redis = await TestRedis.start();
            const run = await runFleet(redis.url, (workers) => workers[3]?.kill('SIGKILL')).finally(() => redis.stop());
            record('Redis, one process killed', run);
            allThrough(run, processes - 1);
        });

        test('Redis is restarted, empty', { timeout: 120_000 }, async () => {
            const redis = await TestRedis.start();
            const run = await runFleet(redis.url, async () => {
                await redis.stop();
                await new Promise((resolve) => setTimeout(resolve, 1_500));
                await redis.run();
            }).finally(() => redis.stop());
            record('Redis, restarted within', run);
            allThrough(run);
            expect(run.reports.map((report) => report?.said.length)).toEqual(
                run.reports.map((report) => Math.min(1, report?.said.length ?? 0)),
            );
            console.info(run.reports.flatMap((report) => report?.said));
        });
    });

    test('without Redis', { timeout: 300_000 }, async () => {
        const run = await runFleet(undefined);
        record('no Redis', run);
        allThrough(run);
    });
});
