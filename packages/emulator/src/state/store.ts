import { Collection } from '../base/collection.js';
import type { ConnectSessionRow } from '../connect/session-row.js';
import type { ApiKeyRow } from '../environments/environment-row.js';
import { Environment, type EnvironmentState } from './environment.js';

/** What a snapshot keeps of an account. */
export interface StoreState {
    keys: ApiKeyRow[];
    environments: EnvironmentState[];
}

/** The account: its keys and environments. Everything in it is plain data, so that a snapshot is JSON. */
export class Store {
    readonly keys = new Collection<ApiKeyRow>((row) => row.secret);
    #environments = new Map<number, Environment>();

    /** The environment that the emulator starts with; seeds and defined functions go here. */
    get environment(): Environment {
        const first = this.#environments.values().next().value;
        if (!first) throw new Error('The store has no environment yet.');
        return first;
    }

    environments(): Environment[] {
        return [...this.#environments.values()];
    }

    environmentById(id: number): Environment | undefined {
        return this.#environments.get(id);
    }

    environmentByUuid(uuid: string): Environment | undefined {
        return this.environments().find((environment) => environment.settings.uuid === uuid.toLowerCase());
    }

    addEnvironment(environment: Environment): Environment {
        this.#environments.set(environment.settings.id, environment);
        return environment;
    }

    removeEnvironment(id: number): boolean {
        this.keys.deleteWhere((key) => key.environmentId === id);
        return this.#environments.delete(id);
    }

    /** The session of a token that has not expired, with its environment. */
    session(token: string, now: number): { session: ConnectSessionRow; environment: Environment } | undefined {
        for (const environment of this.#environments.values()) {
            const session = environment.sessions.get(token);
            if (session) return session.expiresAt > now ? { session, environment } : undefined;
        }
        return undefined;
    }

    save(): StoreState {
        return { keys: this.keys.all(), environments: this.environments().map((environment) => environment.save()) };
    }

    load(state: StoreState): void {
        this.keys.load(state.keys);
        this.#environments.clear();
        for (const environment of state.environments) this.addEnvironment(Environment.load(environment));
    }

    clear(): void {
        this.keys.clear();
        this.#environments.clear();
    }
}
