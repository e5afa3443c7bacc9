import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { data } from '../base/formats.js';
import type { EmulatorContext } from '../context.js';
import { CodedError, NotFoundError } from '../errors/coded-error.js';
import type { Routes } from '../http/routes.js';
import { integrationParams } from '../integrations/integration-schemas.js';
import { type Environment, functionKey } from '../state/environment.js';
import { findIntegration } from '../state/look-up.js';
import type { FunctionRow } from './function-row.js';
import {
    deleteFunctionQuery,
    deployedFunction,
    functionParams,
    functionQuery,
    functionType,
    listFunctionsQuery,
} from './function-schemas.js';
import { presentFunction } from './present-function.js';

const base = '/integrations/:uniqueKey/functions';

/** Functions deployed to an integration (contract 7). */
export function registerFunctions(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'get',
            path: base,
            operation: 'listFunctions',
            contract: '7.2',
            summary: 'List the functions of an integration',
            auth: keyWith('environment:functions:list'),
            query: listFunctionsQuery,
            params: integrationParams,
            success: {
                200: z.strictObject({
                    data: z.array(deployedFunction),
                    pagination: z.strictObject({ total: z.number(), page: z.number(), limit: z.number() }),
                }),
            },
            errors: { 404: ['not_found'] },
        },
        ({ environment, params, query }) => {
            const { type, search, page, limit } = query;
            const wanted = search?.toLowerCase();
            const found = ofIntegration(environment, params.uniqueKey).filter(
                (row) => (!type || row.type === type) && (!wanted || row.name.toLowerCase().includes(wanted)),
            );
            return {
                data: found.slice(page * limit, (page + 1) * limit).map(presentFunction),
                pagination: { total: found.length, page, limit },
            };
        },
    );

    routes.add(
        {
            method: 'get',
            path: `${base}/:name`,
            operation: 'getFunction',
            contract: '7.2',
            summary: 'Get a function',
            auth: keyWith('environment:functions:read'),
            query: functionQuery,
            params: functionParams,
            success: { 200: data(deployedFunction) },
            errors: { 404: ['not_found'] },
        },
        ({ environment, params, query }) => {
            const [row] = named(environment, params, query.type);
            return { data: presentFunction(row) };
        },
    );

    routes.add(
        {
            method: 'get',
            path: `${base}/:name/code`,
            operation: 'getFunctionCode',
            contract: '7.2',
            summary: "Get a function's source",
            auth: keyWith('environment:functions:read'),
            query: functionQuery,
            params: functionParams,
            success: { 200: z.strictObject({ type: functionType, code: z.string() }) },
            errors: { 404: ['not_found'], 409: ['ambiguous_function'] },
        },
        ({ environment, params, query }) => {
            const rows = named(environment, params, query.type);
            if (rows.length > 1) {
                throw new CodedError(409, 'ambiguous_function', 'Several functions have this name: name the type too.', {
                    payload: { matches: rows.map(({ type, name }) => ({ type, name })) },
                });
            }
            const [{ type, code }] = rows;
            if (code === null) throw new NotFoundError('The source of this function is not known.');
            return { type, code };
        },
    );

    routes.add(
        {
            method: 'delete',
            path: `${base}/:name`,
            operation: 'deleteFunction',
            contract: '7.2',
            summary: 'Delete a function that was not deployed from a repository',
            auth: keyWith('environment:functions:delete'),
            query: deleteFunctionQuery,
            params: functionParams,
            success: { 200: data(z.strictObject({ success: z.literal(true) })) },
            errors: { 404: ['not_found'], 400: ['function_managed_by_deploy'] },
        },
        ({ environment, params, query }) => {
            const [row] = named(environment, params, query.type);
            if (row.source === 'repo') {
                throw new CodedError(
                    400,
                    'function_managed_by_deploy',
                    'This function comes from a repository: deploy without it.',
                );
            }
            for (const sync of environment.syncs.filter(
                (sync) => sync.integrationId === row.integrationId && sync.name === row.name,
            )) {
                if (row.type === 'sync') context.syncs.remove(environment, sync);
            }
            environment.functions.delete(functionKey(row));
            context.changed();
            return { data: { success: true } };
        },
    );
}

/** In list order: type, name, event, id. */
function ofIntegration(environment: Environment, uniqueKey: string): FunctionRow[] {
    findIntegration(environment, uniqueKey, 'not-found');
    const key = (row: FunctionRow) => `${row.type}\n${row.name}\n${row.event ?? ''}`;
    return environment.functions
        .filter((row) => row.integrationId === uniqueKey)
        .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
}

function named(
    environment: Environment,
    { uniqueKey, name }: { uniqueKey: string; name: string },
    type: FunctionRow['type'] | undefined,
): [FunctionRow, ...FunctionRow[]] {
    const [first, ...others] = ofIntegration(environment, uniqueKey).filter(
        (row) => row.name === name && (!type || row.type === type),
    );
    if (!first) throw new NotFoundError(`There is no function ${name}.`);
    return [first, ...others];
}
