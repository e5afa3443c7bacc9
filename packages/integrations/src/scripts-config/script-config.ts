import type { JsonSchema } from '../functions/function.js';

/** A sync or an action as the scripts config shows it. */
export interface ScriptConfig {
    id?: number;
    name: string;
    type?: 'sync' | 'action' | 'on-event';
    /** Names of the models. */
    returns: string[];
    description?: string;
    attributes?: object;
    scopes?: string[];
    version?: string | null;
    source?: 'catalog' | 'standalone' | 'repo' | undefined;
    endpoints: ScriptEndpoint[];
    /** Name of the model of its input. */
    input?: string | undefined;
    enabled?: boolean;
    /** ISO time. */
    last_deployed?: string | null;
    webhookSubscriptions?: string[];
    json_schema: JsonSchema | null;
    // biome-ignore lint/suspicious/noExplicitAny: of older deployments
    metadata?: any;
    // biome-ignore lint/suspicious/noExplicitAny: of older deployments; `json_schema` says more
    models?: any;
    /** A newer version of a function from the catalogue. */
    upgrade_version?: string;
    sdk_version: string | null;
    features: 'checkpoints'[];
    /** Syncs only: how often, e.g. `every hour`. */
    runs?: string | null;
    /** Syncs only. */
    auto_start?: boolean;
    /** Syncs only. */
    track_deletes?: boolean;
    /** Syncs only. @deprecated */
    sync_type?: 'incremental' | 'full';
}

/** Methods that an endpoint of a function, or a proxied call, may have. */
export type ScriptMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'PROPFIND' | 'REPORT';

/** Where a function can be called. */
export interface ScriptEndpoint {
    method: ScriptMethod;
    path: string;
    group?: string | null | undefined;
}

/** The functions of one integration. Two integrations of one provider come merged under the first one's key. */
export interface ProviderScripts {
    providerConfigKey: string;
    provider?: string;
    syncs: ScriptConfig[];
    actions: ScriptConfig[];
    /** Always empty. */
    'on-events': ScriptConfig[];
}

/** A function in the form that OpenAI's function calling takes. */
export interface OpenAIFunction {
    name: string;
    description: string;
    parameters: {
        type: string;
        properties: Record<string, { type: string; description: string }>;
        required: string[];
    };
}
