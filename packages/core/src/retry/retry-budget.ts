/** Repeats in reserve. */
const capacity = 50;
/** An empty budget still lets one repeat through in so many ms: it finds out that the server is back. */
const probeInterval = 5_000;

/** How many repeats may still be sent, for all calls of one account in this process. Plain data: see `GateState`. */
export interface RetryBudget {
    tokens: number;
    /** When the empty budget let the last one through, in local ms. */
    probedAt: number;
}

/** Under this name copies of this package share their budgets. Another shape takes another number. */
export const budgetShape = 'nango.retry-budget.v2';

export function createRetryBudget(): RetryBudget {
    return { tokens: capacity, probedAt: 0 };
}

/** Takes one repeat out. False when a server that fails has had enough of them. */
export function spendRepeat(budget: RetryBudget, now: number): boolean {
    if (budget.tokens >= 1) {
        budget.tokens -= 1;
        return true;
    }
    if (Math.abs(now - budget.probedAt) < probeInterval) return false;
    budget.probedAt = now;
    return true;
}

/** A call succeeded: the server is well. One that had been repeated gives back what it took. */
export function rewardSuccess(budget: RetryBudget, repeated: boolean): void {
    budget.tokens = Math.min(capacity, budget.tokens + (repeated ? 2 : 1));
}
