import { type CallOptions, Client, type Compared, call } from '@x/core';
import * as operations from '../operations.js';
import type { OpenAIFunction, ProviderScripts } from './script-config.js';

/** All functions of the environment at once. */
export class ScriptsConfig extends Client {
    protected static override readonly product: string = `@x/integrations/${__VERSION__}`;

    /**
     * Gets the syncs and actions of all integrations.
     *
     * @example
     * ```ts
     * for (const { providerConfigKey, syncs } of await nango.getScriptsConfig()) {
     *     console.log(providerConfigKey, syncs.map((sync) => sync.name));
     * }
     * ```
     * @see docs/contract/09-scripts-config.md
     */
    getScriptsConfig<K extends string = string>(
        format?: 'nango',
        options?: CallOptions,
    ): Promise<Compared<K, ProviderScripts[], { data: OpenAIFunction[] }>>;
    /**
     * Gets the functions in OpenAI's format. An empty array while nothing is deployed.
     *
     * @example
     * ```ts
     * const answer = await nango.getScriptsConfig('openai');
     * const functions = 'data' in answer ? answer.data : [];
     * console.log(functions.length);
     * ```
     * @see docs/contract/09-scripts-config.md
     */
    getScriptsConfig<K extends string = string>(
        format: 'openai',
        options?: CallOptions,
    ): Promise<Compared<K, { data: OpenAIFunction[] } | never[], ProviderScripts[]>>;
    getScriptsConfig(format?: 'nango' | 'openai', options?: CallOptions): Promise<ProviderScripts[] | { data: OpenAIFunction[] }>;
    async getScriptsConfig(format: 'nango' | 'openai' = 'nango', options?: CallOptions): Promise<never> {
        return call(this, operations.getScriptsConfig, { query: { format }, options });
    }
}
