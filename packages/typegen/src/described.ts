/** A JSON schema, or part of one: an object, `true` or `false`. */
// biome-ignore lint/suspicious/noExplicitAny: a JSON schema has members of any kind
export type JsonSchema = Record<string, any>;

/** A sync or an action, as far as types are concerned. */
export interface DescribedFunction {
    name: string;
    description?: string | undefined;
    /** Name of the model of a sync's metadata, or of an action's input. */
    input?: string | undefined;
    /** Names of the models that a sync fills, or of an action's output. */
    returns: readonly string[];
    /** The schemas of these models, under `definitions`; null when the function was deployed without. */
    schema: JsonSchema | null;
}

/** An integration, as far as types are concerned. */
export interface DescribedIntegration {
    /** Its unique key, e.g. `github`. */
    id: string;
    /** The provider's name, where it is known. */
    provider?: string | undefined;
    syncs: readonly DescribedFunction[];
    actions: readonly DescribedFunction[];
    /** The connection config that the provider asks for, where it is known. */
    connectionConfig?: Readonly<Record<string, ConfigField>> | undefined;
}

/** One field of a connection config. All values are text. */
export interface ConfigField {
    description?: string | undefined;
    optional: boolean;
    /** The values that it may have; any text when absent. */
    values?: readonly string[] | undefined;
}
