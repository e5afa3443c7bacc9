import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';

/** Where the tests' Redis comes from: Debian's `redis-server`, or one that the environment names. */
const binary = process.env.REDIS_SERVER ?? 'redis-server';

/** Whether a Redis can be started here. */
export const redisIsHere = spawnSync(binary, ['--version']).status === 0;

/** A Redis of the tests' own, on a free port, that keeps nothing on disk. */
export class TestRedis {
    #process: ChildProcess | undefined;

    private constructor(readonly port: number) {}

    static async start(): Promise<TestRedis> {
        const free = createServer();
        await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
        const { port } = free.address() as AddressInfo;
        await new Promise((resolve) => free.close(resolve));
        const redis = new TestRedis(port);
        await redis.run();
        return redis;
    }

    get url(): string {
        return `redis://127.0.0.1:${this.port}`;
    }

    /** Starts it (again); what it held before is gone. */
    async run(): Promise<void> {
        const started = spawn(binary, ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']);
        this.#process = started;
        await new Promise<void>((resolve, reject) => {
            started.stdout.on('data', (data: Buffer) => {
                if (data.includes('Ready to accept connections')) resolve();
            });
            started.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
        });
    }

    /** Stands still: connections stay, answers don't come. */
    freeze(): void {
        this.#process?.kill('SIGSTOP');
    }

    thaw(): void {
        this.#process?.kill('SIGCONT');
    }

    async stop(): Promise<void> {
        const running = this.#process;
        this.#process = undefined;
        if (!running || running.exitCode !== null) return;
        const ended = new Promise((resolve) => running.once('exit', resolve));
        running.kill('SIGKILL');
        await ended;
    }
}
