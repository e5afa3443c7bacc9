import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian keeps the binaries, by version. */
const versions = '/usr/lib/postgresql';
const newest = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] : undefined;

/** Whether a PostgreSQL can be started here. */
export const postgresIsHere = newest !== undefined;

/** A PostgreSQL of a test's own, on a free port, that can be restarted. */
export class TestPostgres {
    readonly #folder = mkdtempSync(join(tmpdir(), 'postgres-'));

    private constructor(readonly port: number) {}

    static async start(): Promise<TestPostgres> {
        const free = createServer();
        await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
        const { port } = free.address() as AddressInfo;
        await new Promise((resolve) => free.close(resolve));
        const postgres = new TestPostgres(port);
        postgres.#prepare();
        return postgres;
    }

    get url(): string {
        return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
    }

    /** Ends every session in the middle of what it does, as a crash would, and starts again: what was committed is still there. */
    crash(): void {
        this.#run('pg_ctl', '-D', this.#data, '-m', 'immediate', '-w', '-l', this.#log, 'restart');
    }

    stop(): void {
        this.#run('pg_ctl', '-D', this.#data, '-m', 'immediate', 'stop');
        rmSync(this.#folder, { recursive: true, force: true });
    }

    get #data(): string {
        return join(this.#folder, 'data');
    }

    get #log(): string {
        return join(this.#folder, 'log');
    }

    #prepare(): void {
        // PostgreSQL refuses to run as root.
        if (process.getuid?.() === 0) chownSync(this.#folder, Number(execFileSync('id', ['-u', 'postgres'])), -1);
        this.#run('initdb', '-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync');
        const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -k ${this.#folder}`;
        this.#run('pg_ctl', '-D', this.#data, '-w', '-l', this.#log, '-o', options, 'start');
    }

    #run(command: string, ...args: string[]): void {
        const file = join(versions, newest as string, 'bin', command);
        const [name, given] = process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', file, ...args]] : [file, args];
        execFileSync(name, given, { stdio: ['ignore', 'ignore', 'inherit'], cwd: this.#folder });
    }
}
