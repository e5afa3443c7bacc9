import { createOriginState, type OriginState } from '../outage/origin-state.js';
import { createGateState, type GateState } from '../rate-limit/gate-state.js';
import { createRetryBudget, type RetryBudget } from '../retry/retry-budget.js';

/** What all clients of one account share in a process, so that an app which makes a client per request is protected too. */
export interface AccountState {
    /** A hash of host, key, script flag and bucket. */
    readonly key: string;
    readonly gate: GateState;
    readonly budget: RetryBudget;
    /** The server, which other accounts may use, too. */
    readonly origin: OriginState;
}

export function newAccountState(
    key: string,
    gate = createGateState(),
    budget = createRetryBudget(),
    origin = createOriginState(),
): AccountState {
    return { key, gate, budget, origin };
}
