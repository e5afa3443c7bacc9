// biome-ignore lint/suspicious/noExplicitAny: a JSON schema has members of any kind
export type JsonSchema = Record<string, any>;

/** The kinds of functions that an integration can have. */
export type FunctionType = 'sync' | 'action' | 'on-event';

interface FunctionBase {
    name: string;
    description?: string;
    /** Scopes that a connection needs for it. */
    scopes?: string[];
}

/** Copies a provider's data into records. */
export interface SyncFunction extends FunctionBase {
    type: 'sync';
    /** Name of the model of its metadata. */
    input?: string;
    /** Names of the models that it fills. */
    returns: string[];
    json_schema: JsonSchema | null;
    /** How often, e.g. `every hour`. */
    runs: string | null;
    /** Whether it starts with each new connection. */
    auto_start: boolean;
    track_deletes: boolean;
}

/** Runs once, with an input, for one connection. */
export interface ActionFunction extends FunctionBase {
    type: 'action';
    /** Name of the model of its input. */
    input?: string;
    /** Names of the models of its output. */
    returns: string[];
    json_schema: JsonSchema | null;
}

/** Runs when something happens to a connection. */
export interface OnEventFunction extends FunctionBase {
    type: 'on-event';
    event: 'post-connection-creation' | 'pre-connection-deletion' | 'validate-connection';
}

/** What being deployed adds to a function. */
export interface FunctionDeployment {
    id: number;
    enabled: boolean;
    /** ISO time. */
    last_deployed: string;
    source: 'catalog' | 'standalone' | 'repo';
}

/** A function of an integration. */
export type DeployedFunction = (SyncFunction | ActionFunction | OnEventFunction) & FunctionDeployment;

/** A ready-made function of a provider; `deployed` when the environment has it. */
export type FunctionTemplate = (SyncFunction | ActionFunction) & { deployed?: FunctionDeployment };

/** Which functions of an integration to list. */
export interface ListFunctionsQuery {
    type?: FunctionType | undefined;
    /** Part of the name, whatever its case; 1 to 255 characters. */
    search?: string | undefined;
    /** @default 0 */
    page?: number | undefined;
    /** 1 to 100. @default 20 */
    limit?: number | undefined;
}

/** One page of the functions of an integration. */
export interface FunctionList {
    data: DeployedFunction[];
    pagination: {
        /** Of all pages. */
        total: number;
        /** From 0. */
        page: number;
        limit: number;
    };
}
