import { z } from 'zod';
import { actionHeaders } from '../actions/action-schemas.js';
import { triggerAction } from '../actions/register-actions.js';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { ContractError } from '../errors/contract-error.js';
import { ValidationError, type ValidationGroup } from '../errors/validation-error.js';
import type { AppContext } from '../http/app-env.js';
import { jsonResponse, jsonTextResponse } from '../http/json-response.js';
import { parseQuery } from '../http/parse-query.js';
import type { Routes } from '../http/routes.js';
import { listRecords } from '../records/list-records.js';
import { listRecordsQuery } from '../records/record-schemas.js';
import { RecordTable } from '../records/record-table.js';
import type { Environment } from '../state/environment.js';
import { findConnection } from '../state/look-up.js';
import type { FunctionRow } from './function-row.js';

/** Whose endpoint it is; what else an action or a list of records looks at comes later. */
const v1Headers = actionHeaders.pick({ 'provider-config-key': true, 'connection-id': true });

/** `/v1/<path>` is the endpoint of an action or of a model; everything else is 404 with a bare message. */
export function registerV1(routes: Routes, context: EmulatorContext): void {
    routes.hono.all('/v1/*', routes.guard('v1', keyWith()), async (c) => {
        const { 'provider-config-key': key, 'connection-id': id } = checked('headers', v1Headers, headersOf(c));
        const environment = c.get('auth')?.environment ?? context.store.environment;
        const connection = findConnection(environment, key, id, 'unknown-400');
        const row = findEndpoint(environment, key, c.req.method, c.req.path.slice('/v1'.length));
        if (!row) throw new ContractError(404, { message: 'There is no such endpoint.' });
        if (row.type === 'action') {
            const headers = checked('headers', actionHeaders, headersOf(c));
            checked('query_params', z.strictObject({}), parseQuery(c.req.url));
            const action = { action_name: row.name, input: c.get('body') };
            const { status, body, headers: more } = await triggerAction(context, environment, headers, action);
            return jsonResponse(status, body, more);
        }
        const given = { model: row.returns[0], ...parseQuery(c.req.url) };
        const query = checked(
            'query_params',
            listRecordsQuery(() => context.clock.now()),
            given,
        );
        const { model, variant } = query;
        return jsonTextResponse(
            200,
            listRecords(environment.records.find(connection.id, RecordTable.storedName(model, variant)), query),
        );
    });
}

const headersOf = (c: AppContext) => Object.fromEntries(c.req.raw.headers);

function checked<S extends z.ZodType>(group: ValidationGroup, schema: S, input: unknown): z.output<S> {
    const result = schema.safeParse(input);
    if (!result.success) throw ValidationError.from(group, result.error);
    return result.data;
}

function findEndpoint(environment: Environment, integrationId: string, method: string, path: string): FunctionRow | undefined {
    const asked = `/${path.replace(/^\//, '').replace(/\/$/, '')}`;
    return environment.functions.find(
        (row) =>
            row.integrationId === integrationId &&
            row.endpoints.some(
                (endpoint) => endpoint.method.toUpperCase() === method && `/${endpoint.path.replace(/^\/+/, '')}` === asked,
            ),
    );
}
