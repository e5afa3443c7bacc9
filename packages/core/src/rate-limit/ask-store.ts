import { tellOperator } from '../hooks/tell-operator.js';
import { uncounted } from './call-ledger.js';
import { readClock } from './gate-clock.js';
import type { GateState } from './gate-state.js';
import type { LeaseRequest, StoreLink } from './permit-store.js';
import { lentPermits, type StoreLease } from './store-lease.js';
import { isLease, lendsNothing, takeLease } from './take-lease.js';
import { letOut } from './waiting-line.js';

/** A store that takes longer than this is treated as one that does not answer, in ms. */
const storeTimeout = 500;
/** How long a store that failed is left alone, in ms. */
const storeRest = 5_000;
/** So many waiting calls show by themselves what is needed. */
const longLine = 20;

/**
 * Asks the store for permits if some are wanted and it may have some. Nobody waits for the answer itself: it changes the state,
 * and those in line look again.
 */
export function askStore(gate: GateState, link: StoreLink, now: number): void {
    const lease = gate.lease as StoreLease;
    const blockedFor = Math.max(0, lease.unreportedBlock - now);
    if (!isWorthAsking(gate, lease, blockedFor > 0, now)) return;
    lease.askingUntil = now + storeTimeout;
    lease.unreportedBlock = 0;
    let waiting = true;
    // Not at once: calls that are made together are to ask together.
    let told = false;
    const question = Promise.resolve().then(() => {
        const request = leaseRequest(gate, lease, link.key, now, blockedFor);
        told = request.limit !== undefined;
        return link.store.lease(request);
    });
    const timer = setTimeout(() => fail('it took too long'), storeTimeout);
    const fail = (why: string) => {
        if (!waiting) return;
        waiting = false;
        clearTimeout(timer);
        breakOff(gate, lease, link, why);
    };
    question.then(
        (answer) => {
            // An answer that comes too late still counts: the permits have been lent.
            if (!isLease(answer)) return fail('its answer makes no sense');
            // To ask on at once would be without end.
            if (told && answer.granted === undefined) return fail('it forgets the limit');
            waiting = false;
            clearTimeout(timer);
            const wasDown = lease.downReported;
            takeLease(gate, lease, answer, now);
            if (lendsNothing(lease, readClock(gate))) breakOff(gate, lease, link, 'it has lent nothing for two minutes');
            else {
                if (wasDown) report(link, 'answers again: processes share the rate limit through it', {});
                letOut(gate.line);
            }
        },
        (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
    );
}

function isWorthAsking(gate: GateState, lease: StoreLease, reportsBlock: boolean, now: number): boolean {
    if (gate.window.kind === 'open' || now < lease.askingUntil || now < lease.downUntil) return false;
    if (!reportsBlock && now < lease.askAgainAt && (!lease.windowOver || lease.limitUnknown)) return false;
    if (lease.limitUnknown && gate.window.kind !== 'known') return false;
    return reportsBlock || (lentPermits(lease, gate.window, now) ?? 0) <= 0;
}

function leaseRequest(
    { window, ledger, line }: GateState,
    lease: StoreLease,
    key: string,
    now: number,
    blockedFor: number,
): LeaseRequest {
    const seen = window.kind === 'known' && !window.assumed && now < window.resetAt ? window : undefined;
    const over = lease.windowOver || now >= lease.endsAt;
    // As many as wait. Where calls follow each other few do; then as many as the window before took, or twice what this one has.
    const waiting = Math.max(1, line.waiting.length);
    const useful = waiting >= longLine ? waiting : Math.max(waiting, over ? lease.used : 2 * lease.used);
    const startedAt = window.kind === 'known' ? window.startedAt : 0;
    return {
        key,
        want: blockedFor > 0 ? 0 : useful,
        limit: seen?.limit,
        remaining: seen ? Math.max(0, seen.remaining - uncounted(ledger)) : 0,
        endsIn: seen ? Math.ceil(seen.resetAt - now) : 0,
        about: startedAt >= lease.windowSince ? lease.windowNumber : 0,
        over: lease.windowOver ? lease.windowNumber : 0,
        length: Math.ceil(lease.windowLength),
        blockedFor: Math.ceil(blockedFor),
    };
}

/** Goes on without the store for a while. */
function breakOff(gate: GateState, lease: StoreLease, link: StoreLink, why: string): void {
    lease.askingUntil = 0;
    lease.downUntil = readClock(gate) + storeRest;
    if (!lease.downReported) {
        lease.downReported = true;
        report(link, `does not answer (${why}); this process keeps the rate limit by itself until it does`, { why });
    }
    letOut(gate.line);
}

function report({ logger, store }: StoreLink, what: string, facts: Record<string, unknown>): void {
    tellOperator(logger, `nango: the rate limit store ${store.name} ${what}`, { store: store.name, ...facts });
}
