import { type AccountState, newAccountState } from '../pipeline/account-state.js';
import { sharedInProcess } from '../runtime/shared-in-process.js';

/** Accounts remembered at most: a process that serves more than this pays with a slow start. */
const mostAccounts = 1_000;

/** The accounts that this process's clients have spoken for. */
export function registry(): { readonly accounts: Map<string, AccountState> } {
    return sharedInProcess('nango.shared.v1', () => ({ accounts: new Map() }));
}

/**
 * The state that belongs to a name, the same for all clients of this process.
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

function forgetIdle(accounts: Map<string, AccountState>): void {
    for (const [key, { gate }] of accounts) {
        if (gate.queue.length > 0) continue;
        accounts.delete(key);
        return;
    }
}
