import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { hasScope } from '../auth/has-scope.js';
import { zuluDate } from '../base/dates.js';
import type { EmulatorContext } from '../context.js';
import { refreshCredentials } from '../credentials/refresh-credentials.js';
import { verifyCredentials } from '../credentials/verify-credentials.js';
import { CodedError, ForbiddenError, InvalidBodyError, NotFoundError } from '../errors/coded-error.js';
import { LegacyError } from '../errors/legacy-error.js';
import { validateConnection } from '../functions/validate-connection.js';
import { Reply, type Routes } from '../http/routes.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import { findConnection, findIntegration } from '../state/look-up.js';
import { sendAuthWebhook } from './auth-webhook.js';
import { keepCredentials, tbaClient } from './connection-credentials.js';
import type { ConnectionRow } from './connection-row.js';
import {
    connectionParams,
    connectionQuery,
    fullConnection,
    getConnectionQuery,
    importConnectionBody,
    importedConnection,
    listConnectionsQuery,
    listedConnection,
    patchConnectionBody,
} from './connection-schemas.js';
import { connectionTags, toEndUser } from './end-user-tags.js';
import { presentConnection, presentListed } from './present-connection.js';
import { removeConnection, saveConnection } from './save-connection.js';
import { selectConnections } from './select-connections.js';

const scope = (name: string) => `environment:connections:${name}`;

/** Credentials that are tried at the provider before they are kept (contract 8.5). */
const testedOnImport = new Set(['API_KEY', 'BASIC', 'TBA']);

const isApp = ({ credentials }: ConnectionRow) => credentials.type === 'APP' || credentials.type === 'CUSTOM';

