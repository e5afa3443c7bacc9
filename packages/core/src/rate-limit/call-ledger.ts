import { resetUncertainty } from './reset-uncertainty.js';

/**
 * The calls of one gate. They are numbered as they are sent. Nango's answers say how many more calls the window takes *after* the
 * answered one; so calls with a higher number than the ones that are counted are still to be taken off.
 */
export interface CallLedger {
    /** Calls sent so far: the number of the latest. */
    sent: number;
    /** Those of them that were answered or failed. */
    finished: number;
    /** `sent` when this window began: calls up to this number are no part of it. */
    windowStart: number;
    /** The window's `remaining` counts the calls up to this number already. */
    countedUpTo: number;
    /** Calls of this window that met a 429: they used up nothing. */
    rejected: number;
    /** The two latest moments at which `sent` was noted: they show which calls are only seconds old. */
    noted: { at: number; sent: number };
    notedBefore: { at: number; sent: number };
}

export function createLedger(): CallLedger {
    return {
        sent: 0,
        finished: 0,
        windowStart: 0,
        countedUpTo: 0,
        rejected: 0,
        noted: { at: 0, sent: 0 },
        notedBefore: { at: 0, sent: 0 },
    };
}

/** Gives a call that goes out its number. */
export function numberCall(ledger: CallLedger, now: number): number {
    const { noted, notedBefore } = ledger;
    if (now - noted.at > resetUncertainty) {
        // Written in place: this runs for every call.
        notedBefore.at = noted.at;
        notedBefore.sent = noted.sent;
        noted.at = now;
        noted.sent = ledger.sent;
    }
    ledger.sent += 1;
    return ledger.sent;
}

/** Takes back a call that turned out not to have been sent. Only the latest can be: later ones keep their numbers. */
export function forgetCall(ledger: CallLedger, number: number): void {
    if (ledger.sent !== number) {
        ledger.finished += 1;
        return;
    }
    ledger.sent -= 1;
    ledger.windowStart = Math.min(ledger.windowStart, ledger.sent);
    ledger.countedUpTo = Math.min(ledger.countedUpTo, ledger.sent);
}

/** Calls that were sent and have neither been answered nor failed. */
export function underWay({ sent, finished }: CallLedger): number {
    return sent - finished;
}

/** Calls that `remaining` does not count yet. */
export function uncounted({ sent, countedUpTo }: CallLedger): number {
    return sent - countedUpTo;
}

/** How many calls of the last seconds are under way; rather too many than too few. Nobody can say which window counts them. */
export function underWayLately(ledger: CallLedger, now: number): number {
    return Math.min(underWay(ledger), sentLately(ledger, now));
}

function sentLately({ sent, noted, notedBefore }: CallLedger, now: number): number {
    const recent = 2 * resetUncertainty;
    // Calls after a note follow it within `resetUncertainty`, or a new note would have been made.
    if (now - noted.at > recent) return 0;
    return sent - (now - notedBefore.at > recent ? noted : notedBefore).sent;
}

/** Moves its times when the clock was set. */
export function moveLedger({ noted, notedBefore }: CallLedger, step: number): void {
    noted.at += step;
    notedBefore.at += step;
}
