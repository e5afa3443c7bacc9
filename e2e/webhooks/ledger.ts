import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** What a receiver put into its queue. */
export interface Job {
    event: { type: string; connectionId?: string; body?: unknown; [field: string]: unknown };
    /** Of the connection that `confirm` read. */
    tags?: Record<string, string>;
    /** A header of a provider's that came along. */
    provider?: string;
}

/** The queue of a receiver, over HTTP: it reports what was handled, in any runtime, and can be down. */
export class Ledger {
    readonly jobs: Job[] = [];
    /** How many of the next calls fail. */
    failures = 0;
    /** ms that every call takes. */
    delay = 0;
    /** What every call waits for besides. */
    gate: Promise<unknown> = Promise.resolve();
    private readonly server = createServer(async (request, response) => {
        const job = JSON.parse(await text(request)) as Job;
        await wait(this.delay);
        await this.gate;
        const failed = this.failures > 0;
        if (failed) this.failures--;
        else this.jobs.push(job);
        response.writeHead(failed ? 503 : 200).end();
    });

    async open(): Promise<this> {
        await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
        return this;
    }

    /** Lets the process end, though nobody closes it. */
    unref(): this {
        this.server.unref();
        return this;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** The jobs of one connection. */
    of(connectionId: string): Job[] {
        return this.jobs.filter(({ event }) => event.connectionId === connectionId);
    }

    close(): Promise<void> {
        return new Promise((resolve) => {
            this.server.close(() => resolve());
            this.server.closeAllConnections();
        });
    }
}
