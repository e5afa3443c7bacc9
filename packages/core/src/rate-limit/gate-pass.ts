import { platform } from '#platform';
import type { NangoRateLimitError } from '../errors/api-error.js';
import type { HookRunner } from '../hooks/hook-runner.js';
import type { RunningCall } from '../types/call-limits.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { ResponseHeaders } from '../types/transport.js';
import { askStore, type StoreLink } from './ask-store.js';
import { readClock } from './gate-clock.js';
import type { GateState } from './gate-state.js';
import { learn, learnRejection, type SentCall } from './learn.js';
import { awaitsStore, countCall, imposedWait, permits } from './permits.js';
import { rateLimitError } from './rate-limit-error.js';
import type { GateOptions } from './rate-limit-options.js';
import { resetDate } from './rate-window.js';
import { slowStartWait } from './slow-start.js';
import { createStoreLease } from './store-lease.js';
import { waitForTurn } from './wait-for-turn.js';
import { letOut } from './waiting-line.js';

/** A call that meets so many 429s gives up: something else than the rate limit is wrong. */
const mostRejections = 10;

/** What the gate keeps of an account. */
export interface GatedAccount {
    /** A hash: what a store may know of it. */
    readonly key: string;
    readonly gate: GateState;
}

/** One call's way through the gate, for all of its attempts. */
export class GatePass implements SentCall {
    /** Number and time of the attempt under way. */
    number = 0;
    at = 0;
    readonly #gate: GateState;
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
        this.#gate = account.gate;
        this.#options = options;
        this.#call = call;
        this.#control = control;
        this.#hooks = hooks;
        const { store, logger } = options;
        if (store) {
            account.gate.lease ??= createStoreLease();
            this.#link = { store, logger, key: account.key };
        }
    }

    /** Asks to send. `undefined` when the call may go at once, as nearly all may. */
    enter(): Promise<void> | undefined {
        const gate = this.#gate;
        const now = readClock(gate);
        if (this.#ticket === 0) this.#ticket = gate.line.nextTicket++;
        if ((gate.line.waiting.length === 0 && permits(gate, now) > 0) || !this.#options.waits) {
            this.#admit(now);
            return undefined;
        }
        return this.#wait(now);
    }

    /** Learns from an answer; a 429 is left to {@link GatePass.rejected}, which knows whose it is. */
    answered(status: number, headers: ResponseHeaders): void {
        const gate = this.#gate;
        const now = readClock(gate);
        if (status !== 429) learn(gate, this, status, headers, this.#call.operation.proxied === true, now);
        // The other processes wait for what this one has found out.
        if (gate.lease?.limitUnknown && gate.window.kind === 'known' && !gate.window.assumed) this.#ask(now);
        this.settle();
    }

    /**
     * Learns from Nango's own 429.
     *
     * @returns whether the call is to wait; else it gives up, and the error tells how long it would have been
     */
    rejected(error: NangoRateLimitError): boolean {
        this.#rejections += 1;
        const gate = this.#gate;
        const now = readClock(gate);
        const wait = learnRejection(gate, this, error.response.headers, this.#rejections, now);
        if (gate.lease && wait > 0) {
            // The others who share the account are to know at once.
            gate.lease.permits = 0;
            gate.lease.unreportedBlock = gate.blockedUntil;
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
        const { ledger, line } = this.#gate;
        ledger.finished += 1;
        if (line.waiting.length > 0) letOut(line);
    }

    #admit(now: number): void {
        this.number = countCall(this.#gate, now);
        this.at = now;
        this.#underWay = true;
    }

    #ask(now: number): void {
        if (this.#link) askStore(this.#gate, this.#link, now);
    }

    async #wait(now: number): Promise<void> {
        const gate = this.#gate;
        const { maxWait, maxQueue } = this.#options;
        this.#ask(now);
        const imposed = imposedWait(gate, now);
        if (this.#goesAnyway(imposed, now)) return this.#admit(now);
        const full = gate.line.waiting.length >= maxQueue && this.#rejections === 0;
        if (full || imposed > maxWait) throw rateLimitError(this.#call, gate, imposed, full ? 'queue' : 'wait', now);
        let announced = this.#announce(imposed, now);
        await waitForTurn(gate, {
            ticket: this.#ticket,
            control: this.#control,
            wakes: platform.sharesPromises,
            admit: (at) => this.#admit(at),
            ask: (at) => this.#ask(at),
            goesAnyway: (wait, at) => this.#goesAnyway(wait, at),
            refuse: (wait, at) => {
                if (wait > maxWait) return rateLimitError(this.#call, gate, wait, 'wait', at);
                // A store has answered, or a 429 came, that makes it a longer wait than was said.
                if (announced === 0 && wait > 0) announced = this.#announce(wait, at);
                return undefined;
            },
        });
    }

    /** A call that must not wait goes out where the server has not said that it has to. */
    #goesAnyway(imposed: number, now: number): boolean {
        return this.#options.maxWait === 0 && imposed === 0 && !awaitsStore(this.#gate, now);
    }

    /** @returns the wait that was announced, in ms */
    #announce(imposed: number, now: number): number {
        const { window, line, fairShare, ledger } = this.#gate;
        const known = window.kind === 'known' ? window : undefined;
        const ahead = line.waiting.length;
        // Those ahead in the line fill the windows to come.
        const windows = known && imposed > 0 ? Math.floor(ahead / Math.max(1, known.limit * fairShare.own)) : 0;
        const starting = window.kind === 'unknown' ? slowStartWait(window, ledger, ahead, now) : 0;
        const wait = Math.max(starting, imposed + windows * 60_000);
        this.#hooks?.emit('onRateLimit', {
            call: this.#call.info,
            wait,
            reason: this.#rejections > 0 ? 'rejected' : 'paced',
            limit: known?.limit,
            remaining: known?.remaining,
            resetAt: resetDate(window),
            waiting: line.waiting.length + 1,
        });
        return imposed;
    }
}
