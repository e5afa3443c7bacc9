import { platform } from '#platform';
import type { NangoRateLimitError } from '../errors/api-error.js';
import { NangoNetworkError, NangoTimeoutError } from '../errors/transport-errors.js';
import type { HookRunner } from '../hooks/hook-runner.js';
import { tellOperator } from '../hooks/tell-operator.js';
import type { OriginState } from '../outage/origin-state.js';
import { type OutageNews, OutageWatch } from '../outage/outage-watch.js';
import type { RunningCall } from '../types/call-limits.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { ResponseHeaders } from '../types/transport.js';
import { forgetCall } from './call-ledger.js';
import { readClock } from './gate-clock.js';
import type { GateState } from './gate-state.js';
import { learn, learnRejection, type SentCall } from './learn.js';
import type { StoreLink } from './permit-store.js';
import { awaitsStore, countCall, imposedWait, nextLook, permits } from './permits.js';
import { rateLimitError } from './rate-limit-error.js';
import type { GateOptions } from './rate-limit-options.js';
import { resetDate } from './rate-window.js';
import { slowStartPermits, slowStartWait } from './slow-start.js';
import { createStoreLease } from './store-lease.js';
import { waitForTurn } from './wait-for-turn.js';
import { letOut } from './waiting-line.js';

/** A call that meets so many 429s gives up: something else than the rate limit is wrong. */
const mostRejections = 10;

/** In the first second after an outage calls are let out as at a process's start, in ms. */
const easyStart = 1_000;

/** What the gate keeps of an account, and of its server. */
export interface GatedAccount {
    /** A hash: what a store may know of it. */
    readonly key: string;
    readonly gate: GateState;
    readonly origin: OriginState;
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
    readonly #server: OutageWatch;
    #ticket = 0;
    #rejections = 0;
    #underWay = false;
    #failure: unknown;

    /** @param outage how long the call waits for a server that is down, in ms */
    constructor(
        account: GatedAccount,
        options: GateOptions,
        call: PreparedCall,
        control: RunningCall,
        hooks: HookRunner | undefined,
        outage = 0,
    ) {
        this.#gate = account.gate;
        this.#options = options;
        this.#call = call;
        this.#control = control;
        this.#hooks = hooks;
        this.#server = new OutageWatch(account.origin, options.maxWait === 0 ? 0 : outage, (news) => this.#report(news));
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
        const isFirst = gate.line.waiting.length === 0 || !this.#options.waits || this.#server.passesBy;
        if (isFirst && this.#turns(now) > 0) {
            this.#admit(now);
            return undefined;
        }
        return this.#wait(now);
    }

