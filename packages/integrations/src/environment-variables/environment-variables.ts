import { type CallOptions, Client, call } from '@x/core';
import * as operations from '../operations.js';

/** A variable that was added in the Nango dashboard. */
export interface EnvironmentVariable {
    name: string;
    value: string;
}

/** The variables of the environment. */
export class EnvironmentVariables extends Client {
    protected static override readonly product: string = `@x/integrations/${__VERSION__}`;

    /**
     * Gets all variables of the environment. They may be secrets.
     *
     * @example
     * ```ts
     * const variables = await nango.getEnvironmentVariables();
     * const region = variables.find(({ name }) => name === 'REGION')?.value;
     * console.log(region);
     * ```
     * @see docs/contract/12-environment.md
     */
    async getEnvironmentVariables(options?: CallOptions): Promise<EnvironmentVariable[]> {
        return (await call<EnvironmentVariable[] | ''>(this, operations.getEnvironmentVariables, { options })) || [];
    }
}
