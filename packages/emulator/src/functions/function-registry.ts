/** The connection as a function sees it: the full connection of `GET /connections/:id`, credentials included. */
export type FunctionConnection = Record<string, unknown> & {
    connection_id: string;
    provider_config_key: string;
    credentials: Record<string, unknown>;
};

/** What a sync's `run` works with. */
export interface SyncRun {
    metadata: Record<string, unknown>;
    connection: FunctionConnection;
    variant: string;
    /** When the last run succeeded; undefined on the first and on a reset. */
    lastSyncDate: Date | undefined;
    checkpoint: Record<string, string | number | boolean> | null;
    /** Save a batch; each record needs an `id`. `model` is needed when the sync has several. */
    save(records: readonly object[], model?: string): void;
    /** Mark records as deleted, by id or by record. */
    remove(records: readonly (string | number | object)[], model?: string): void;
    /** Keep a flat object for the next run; null clears it. */
    setCheckpoint(checkpoint: Record<string, string | number | boolean> | null): void;
}

/** A JSON schema, e.g. what zod's own `toJSONSchema` returns. */
export type JsonSchema = Record<string, unknown> | boolean;

/** How a sync is defined. */
export interface SyncDefinition {
    /** The model, or models, that it saves. The first letter is upper-case. @default the names of `models` */
    model?: string | readonly string[];
    /** The records by model, as JSON schemas. Records are not checked. */
    models?: Record<string, JsonSchema>;
    /** What it reads from the connection's metadata, as a JSON schema. Metadata is not checked. */
    metadata?: JsonSchema;
    /** `every 5 minutes`, `1h`, `every half day` …; at least 30 s (contract 4). @default 'every hour' */
    frequency?: string;
    /** Whether its schedule starts with the connection. @default true */
    autoStart?: boolean;
    /** Whether records that a run no longer gives are marked as deleted. @default false */
    trackDeletes?: boolean;
    syncType?: 'full' | 'incremental';
    description?: string;
    scopes?: readonly string[];
    /** All of its models as one JSON schema, under `definitions`, as `listFunctions` gives it: in place of `models` and `metadata`. */
    jsonSchema?: Record<string, unknown>;
    /** Where the deprecated `/v1/*` answers with its records. */
    endpoint?: { method: string; path: string };
    /** Returns all records, or saves them in batches and returns nothing. */
    run(run: SyncRun): unknown;
}

/** What an action's `run` gets beside its input. */
export interface ActionRun {
    metadata: Record<string, unknown>;
    connection: FunctionConnection;
}

/** An action: its output is the answer. */
export type ActionFunction = (input: never, run: ActionRun) => unknown;

/** How an action is defined when there is more to say than its code. */
export interface ActionDefinition {
    description?: string;
    /** JSON schema of its input, or the name of a model. Inputs are not checked. */
    input?: string | JsonSchema;
    /** JSON schema of its output, or the name of a model. */
    output?: string | JsonSchema;
    scopes?: readonly string[];
    /** The schemas of models that `input` and `output` name, under `definitions`. */
    jsonSchema?: Record<string, unknown>;
    /** Where the deprecated `/v1/*` runs it. */
    endpoint?: { method: string; path: string };
    /** When false, triggering it answers 404 `disabled_resource`. @default true */
    enabled?: boolean;
    run: ActionFunction;
}

type Defined =
    | { type: 'sync'; integrationId: string; name: string; definition: SyncDefinition }
    | { type: 'action'; integrationId: string; name: string; definition: ActionDefinition };

/** What an on-event function does; those come from JSON only. */
export interface OnEventDefinition {
    run(): unknown;
}

type Canned = Defined | { type: 'on-event'; integrationId: string; name: string; definition: OnEventDefinition };

const keyOf = ({ type, integrationId, name }: Pick<Canned, 'type' | 'integrationId' | 'name'>) =>
    [type, integrationId, name].join('\n');

/** The code of functions. It is no part of the state: a snapshot keeps what is deployed, not what it does. */
export class FunctionRegistry {
    #defined = new Map<string, Defined>();
    /** What functions do that were described in JSON: they are state, so they are not deployed again after a reset. */
    #canned = new Map<string, Canned>();

    /** Functions defined in code: they are deployed whenever their integration is there. */
    define(defined: Defined): void {
        this.#defined.set(keyOf(defined), defined);
    }

    /** Functions described in JSON, until the next reset. */
    can(canned: Canned): void {
        this.#canned.set(keyOf(canned), canned);
    }

    clearCanned(): void {
        this.#canned.clear();
    }

    /** Remember what is defined; the function that is returned goes back to it. */
    mark(): () => void {
        const defined = new Map(this.#defined);
        return () => {
            this.#defined = defined;
        };
    }

    sync(integrationId: string, name: string): SyncDefinition | undefined {
        return this.#find({ type: 'sync', integrationId, name }) as SyncDefinition | undefined;
    }

    action(integrationId: string, name: string): ActionDefinition | undefined {
        return this.#find({ type: 'action', integrationId, name }) as ActionDefinition | undefined;
    }

    onEvent(integrationId: string, name: string): OnEventDefinition | undefined {
        return this.#find({ type: 'on-event', integrationId, name }) as OnEventDefinition | undefined;
    }

    /** In the order in which they were defined. */
    defined(): Defined[] {
        return [...this.#defined.values()];
    }

    #find(place: Pick<Canned, 'type' | 'integrationId' | 'name'>) {
        return (this.#defined.get(keyOf(place)) ?? this.#canned.get(keyOf(place)))?.definition;
    }
}