    /** How many calls of the line may go out now. */
    #turns(now: number): number {
        if (!this.#server.mayGo(now)) return 0;
        const most = this.#options.waits ? permits(this.#gate, now) : Number.POSITIVE_INFINITY;
        // One finds out whether the server is back.
        if (this.#server.waits(now)) return Math.min(1, most);
        const { backAt } = this.#server;
        return now - backAt < easyStart ? Math.min(most, slowStartPermits(backAt, this.#gate.ledger, now)) : most;
    }

    /** Learns from an answer; a 429 is left to {@link GatePass.rejected}, which knows whose it is. */
    answered(status: number, headers: ResponseHeaders): void {
        const gate = this.#gate;
        const now = readClock(gate);
        this.#server.answered(now);
        if (status !== 429) learn(gate, this, status, headers, this.#call.operation.proxied === true, now);
        // The other processes wait for what this one has found out.
        if (gate.lease?.limitUnknown && gate.window.kind === 'known' && !gate.window.assumed) this.#ask(now);
        this.settle();
    }

    /**
     * Learns from Nango's own 429.
     *
     * @returns whether the call waits; else it gives up, and the error says how long it would have been
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
        if (!this.#options.waits) return false;
        if (wait <= this.#options.maxWait && this.#rejections < mostRejections) return true;
        (error as { retryAfter: number | undefined }).retryAfter = Math.ceil(wait / 1_000);
        return false;
    }

    /** No connection could be made: nothing was sent, and nothing is used up. Others are to know before any is let out. */
    unreachable(error: unknown): void {
        if (!this.#underWay) return;
        this.#failure = error;
        const { code = '' } = error as { code?: string };
        this.#underWay = false;
        // A call that ran out of its own time says nothing of the server.
        this.#server.end(error instanceof NangoTimeoutError ? undefined : code, readClock(this.#gate));
        forgetCall(this.#gate.ledger, this.number);
        letOut(this.#gate.line);
    }

    /** Whether a call that could not be sent is to wait, in its old place in the line, until the server is back. */
    get waitsForServer(): boolean {
        return this.#server.waits(Date.now());
    }

    /** Whether a call that could not be sent is to fail soon: nobody can say that the server is there at all. */
    get failsSoon(): boolean {
        return this.#server.failsSoon(Date.now());
    }

    /** ms until somebody finds out whether the server is back. */
    get untilProbe(): number {
        return this.#server.untilChange(Date.now());
    }

    /** The attempt is over, however it went. Safe to call twice. */
    settle(): void {
        if (!this.#underWay) return;
        this.#underWay = false;
        const { ledger, line } = this.#gate;
        this.#server.end(undefined, Date.now());
        ledger.finished += 1;
        if (line.waiting.length > 0) letOut(line);
    }

    #admit(now: number): void {
        this.#server.begin(now);
        this.number = countCall(this.#gate, now);
        this.at = now;
        this.#underWay = true;
    }

    #ask(now: number): void {
        this.#link?.store.ask(this.#gate, this.#link, now);
    }

    async #wait(now: number): Promise<void> {
        const gate = this.#gate;
        const { maxWait, maxQueue } = this.#options;
        this.#ask(now);
        const imposed = this.#imposed(now);
        if (this.#goesAnyway(imposed, now)) return this.#admit(now);
        const full = gate.line.waiting.length >= maxQueue && this.#rejections === 0 && this.#failure === undefined;
        if (full && this.#server.waits(now))
            throw this.#unreachableError('as many calls wait already as `rateLimit.maxQueue` allows', now);
        if (full || imposed > maxWait) throw rateLimitError(this.#call, gate, imposed, full ? 'queue' : 'wait', now);
        let announced = this.#announce(imposed, now);
        await waitForTurn(gate, {
            ticket: this.#ticket,
            control: this.#control,
            wakes: platform.sharesPromises,
            turns: (at) => this.#turns(at),
            imposed: (at) => this.#imposed(at),
            untilChange: (at) => this.#untilChange(at),
            admit: (at) => this.#admit(at),
            ask: (at) => this.#ask(at),
            goesAnyway: (wait, at) => this.#goesAnyway(wait, at),
            refuse: (wait, at) => {
                if (this.#server.hasWaitedInVain(at))
                    return this.#failure ?? this.#unreachableError('raise `retry.outage` to wait longer', at);
                if (wait > maxWait) return rateLimitError(this.#call, gate, wait, 'wait', at);
                // A store has answered, or a 429 came, that makes it a longer wait than was said.
                if (announced === 0 && wait > 0) announced = this.#announce(wait, at);
                return undefined;
            },
        });
    }

    /** How long the server makes this call wait, in ms. */
    #imposed(now: number): number {
        return this.#options.waits ? imposedWait(this.#gate, now) : 0;
    }

    #untilChange(now: number): number {
        if (this.#server.waits(now)) return this.#server.untilChange(now);
        const next = nextLook(this.#gate, now);
        return now - this.#server.backAt < easyStart ? Math.min(next, 125) : next;
    }

    #unreachableError(advice: string, now: number): NangoNetworkError {
        const { operation, method, path, origin } = this.#call.info;
        const { code } = this.#server;
        const seconds = Math.max(1, Math.round(this.#server.downFor(now) / 1_000));
        return new NangoNetworkError(
            `${operation}: ${origin} can't be reached since ${seconds} s${code && ` (${code})`}; nothing was sent; ${advice} [${method} ${path}]`,
            { operation, method, path, code: code || undefined },
            'not-sent',
        );
    }

    #report({ down, code, lasted }: OutageNews): void {
        const { origin } = this.#call.info;
        const message = down
            ? `nango: ${origin} can't be reached${code && ` (${code})`}; calls wait until it is back`
            : `nango: ${origin} is back after ${(lasted / 1_000).toFixed(1)} s`;
        tellOperator(this.#options.logger, message, { origin, code, lasted });
    }

    /** A call that must not wait goes out where the server has not said that it has to. */
    #goesAnyway(imposed: number, now: number): boolean {
        if (this.#server.waits(now)) return false;
        return this.#options.maxWait === 0 && imposed === 0 && !awaitsStore(this.#gate, now);
    }

    /** @returns the wait that was announced, in ms */
    #announce(imposed: number, now: number): number {
        // It waits for its server, which is reported once, for all calls.
        if (this.#server.waits(now)) return imposed;
        const { window, line, fairShare, ledger } = this.#gate;
        const known = window.kind === 'known' ? window : undefined;
        const ahead = line.waiting.length;
        // Those ahead in the line fill the windows to come.
        const windows = known && imposed > 0 ? Math.floor(ahead / Math.max(1, known.limit * fairShare.own)) : 0;
        const starting = window.kind === 'unknown' ? slowStartWait(window.busySince, ledger, ahead, now) : 0;
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