/** Connections, and the deprecated singular paths that share their handlers (contract 8.1–8.5, 8.7). */
export function registerConnections(routes: Routes, context: EmulatorContext): void {
    for (const [base, suffix, deprecated] of [
        ['/connections', '', false],
        ['/connection', 'Singular', true],
    ] as const) {
        routes.add(
            {
                method: 'get',
                path: base,
                operation: `listConnections${suffix}`,
                contract: '8.1',
                summary: 'List connections, without credentials',
                auth: keyWith(scope('list'), scope('list_credentials')),
                query: listConnectionsQuery,
                success: { 200: z.strictObject({ connections: z.array(listedConnection) }) },
                deprecated,
            },
            ({ environment, query }) => ({ connections: selectConnections(environment, query).map(presentListed) }),
        );

        routes.add(
            {
                method: 'get',
                path: `${base}/:connectionId`,
                operation: `getConnection${suffix}`,
                contract: '8.2',
                summary: 'Get a connection with its credentials, refreshed when they expire',
                auth: keyWith(scope('read'), scope('read_credentials')),
                query: getConnectionQuery,
                params: connectionParams,
                success: { 200: fullConnection },
                errors: {
                    400: ['unknown_provider_config', 'invalid_credentials'],
                    404: ['not_found'],
                    424: ['invalid_credentials'],
                    500: ['invalid_credentials', 'server_error'],
                },
                deprecated,
            },
            async ({ auth, environment, params, query }) => {
                const credentials = hasScope(auth?.scopes ?? [], scope('read_credentials'));
                const { force_refresh, refresh_token, refresh_github_app_jwt_token } = query;
                if (!credentials && (force_refresh || refresh_token || refresh_github_app_jwt_token)) {
                    throw new ForbiddenError(`This key lacks the scope ${scope('read_credentials')}.`);
                }
                const integration = findIntegration(environment, query.provider_config_key, 'unknown-400');
                const connection = findConnection(environment, integration.uniqueKey, params.connectionId, 'not-found');
                // Whoever does not see credentials does not hear of their refresh either (contract 8.2).
                if (!credentials) return presentConnection(connection, { credentials, refreshToken: false });
                const refreshed = await refreshCredentials(
                    { world: context, environment, integration, connection },
                    // The older flag is about apps' tokens: others stay as they are (contract 8.2).
                    force_refresh || (refresh_github_app_jwt_token && isApp(connection)),
                );
                if (!refreshed.ok) {
                    const shown = presentConnection(connection, { credentials: false, refreshToken: false });
                    throw new LegacyError(refreshed.status, 'invalid_credentials', refreshed.message, { connection: shown });
                }
                connection.lastFetchedAt = context.clock.now();
                return presentConnection(connection, { credentials, refreshToken: refresh_token });
            },
        );

        routes.add(
            {
                method: 'delete',
                path: `${base}/:connectionId`,
                operation: `deleteConnection${suffix}`,
                contract: '8.7',
                summary: 'Delete a connection',
                auth: keyWith(scope('delete')),
                query: connectionQuery,
                params: connectionParams,
                order: ['params', 'query'],
                success: { 200: z.strictObject({ success: z.boolean() }) },
                errors: { 400: ['unknown_connection'] },
                deprecated,
            },
            ({ environment, params, query }) => {
                const connection = findConnection(environment, query.provider_config_key, params.connectionId, 'bare-400');
                removeConnection(context, environment, connection);
                sendAuthWebhook(context, environment, { connection, operation: 'deletion', success: true });
                return { success: true };
            },
        );
    }

    routes.add(
        {
            method: 'patch',
            path: '/connections/:connectionId',
            operation: 'patchConnection',
            contract: '8.4',
            summary: "Change a connection's end user, tags or webhook address",
            auth: keyWith(scope('update')),
            query: connectionQuery,
            body: patchConnectionBody,
            params: connectionParams,
            success: { 200: z.strictObject({ success: z.literal(true) }) },
            errors: { 400: ['unknown_provider_config'], 404: ['not_found'] },
        },
        ({ environment, body, params, query }) => {
            findIntegration(environment, query.provider_config_key, 'unknown-400');
            const connection = findConnection(environment, query.provider_config_key, params.connectionId, 'not-found');
            if (body.end_user) {
                connection.endUser = {
                    ...(toEndUser(body.end_user) as NonNullable<ConnectionRow['endUser']>),
                    organization: connection.endUser?.organization ?? null,
                };
            }
            // The stored tags are replaced, also by `{}` (contract 8.4).
            if (body.end_user || body.tags) connection.tags = connectionTags(body.end_user, undefined, body.tags);
            if (body.webhook_url_override !== undefined) connection.webhookUrlOverride = body.webhook_url_override || null;
            connection.updatedAt = context.clock.now();
            context.changed();
            return { success: true };
        },
    );

    routes.add(
        {
            method: 'post',
            path: '/connections',
            operation: 'importConnection',
            contract: '8.5',
            summary: 'Import a connection with its credentials; one of the same id is overwritten',
            auth: keyWith(scope('create')),
            body: importConnectionBody,
            success: { 201: importedConnection },
            errors: {
                400: ['resource_capped', 'connection_test_failed', 'connection_validation_failed'],
                404: ['not_found'],
                500: ['generic_error_support'],
            },
        },
        async ({ environment, body }) => {
            const integration = findIntegration(environment, body.provider_config_key, 'not-found');
            const provider = context.providers.get(integration.provider);
            if (!provider) throw new NotFoundError(`The provider ${integration.provider} is not in the catalogue.`);
            const { connections: cap } = environment.settings.plan;
            if (cap !== null && environment.connections.size >= cap) {
                throw new CodedError(400, 'resource_capped', 'The plan allows no more connections.');
            }
            if (body.credentials.type !== provider.auth_mode) {
                throw new InvalidBodyError(`The credentials must be of type ${provider.auth_mode}, as the provider's are.`);
            }
            if (body.credentials.type === 'TBA' && !body.connection_config?.accountId) {
                throw new InvalidBodyError('connection_config.accountId is required for credentials of type TBA.');
            }
            // The id column holds 255 characters, and nothing checks before (contract 8.5).
            if ((body.connection_id?.length ?? 0) > 255) throw new Error('The connection id is too long.');
            const draft = draftOf(integration, body);
            const tested = testedOnImport.has(body.credentials.type);
            const refused = tested ? await verifyCredentials(context, integration, draft) : null;
            if (refused !== null) throw new CodedError(400, 'connection_test_failed', refused);
            const invalid = await validateConnection(context, environment, integration.uniqueKey);
            if (invalid !== null) throw new CodedError(400, 'connection_validation_failed', invalid);
            const { connection } = saveConnection(context, environment, {
                integration,
                connectionId: body.connection_id,
                credentials: draft.credentials,
                connectionConfig: draft.connectionConfig,
                metadata: body.metadata ?? {},
                // One that is not given stays (contract 8.5).
                endUser: body.end_user && toEndUser(body.end_user),
                tags: connectionTags(body.end_user, undefined, body.tags),
                webhookUrlOverride: body.webhook_url_override ?? null,
            });
            // Only credentials that can be fetched count as fetched (contract 8.5).
            connection.lastFetchedAt = body.credentials.type === 'NONE' ? null : context.clock.now();
            return new Reply(201, presentConnection(connection, { credentials: true, refreshToken: true, date: zuluDate }));
        },
    );

    function draftOf(integration: IntegrationRow, body: z.output<typeof importConnectionBody>): ConnectionRow {
        const credentials = keepCredentials(body.credentials);
        const { type } = body.credentials;
        const installation = type === 'APP' || type === 'CUSTOM' ? { installation_id: body.credentials.installation_id } : {};
        const now = context.clock.now();
        return {
            id: 0,
            connectionId: body.connection_id ?? '',
            providerConfigKey: integration.uniqueKey,
            provider: integration.provider,
            endUser: null,
            tags: {},
            metadata: null,
            connectionConfig: {
                ...body.connection_config,
                ...installation,
                ...(type === 'TBA' && tbaClient(integration, body.credentials.config_override)),
            },
            webhookUrlOverride: null,
            credentials,
            errors: [],
            createdAt: now,
            updatedAt: now,
            lastFetchedAt: null,
            refresh: { failedAt: null, failures: 0, exhausted: false },
            pending: false,
        };
    }
}
