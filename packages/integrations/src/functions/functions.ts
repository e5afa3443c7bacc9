import { type CallOptions, Client, call } from '@x/core';
import { type KnownMembers, readKnown, requireId } from '@x/core/internal';
import * as operations from '../operations.js';
import type { DeployedFunction, FunctionList, FunctionType, ListFunctionsQuery } from './function.js';

const listMembers: KnownMembers<ListFunctionsQuery> = { type: true, search: true, page: true, limit: true };
const typeMember: KnownMembers<{ type?: FunctionType | undefined }> = { type: true };

/** The syncs, actions and event handlers that an integration has. */
export class Functions extends Client {
    protected static override readonly product: string = `@x/integrations/${__VERSION__}`;

    /**
     * Lists the functions of an integration, one page at a time.
     *
     * @throws {NangoNotFoundError} no such integration
     * @example
     * ```ts
     * const { data, pagination } = await nango.listFunctions({ uniqueKey: 'github' }, { type: 'sync', limit: 100 });
     * console.log(data.length, 'of', pagination.total);
     * ```
     * @see docs/contract/07-functions.md
     */
    async listFunctions(
        params: { uniqueKey: string },
        queries?: ListFunctionsQuery,
        options?: CallOptions,
    ): Promise<FunctionList> {
        const query = { ...readKnown(queries ?? {}, listMembers, 'listFunctions') };
        return call(this, operations.listFunctions, { path: { uniqueKey: params?.uniqueKey }, query, options });
    }

    /**
     * Gets one function.
     *
     * @param queries `type`, where functions of several types share the name; without it the first one is returned
     * @throws {NangoNotFoundError} no such integration or function
     * @example
     * ```ts
     * const { data } = await nango.getFunction({ uniqueKey: 'github', name: 'issues' }, { type: 'sync' });
     * if (data.type === 'sync') console.log(data.runs);
     * ```
     * @see docs/contract/07-functions.md
     */
    async getFunction(
        params: { uniqueKey: string; name: string },
        queries?: { type?: FunctionType | undefined },
        options?: CallOptions,
    ): Promise<{ data: DeployedFunction }> {
        const path = { uniqueKey: params?.uniqueKey, name: params?.name };
        const query = { ...readKnown(queries ?? {}, typeMember, 'getFunction') };
        return call(this, operations.getFunction, { path, query, options });
    }

    /**
     * Gets the TypeScript source of a function.
     *
     * @param queries `type`, where functions of several types share the name
     * @throws {NangoNotFoundError} no such integration, function or file
     * @throws {NangoApiError} 409 `ambiguous_function`: several functions have this name; `payload.matches` lists them
     * @example
     * ```ts
     * const { code } = await nango.getFunctionCode({ uniqueKey: 'github', name: 'issues' });
     * console.log(code.split('\n').length, 'lines');
     * ```
     * @see docs/contract/07-functions.md
     */
    async getFunctionCode(
        params: { uniqueKey: string; name: string },
        queries?: { type?: FunctionType | undefined },
        options?: CallOptions,
    ): Promise<{ type: FunctionType; code: string }> {
        const path = { uniqueKey: params?.uniqueKey, name: params?.name };
        const query = { ...readKnown(queries ?? {}, typeMember, 'getFunctionCode') };
        return call(this, operations.getFunctionCode, { path, query, options });
    }

    /**
     * Deletes a sync or an action. The server does it soon after it has answered.
     *
     * @throws {NangoNotFoundError} no such integration or function
     * @throws {NangoApiError} `function_managed_by_deploy`: it came with `nango deploy` and goes the same way
     * @example
     * ```ts
     * await nango.deleteFunction({ uniqueKey: 'github', name: 'issues' }, { type: 'sync' });
     * ```
     * @see docs/contract/07-functions.md
     */
    async deleteFunction(
        params: { uniqueKey: string; name: string },
        queries: { type: 'sync' | 'action' },
        options?: CallOptions,
    ): Promise<{ data: { success: boolean } }> {
        requireId(queries?.type, 'type', 'deleteFunction');
        const path = { uniqueKey: params?.uniqueKey, name: params?.name };
        return call(this, operations.deleteFunction, { path, query: { type: queries.type }, options });
    }
}
