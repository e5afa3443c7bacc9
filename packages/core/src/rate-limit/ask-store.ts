import type { Logger } from '../types/hooks.js';
import type { GateState, LeaseState } from './gate-state.js';
import { leasedPermits } from './lease-state.js';
import type { Lease, LeaseRequest, PermitStore } from './permit-store.js';
import { letOut } from './wait-for-turn.js';
import { readClock, startWindow } from './window.js';

/** A store that takes longer than this is treated as one that does not answer, in ms. */
const patience = 500;
/** How long a store that failed is left alone, in ms. */
const rest = 5_000;

/** So many waiting calls tell what is needed. */
const longLine = 20;

/** A store, and where to say that it failed. */
export interface StoreLink {
    readonly store: PermitStore;
    readonly key: string;
    readonly logger: Logger | undefined;
}

/**
 * Asks the store for permits if some are wanted and it may have some. Nobody waits for the answer itself: it changes the state,
 * and those in line look again.
 */
export function askStore(state: GateState, link: StoreLink, now: number): void {
    const lease = state.lease as LeaseState;
    if (state.phase === 'open' || now < lease.askingUntil || now < lease.brokenUntil) return;
    const blockedFor = Math.max(0, lease.untoldBlock - now);
    if (blockedFor === 0 && now < lease.retryAt && !lease.turned) return;
    if (lease.ignorant && state.phase !== 'known') return;
    if (blockedFor === 0 && (leasedPermits(state, now) ?? 0) > 0) return;
    lease.askingUntil = now + patience;
    lease.untoldBlock = 0;
    let waiting = true;
    // Not at once: calls that are made together are to ask together.
    const question = Promise.resolve().then(() => link.store.lease(request(state, lease, link.key, now, blockedFor)));
    const timer = setTimeout(() => fail('it took too long'), patience);
    const fail = (why: string) => {
        if (!waiting) return;
        waiting = false;
        clearTimeout(timer);
        breakOff(state, lease, link, why);
    };
    question.then(
        (answer) => {
            // An answer that comes too late still counts: the permits have been lent.
            waiting = false;
            clearTimeout(timer);
            takeLease(state, lease, answer, now);
            letOut(state);
        },
        (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
    );
}

function request(state: GateState, lease: LeaseState, key: string, now: number, blockedFor: number): LeaseRequest {
    const informed = state.phase === 'known' && !state.guessed && now < state.resetAt;
    const over = lease.turned || now >= lease.endsAt;
    // As many as wait. Where calls follow each other few do; then as many as the window before took, or twice what this one has.
    const waiting = Math.max(1, state.queue.length);
    const useful = waiting >= longLine ? waiting : Math.max(waiting, over ? lease.used : 2 * lease.used);
    return {
        key,
        want: blockedFor > 0 ? 0 : useful,
        limit: informed ? state.limit : undefined,
        remaining: informed ? Math.max(0, state.remaining - (state.admitted - state.covered)) : 0,
        endsIn: informed ? Math.ceil(state.resetAt - now) : 0,
        about: state.startedAt >= lease.windowSince ? lease.window : 0,
        over: lease.turned ? lease.window : 0,
        length: Math.ceil(lease.length),
        blockedFor: Math.ceil(blockedFor),
    };
}

function takeLease(state: GateState, lease: LeaseState, answer: Lease, askedAt: number): void {
    const now = readClock(state);
    lease.askingUntil = 0;
    lease.brokenUntil = 0;
    lease.warned = false;
    lease.ignorant = answer.granted === undefined;
    if (answer.granted === undefined) return;
    const second = answer.window === lease.window;
    if (!second) {
        // What the answers of the old window told is over, too.
        if (lease.window !== 0 && state.phase === 'known' && !lease.turned) startWindow(state, now);
        lease.used = 0;
        lease.permits = 0;
        lease.window = answer.window;
        lease.windowSince = askedAt;
        lease.turned = false;
    }
    lease.permits += answer.granted;
    // The way took its time: void rather too soon, asked again rather too late.
    lease.endsAt = askedAt + answer.endsIn;
    lease.retryAt = now + (worthAsking(state, lease, answer, second) ? answer.retryIn : answer.endsIn);
}

/**
 * Whether to ask again in this window for what others have left of it. Where nothing was left the last times, that is tried in
 * fewer and fewer windows, unless a little more would be enough.
 */
function worthAsking(state: GateState, lease: LeaseState, { granted = 0, retryIn, endsIn }: Lease, second: boolean): boolean {
    if (retryIn === 0 || retryIn >= endsIn) {
        if (second && granted === 0) {
            lease.secondInVain = Math.min(8, lease.secondInVain * 2 || 1);
            lease.secondSkips = lease.secondInVain;
        }
        return retryIn === 0;
    }
    if (second && granted) lease.secondInVain = 0;
    if (lease.secondSkips === 0 || state.queue.length <= 2 * granted) return true;
    lease.secondSkips -= 1;
    return false;
}

function breakOff(state: GateState, lease: LeaseState, { logger, store }: StoreLink, why: string): void {
    const now = readClock(state);
    lease.askingUntil = 0;
    lease.brokenUntil = now + rest;
    if (!lease.warned) {
        lease.warned = true;
        const message = `nango: the rate limit store ${store.name} does not answer (${why}); this process keeps the rate limit by itself until it does`;
        const { process } = globalThis as { process?: { emitWarning?(message: string, type: string): void } };
        if (logger) logger.warn?.(message);
        else if (typeof process?.emitWarning === 'function') process.emitWarning(message, 'NangoWarning');
        else console.warn(message);
    }
    letOut(state);
}
