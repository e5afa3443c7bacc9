import type { ConnectionRow } from '../connections/connection-row.js';
import { presentConnection } from '../connections/present-connection.js';
import type { ContractError } from '../errors/contract-error.js';
import type { FunctionConnection } from '../functions/function-registry.js';
import type { Environment } from '../state/environment.js';
import type { World } from '../world.js';
import { ActionFailure, toActionAnswer } from './action-error.js';
import type { AsyncActionRow } from './action-row.js';

/** An output may be this many bytes of JSON (contract 13.1). */
const largestOutput = 10 * 1024 * 1024;

/** Runs actions: at once, or one after the other in an environment's queue. */
export class ActionEngine {
    #queues = new Map<number, Promise<void>>();

    readonly #world: World;

    constructor(world: World) {
        this.#world = world;
    }

    /**
     * Run an action to its end.
     * @returns its output as JSON gives it back; null when it returned nothing
     * @throws ContractError the answer of a failed action (contract 13.1)
     */
    async run(connection: ConnectionRow, name: string, input: unknown): Promise<unknown> {
        const definition = this.#world.functions.action(connection.providerConfigKey, name);
        try {
            const output = await definition?.run(structuredClone(input || undefined) as never, {
                metadata: structuredClone(connection.metadata ?? {}),
                connection: presentConnection(connection, {
                    credentials: true,
                    refreshToken: true,
                }) as unknown as FunctionConnection,
            });
            return asJson(output);
        } catch (error) {
            throw toActionAnswer(error);
        }
    }

    /** Put an action into the environment's queue. */
    enqueue(
        environment: Environment,
        connection: ConnectionRow,
        name: string,
        input: unknown,
        maxRetries: number,
    ): AsyncActionRow {
        const action = environment.actions.set({
            id: this.#world.ids.uuid(),
            connection: connection.id,
            integrationId: connection.providerConfigKey,
            name,
            input: input || null,
            state: 'queued',
            runAt: this.#world.clock.now(),
            attempts: 0,
            maxRetries,
            output: null,
            failure: null,
        });
        this.#arm(environment, action);
        return action;
    }

    /** Take up the queues from the state, after it was restored. */
    resume(): void {
        this.#queues.clear();
        for (const environment of this.#world.store.environments()) {
            for (const action of environment.actions.all()) {
                if (action.state === 'running') action.state = 'queued';
                if (action.state === 'queued') this.#arm(environment, action);
            }
        }
    }

    #arm(environment: Environment, action: AsyncActionRow): void {
        this.#world.clock.at(action.runAt, () => {
            const before = this.#queues.get(environment.settings.id) ?? Promise.resolve();
            const work = before.then(() => this.#work(environment, action));
            this.#queues.set(environment.settings.id, work);
            return work;
        });
    }

    async #work(environment: Environment, action: AsyncActionRow): Promise<void> {
        const connection = environment.connections.byId(action.connection);
        if (!connection || !environment.actions.has(action.id)) return;
        action.state = 'running';
        this.#world.changed();
        while (action.state === 'running') {
            action.attempts++;
            try {
                action.output = await this.run(connection, action.name, action.input);
                action.state = 'succeeded';
            } catch (error) {
                const { status, body } = error as ContractError;
                action.failure = { status, body };
                if (action.attempts > action.maxRetries) action.state = 'failed';
            }
        }
        if (action.state === 'succeeded') action.failure = null;
        this.#world.changed();
        if (!environment.settings.webhooks.on_async_action_completion) return;
        this.#world.webhooks.send({
            environment,
            connection,
            body: {
                type: 'async_action',
                from: 'nango',
                connectionId: connection.connectionId,
                providerConfigKey: connection.providerConfigKey,
                payload: { id: action.id, statusUrl: `/action/${action.id}` },
            },
        });
    }
}

function asJson(output: unknown): unknown {
    let text: string | undefined;
    try {
        text = JSON.stringify(output);
    } catch {
        throw new ActionFailure('invalid_action_output');
    }
    if (text === undefined) return null;
    if (Buffer.byteLength(text) > largestOutput) throw new ActionFailure('script_output_too_large');
    return JSON.parse(text);
}
