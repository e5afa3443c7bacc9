import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { NangoRateLimitError } from '../../src/errors/api-error.js';
import { HookRunner } from '../../src/hooks/hook-runner.js';
import { newAccountState } from '../../src/pipeline/account-state.js';
import { CallControl } from '../../src/pipeline/call-control.js';
import { GatePass } from '../../src/rate-limit/gate-pass.js';
import type { GateOptions } from '../../src/rate-limit/rate-limit-options.js';
import { type RateLimitStatus, rateLimitStatus } from '../../src/rate-limit/rate-limit-status.js';
import type { RateLimitEvent } from '../../src/types/hooks.js';
import type { PreparedCall } from '../../src/types/prepared-call.js';

/** When the clock of {@link useGateClock} begins, in ms. */
export const gateStart = 1_800_000_000_000;

const options: GateOptions = {
    waits: true,
    maxWait: 65_000,
    maxQueue: Number.POSITIVE_INFINITY,
    store: undefined,
    logger: undefined,
};

/** One call at a gate: what a test passes, and what became of it. */
export class BenchCall {
    sent = false;
    error: unknown;
    readonly control = new CallControl({ signal: undefined, totalTimeout: undefined, timedOut: () => new Error('time') });
    readonly pass: GatePass;

    constructor(bench: GateBench, more: Partial<GateOptions>, proxied: boolean) {
        const info = { operation: 'getConnection', method: 'GET', path: '/connections/{connectionId}', origin: '' };
        const call = { info, operation: proxied ? { proxied } : {} } as unknown as PreparedCall;
        const hooks = new HookRunner([{ onRateLimit: (event) => void bench.events.push(event) }], undefined);
        this.pass = new GatePass(bench.account, { ...options, ...bench.options, ...more }, call, this.control, hooks);
        this.enter();
    }

    /** Asks to be sent; again after a 429. */
    enter(): void {
        this.sent = false;
        const turn = this.pass.enter();
        if (!turn) this.sent = true;
        turn?.then(
            () => {
                this.sent = true;
            },
            (error: unknown) => {
                this.error = error;
            },
        );
    }

    answer(status: number, headers: Record<string, unknown> = {}): void {
        this.pass.answered(status, headers);
    }

    /** Its answer is Nango's 429. @returns whether it is to wait */
    reject(headers: Record<string, unknown> = {}): { waits: boolean; retryAfter: number | undefined } {
        this.answer(429, headers);
        const error = { response: { headers }, retryAfter: undefined as number | undefined };
        const waits = this.pass.rejected(error as unknown as NangoRateLimitError);
        return { waits, retryAfter: error.retryAfter };
    }
}

/** A gate whose calls travel as the test says. Wants a fake clock. */
export class GateBench {
    readonly account = newAccountState('hash-of-account');
    readonly events: RateLimitEvent[] = [];

    constructor(readonly options: Partial<GateOptions> = {}) {}

    begin(more: Partial<GateOptions> = {}, proxied = false): BenchCall {
        return new BenchCall(this, more, proxied);
    }

    beginMany(count: number, more: Partial<GateOptions> = {}): BenchCall[] {
        return Array.from({ length: count }, () => this.begin(more));
    }

    get status(): RateLimitStatus {
        return rateLimitStatus(this.account.gate);
    }
}

/** Rate-limit headers of an answer that is made now. */
export function limits(limit: number, remaining: number, resetIn: number, more: object = {}): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1_000);
    return {
        date: new Date(now * 1_000).toUTCString(),
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': String(now + resetIn),
        ...more,
    };
}

/** How many of the calls have been sent. */
export const sentOf = (calls: readonly BenchCall[]): number => calls.filter(({ sent }) => sent).length;

/** For the tests of a file: a clock that only they turn, and no timer left behind. */
export function useGateClock(): (ms: number) => Promise<unknown> {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: gateStart }));
    afterEach(() => {
        expect(vi.getTimerCount()).toBe(0);
        vi.useRealTimers();
    });
    return (ms) => vi.advanceTimersByTimeAsync(ms);
}

/** Cuts those that still wait. */
export function cut(calls: readonly BenchCall[]): void {
    for (const { control } of calls) control.cancel(new Error('over'));
}
