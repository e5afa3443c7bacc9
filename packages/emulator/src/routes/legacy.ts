import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { hasScope } from '../auth/has-scope.js';
import { zuluDate } from '../connections/dates.js';
import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import { ContractError } from '../errors/contract-error.js';
import { LegacyError } from '../errors/legacy-error.js';
import { ValidationError, type ValidationGroup } from '../errors/validation-error.js';
import type { App, AppContext } from '../http/app-env.js';
import { jsonResponse } from '../http/json-response.js';
import { parseQuery } from '../http/parse-query.js';
import type { Routes } from '../http/routes.js';
import { presentIntegration } from '../integrations/present-integration.js';
import { listRecords } from '../records/list-records.js';
import { actionHeaders } from '../schemas/actions.js';
import { listRecordsQuery } from '../schemas/records.js';
import type { Environment } from '../state/environment.js';
import { RecordTable } from '../state/record-table.js';
import type { FunctionRow, IntegrationRow } from '../state/rows.js';
import { triggerAction } from './actions.js';

/** What is left of older APIs: `GET /config/:key` and `/v1/*` (wire contract 6.8, 13.4). */
export function registerLegacy(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'get',
            path: '/config/:providerConfigKey',
            operation: 'getConfig',
            contract: '6.8',
            summary: 'Get an integration in its old form',
            auth: keyWith('environment:integrations:read', 'environment:integrations:read_credentials'),
            query: 'any',
            success: { 200: z.strictObject({ config: z.looseObject({ unique_key: z.string(), provider: z.string() }) }) },
            errors: { 400: ['unknown_provider_config'] },
            deprecated: true,
        },
        ({ auth, c, environment }) => {
            const row = environment.integrations.get(c.req.param('providerConfigKey') ?? '');
            if (!row) throw new LegacyError(400, 'unknown_provider_config', 'There is no such integration.');
            const config = { unique_key: row.uniqueKey, provider: row.provider, syncs: [], actions: [] };
            const detailed =
                c.req.query('include_creds') === 'true' &&
                hasScope(auth?.scopes ?? [], 'environment:integrations:read_credentials');
            return { config: detailed ? { ...config, ...details(environment, row) } : config };
        },
    );

    registerV1(routes.hono, routes, context);

    function details(environment: Environment, row: IntegrationRow) {
        const provider = context.providers.get(row.provider);
        const { webhook_url } = presentIntegration(context, environment, row, { webhook: true });
        const connections = environment.connections.ofIntegration(row.uniqueKey);
        return {
            client_id: row.credentials?.client_id ?? row.credentials?.app_id ?? null,
            client_secret: row.credentials?.client_secret ?? row.credentials?.private_key ?? null,
            custom: row.custom,
            scopes: row.credentials?.scopes ?? '',
            app_link: row.credentials?.app_link ?? null,
            auth_mode: provider?.auth_mode ?? 'NONE',
            created_at: zuluDate(row.createdAt),
            has_webhook: Boolean(provider?.webhook_routing_script),
            webhook_secret: row.credentials?.webhook_secret ?? null,
            connections: connections.map((connection) => ({ id: connection.id, connection_id: connection.connectionId })),
            docs: provider?.docs ?? '',
            connection_count: connections.length,
            has_webhook_user_defined_secret: Boolean(provider?.webhook_user_defined_secret),
            webhook_url: webhook_url ?? null,
        };
    }
}

/** Whose endpoint it is; what else an action or a list of records looks at comes later. */
const v1Headers = actionHeaders.pick({ 'provider-config-key': true, 'connection-id': true });

/** `/v1/<path>` is the endpoint of an action or of a model; everything else is 404 with a bare message. */
function registerV1(hono: App, routes: Routes, context: EmulatorContext): void {
    hono.all('/v1/*', routes.guard('v1', keyWith()), async (c) => {
        const { 'provider-config-key': key, 'connection-id': id } = checked('headers', v1Headers, headersOf(c));
        const environment = c.get('auth')?.environment ?? context.store.environment;
        const connection = environment.connections.get(key, id);
        if (!connection) throw new CodedError(400, 'unknown_connection', 'There is no connection of this id.');
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
        return jsonResponse(
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
    const asked = `/${path.replace(/^\/+|\/+$/g, '')}`;
    return environment.functions.find(
        (row) =>
            row.integrationId === integrationId &&
            row.endpoints.some(
                (endpoint) => endpoint.method.toUpperCase() === method && `/${endpoint.path.replace(/^\/+/, '')}` === asked,
            ),
    );
}
