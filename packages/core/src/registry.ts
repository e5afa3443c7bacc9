import { createGateState, type GateState } from './rate-limit/gate-state.js';
import { createRetryBudget, type RetryBudget } from './retry/retry-budget.js';

/** What all clients of one account share in a process, so that an app which makes a client per request is protected too. */
export interface AccountState {
    /** A hash of host, key, script flag and bucket, for those who share it through a store. */
    readonly storeKey: string | undefined;
    readonly gate: GateState;
    readonly budget: RetryBudget;
}

/** Accounts remembered at most: a process that serves more than this pays with a slow start. */
const mostAccounts = 1_000;

/** Keeps accounts by names that hold API keys, so nobody can read or print them. */
class Accounts {
    readonly #byName = new Map<string, AccountState>();

    open(name: string, storeKey?: string): AccountState {
        const known = this.#byName.get(name);
        // Moved to the end: the first entry is the one that was asked for longest ago.
        if (known) this.#byName.delete(name);
        const account = known ?? newAccountState(storeKey);
        this.#byName.set(name, account);
        if (this.#byName.size > mostAccounts) this.#forgetIdle();
        return account;
    }

    #forgetIdle(): void {
        for (const [name, { gate }] of this.#byName) {
            if (gate.queue.length > 0) continue;
            this.#byName.delete(name);
            return;
        }
    }
}

interface Registry {
    readonly accounts: Accounts;
    /** Node's default agents, by protocol and proxy. */
    readonly agents: Map<string, unknown>;
}

/** Two copies of this package (ESM and CJS, or two versions) find the same registry. Its shape is fixed for as long as the name is. */
const registryKey = Symbol.for('nango.shared.v1');

/** The process's registry, made when it is first asked for. */
export function registry(): Registry {
    const holder = globalThis as { [registryKey]?: Registry };
    holder[registryKey] ??= { accounts: new Accounts(), agents: new Map() };
    return holder[registryKey];
}

export function newAccountState(storeKey?: string): AccountState {
    return { storeKey, gate: createGateState(), budget: createRetryBudget() };
}
