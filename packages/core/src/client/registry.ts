import { createGateState, type GateState } from '../rate-limit/gate-state.js';
import { createRetryBudget, type RetryBudget } from '../retry/retry-budget.js';

/** What all clients of one account share in a process, so that an app which makes a client per request is protected too. */
export interface AccountState {
    /** A hash of host, key, script flag and bucket. */
    readonly key: string;
    readonly gate: GateState;
    readonly budget: RetryBudget;
}

interface Registry {
    readonly accounts: Map<string, AccountState>;
    /** Node's default agents, by protocol and proxy. */
    readonly agents: Map<string, unknown>;
}

/** Two copies of this package (ESM and CJS, or two versions) find the same registry. Its shape is fixed for as long as the name is. */
const registryKey = Symbol.for('nango.shared.v1');
/** Accounts remembered at most: a process that serves more than this pays with a slow start. */
const mostAccounts = 1_000;

/** The process's registry, made when it is first asked for. */
export function registry(): Registry {
    const holder = globalThis as { [registryKey]?: Registry };
    holder[registryKey] ??= { accounts: new Map(), agents: new Map() };
    return holder[registryKey];
}

/**
 * The state that belongs to a name.
 *
 * @param key the account's hash: nothing secret is kept
 */
export function accountState(name: string, key: string): AccountState {
    const { accounts } = registry();
    const known = accounts.get(name);
    // Moved to the end: the first entry is the one that was asked for longest ago.
    if (known) accounts.delete(name);
    const account = known ?? newAccountState(key);
    accounts.set(name, account);
    if (accounts.size > mostAccounts) forgetIdle(accounts);
    return account;
}

export function newAccountState(key: string): AccountState {
    return { key, gate: createGateState(), budget: createRetryBudget() };
}

function forgetIdle(accounts: Map<string, AccountState>): void {
    for (const [key, { gate }] of accounts) {
        if (gate.queue.length > 0) continue;
        accounts.delete(key);
        return;
    }
}
