import { platform } from '#platform';
import type { NangoRateLimitError } from '../errors/api-error.js';
import type { HookRunner } from '../hooks/hook-runner.js';
import type { RunningCall } from '../types/call-limits.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { ResponseHeaders } from '../types/transport.js';
import { askStore, type StoreLink } from './ask-store.js';
import { createLeaseState, type GateState } from './gate-state.js';
import { learn, learnRejection } from './learn.js';
import { rateLimitError } from './rate-limit-error.js';
import type { GateOptions } from './rate-limit-options.js';
import { letOut, waitForTurn } from './wait-for-turn.js';
import { admit, imposedWait, permits, readClock } from './window.js';

/** A call that meets so many 429s gives up: something else than the rate limit is wrong. */
const mostRejections = 10;

/** What the gate keeps of an account. */
export interface GatedAccount {
    /** A hash: what a store may know of it. */
    readonly key: string;
    readonly gate: GateState;
}

/** One call's way through the gate, for all of its attempts. */
export class GatePass {
    /** Number and time of the attempt under way. */
    number = 0;
    at = 0;
    readonly #state: GateState;
    readonly #options: GateOptions;
    readonly #call: PreparedCall;
    readonly #control: RunningCall;
    readonly #hooks: HookRunner | undefined;
    readonly #link: StoreLink | undefined;
    #ticket = 0;
    #rejections = 0;
    #underWay = false;

    constructor(
        account: GatedAccount,
        options: GateOptions,
        call: PreparedCall,
        control: RunningCall,
        hooks: HookRunner | undefined,
    ) {
        this.#state = account.gate;
        this.#options = options;
        this.#call = call;
        this.#control = control;
        this.#hooks = hooks;
        const { store, logger } = options;
        if (store) {
            account.gate.lease ??= createLeaseState();
            this.#link = { store, logger, key: account.key };
        }
    }

    /** Asks to send. `undefined` when the call may go at once, as nearly all may. */
    enter(): Promise<void> | undefined {
        const state = this.#state;
        const now = readClock(state);
        if (this.#ticket === 0) this.#ticket = state.nextTicket++;
        if ((state.queue.length === 0 && permits(state, now) > 0) || !this.#options.waits) {
            this.#admit(now);
            return undefined;
        }
        return this.#wait(now);
    }

    /** Learns from an answer; a 429 is left to {@link GatePass.rejected}, which knows whose it is. */
    answered(status: number, headers: ResponseHeaders): void {
        const now = readClock(this.#state);
        if (status !== 429) learn(this.#state, this, status, headers, this.#call.operation.proxied === true, now);
        // The other processes wait for what this one has found out.
        if (this.#state.lease?.ignorant && this.#state.phase === 'known' && !this.#state.guessed) this.#ask(now);
        this.settle();
    }

    /**
     * Learns from Nango's own 429.
     *
     * @returns whether the call is to wait; else it gives up, and the error tells how long it would have been
     */
    rejected(error: NangoRateLimitError): boolean {
        this.#rejections += 1;
        const now = readClock(this.#state);
        const wait = learnRejection(this.#state, this, error.response.headers, this.#rejections, now);
        if (this.#state.lease && wait > 0) {
            // The others who share the account are to know at once.
            this.#state.lease.permits = 0;
            this.#state.lease.untoldBlock = now + wait;
            this.#ask(now);
        }
        if (this.#options.waits && wait <= this.#options.maxWait && this.#rejections < mostRejections) return true;
        (error as { retryAfter: number | undefined }).retryAfter = Math.ceil(wait / 1_000);
        return false;
    }

    /** The attempt is over, however it went. Safe to call twice. */
    settle(): void {
        if (!this.#underWay) return;
        this.#underWay = false;
        this.#state.finished += 1;
        if (this.#state.queue.length > 0) letOut(this.#state);
    }

    #admit(now: number): void {
        this.number = admit(this.#state, now);
        this.at = now;
        this.#underWay = true;
    }

    #ask(now: number): void {
        if (this.#link) askStore(this.#state, this.#link, now);
    }

    async #wait(now: number): Promise<void> {
        const state = this.#state;
        const { maxWait, maxQueue } = this.#options;
        this.#ask(now);
        const imposed = imposedWait(state, now);
        const full = state.queue.length >= maxQueue && this.#rejections === 0;
        if (full || imposed > maxWait) throw rateLimitError(this.#call, state, imposed, full ? 'queue' : 'wait', now);
        this.#announce(imposed);
        await waitForTurn(state, {
            ticket: this.#ticket,
            control: this.#control,
            wakes: platform.sharesPromises,
            admit: (at) => this.#admit(at),
            ask: (at) => this.#ask(at),
            refuse: (wait) => (wait > maxWait ? rateLimitError(this.#call, state, wait, 'wait', Date.now()) : undefined),
        });
    }

    #announce(imposed: number): void {
        if (!this.#hooks) return;
        const { phase, limit, remaining, resetAt, queue, share } = this.#state;
        const known = phase === 'known';
        // Those ahead in the line fill the windows to come.
        const windows = known && imposed > 0 ? Math.floor(queue.length / Math.max(1, limit * share)) : 0;
        this.#hooks.emit('onRateLimit', {
            call: this.#call.info,
            wait: imposed + windows * 60_000,
            reason: this.#rejections > 0 ? 'rejected' : 'paced',
            limit: known ? limit : undefined,
            remaining: known ? remaining : undefined,
            resetAt: known && resetAt !== Number.POSITIVE_INFINITY ? new Date(resetAt) : undefined,
        });
    }
}
