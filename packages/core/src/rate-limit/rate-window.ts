/** Nango's window. Only a first guess: the answers of a window say when it ends. */
const windowLength = 60_000;

/** The server's window as this gate knows it. Times are local ms since the epoch. */
export type RateWindow = UnknownWindow | OpenWindow | KnownWindow;

/** No answer has carried limits yet: a slow start finds out. */
export interface UnknownWindow {
    readonly kind: 'unknown';
    /** Since when calls are under way without an answer. */
    busySince: number;
}

/** A call succeeded without limits: the server has its limit off. */
export interface OpenWindow {
    readonly kind: 'open';
}

export interface KnownWindow {
    readonly kind: 'known';
    /** Calls per window. */
    limit: number;
    /** The least that an answer of this window said to be left; the ledger's `countedUpTo` says after which call. */
    remaining: number;
    /** When this window was begun here. */
    startedAt: number;
    /** When it has surely turned; infinite for one that has not seen its first call. */
    resetAt: number;
    /** It follows one that has turned, and no answer has confirmed it yet: `remaining` and `resetAt` are assumed. */
    assumed: boolean;
}

/** The server's window begins with its first call: from then on its end can be assumed. */
export function seeFirstCall(window: RateWindow, now: number): void {
    if (window.kind !== 'known' || !window.assumed || window.resetAt !== Number.POSITIVE_INFINITY) return;
    window.startedAt = now;
    window.resetAt = now + windowLength + 1_000;
}

/** When a window ends, for those who ask from outside. */
export function resetDate(window: RateWindow): Date | undefined {
    return window.kind === 'known' && window.resetAt !== Number.POSITIVE_INFINITY ? new Date(window.resetAt) : undefined;
}

/** Moves its times when the clock was set. */
export function moveWindow(window: RateWindow, step: number): void {
    if (window.kind === 'unknown') window.busySince += step;
    if (window.kind !== 'known') return;
    window.startedAt += step;
    window.resetAt += step;
}
