import { createOriginState, type OriginState, originShape } from '../outage/origin-state.js';
import { type AccountState, newAccountState } from '../pipeline/account-state.js';
import { createGateState, type GateState, gateShape } from '../rate-limit/gate-state.js';
import { budgetShape, createRetryBudget, type RetryBudget } from '../retry/retry-budget.js';
import { sharedInProcess } from '../runtime/shared-in-process.js';

/** Accounts remembered at most: a process that serves more than this pays with a slow start. */
const mostAccounts = 1_000;

/** The gates of the accounts that this process's clients have spoken for. */
export function sharedGates(): Map<string, GateState> {
    return sharedInProcess(gateShape, () => new Map());
}

function sharedBudgets(): Map<string, RetryBudget> {
    return sharedInProcess(budgetShape, () => new Map());
}

function sharedOrigins(): Map<string, OriginState> {
    return sharedInProcess(originShape, () => new Map());
}

/**
 * The state that belongs to a name, the same for all clients of this process: of this copy of the package, and of others whose
 * states have the same fields. What has other fields has another name, so that no copy ever reads what it does not know.
 *
 * @param key the account's hash: nothing secret is kept
 * @param origin the server that it is an account of
 */
export function accountState(name: string, key: string, origin: string): AccountState {
    return newAccountState(
        key,
        remembered(sharedGates(), name, createGateState, ({ line }) => line.waiting.length > 0),
        remembered(sharedBudgets(), name, createRetryBudget, () => false),
        remembered(sharedOrigins(), origin, createOriginState, ({ downSince }) => downSince > 0),
    );
}

function remembered<T>(states: Map<string, T>, name: string, create: () => T, isInUse: (state: T) => boolean): T {
    const state = states.get(name) ?? create();
    // Moved to the end: the first entry is the one that was asked for longest ago.
    states.delete(name);
    states.set(name, state);
    if (states.size > mostAccounts) forgetOne(states, isInUse);
    return state;
}

function forgetOne<T>(states: Map<string, T>, isInUse: (state: T) => boolean): void {
    for (const [name, state] of states) {
        if (isInUse(state)) continue;
        states.delete(name);
        return;
    }
}
