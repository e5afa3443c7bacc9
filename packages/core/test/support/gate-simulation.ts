import type { newAccountState } from '../../src/pipeline/account-state.js';
import { CallControl } from '../../src/pipeline/call-control.js';
import { GatePass } from '../../src/rate-limit/gate-pass.js';
import type { GateOptions } from '../../src/rate-limit/rate-limit-options.js';
import type { PreparedCall } from '../../src/types/prepared-call.js';

const options: GateOptions = {
    waits: true,
    maxWait: 130_000,
    maxQueue: Number.POSITIVE_INFINITY,
    store: undefined,
    logger: undefined,
};

/** Nango's limiter (contract 3): a fixed window that begins with its first call, and headers cut to whole seconds. */
export class SimulatedServer {
    used = 0;
    ownInWindow = 0;
    endsAt = 0;
    rejected = 0;
    constructor(
        readonly limit: number,
        readonly window: number,
        /** How much its clock is ahead of ours, in ms. */
        public skew: number,
    ) {}

    count(own: boolean): { status: number; headers: Record<string, string> } {
        const now = Date.now() + this.skew;
        if (now >= this.endsAt) {
            this.endsAt = now + this.window;
            this.used = 0;
            this.ownInWindow = 0;
        }
        this.used += 1;
        const headers: Record<string, string> = {
            date: new Date(now).toUTCString(),
            'x-ratelimit-limit': String(this.limit),
            'x-ratelimit-remaining': String(Math.max(0, this.limit - this.used)),
            'x-ratelimit-reset': String(Math.floor(this.endsAt / 1_000)),
        };
        if (this.used > this.limit) {
            this.rejected += 1;
            headers['retry-after'] = String(Math.floor((this.endsAt - now) / 1_000));
            return { status: 429, headers };
        }
        if (own) this.ownInWindow += 1;
        return { status: 200, headers };
    }
}

export interface World {
    readonly server: SimulatedServer;
    readonly account: ReturnType<typeof newAccountState>;
    readonly calls: SimulatedCall[];
    readonly sent: number[];
    readonly latency: number;
    /** Whether nobody else uses the account. */
    readonly alone: boolean;
}

export class SimulatedCall {
    state: 'waiting' | 'sent' | 'done' | 'aborted' | 'refused' = 'waiting';
    readonly control = new CallControl({ signal: undefined, totalTimeout: undefined, timedOut: () => new Error('time') });
    readonly pass: GatePass;

    constructor(
        readonly world: World,
        readonly index: number,
        readonly loses: boolean,
    ) {
        const call = { info: { operation: 'op', method: 'GET', path: '/', origin: '' }, operation: { idempotent: true } };
        this.pass = new GatePass(world.account, options, call as unknown as PreparedCall, this.control, undefined);
    }

    async run(): Promise<void> {
        try {
            for (;;) {
                this.state = 'waiting';
                await this.pass.enter();
                if (this.control.cancelled) throw this.control.reason;
                this.state = 'sent';
                this.world.sent.push(this.index);
                // Half of the way there, half back; the way is longer for some.
                const way = this.world.latency * (1 + (this.index % 3));
                await new Promise((resolve) => setTimeout(resolve, way / 2));
                if (this.loses) {
                    this.pass.settle();
                    this.state = 'done';
                    return;
                }
                const { status, headers } = this.world.server.count(true);
                await new Promise((resolve) => setTimeout(resolve, way / 2));
                this.pass.answered(status, headers);
                if (status !== 429) {
                    this.state = 'done';
                    return;
                }
                const error = { response: { headers } } as never;
                if (!this.pass.rejected(error)) {
                    this.state = 'refused';
                    return;
                }
            }
        } catch {
            this.state = 'aborted';
        } finally {
            this.pass.settle();
            this.control.release();
        }
    }
}
