/** How much the share of the last window weighs against what this one has shown, in calls. */
const priorWeight = 16;
/** A greater share than this counts as all of it. */
const alone = 0.9;
/** The greatest part of what is left that is taken at a time beside others, and the least. */
const greatestStep = 1 / 16;
const leastStep = 1 / 256;

/**
 * How gates that know nothing of each other come to share an account. Each learns from the answers which part of the window's calls
 * was its own. Alone it takes all that is left; beside others a small part at a time, and another when the answers show what all
 * have taken meanwhile. All come to their share, whatever it is, with few 429s.
 */
export interface FairShare {
    /** The part of the account's calls that is this gate's own, 0 to 1. Half until the answers say. */
    own: number;
    /** `own` when the window began. */
    ownBefore: number;
    /** The part of what is left that is taken at a time beside others, 0 to 1. Lower after 429s. */
    step: number;
}

export function createFairShare(): FairShare {
    return { own: 0.5, ownBefore: 0.5, step: greatestStep };
}

export function isAlone({ own }: FairShare): boolean {
    return own > alone;
}

/** Takes in whose the calls of this window were, so far. */
export function learnShare(share: FairShare, ownCalls: number, othersCalls: number): void {
    share.own = Math.min(1, (ownCalls + priorWeight * share.ownBefore) / (ownCalls + othersCalls + priorWeight));
}

/** A window begins: what is known of the share weighs as much as {@link priorWeight} of its calls. */
export function rememberShare(share: FairShare): void {
    share.ownBefore = share.own;
}

/** A window met its first 429. */
export function backOff(share: FairShare): void {
    share.step = Math.max(leastStep, share.step / 2);
}

/** A window went by without a 429. */
export function recover(share: FairShare): void {
    share.step = Math.min(greatestStep, share.step * 1.25);
}
