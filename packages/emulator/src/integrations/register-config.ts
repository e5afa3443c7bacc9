import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { hasScope } from '../auth/has-scope.js';
import { zuluDate } from '../base/dates.js';
import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import type { Environment } from '../state/environment.js';
import { findIntegration } from '../state/look-up.js';
import type { IntegrationRow } from './integration-row.js';
import { presentIntegration } from './present-integration.js';

/** An integration in its old form, `GET /config/:key` (contract 6.8). */
export function registerConfig(routes: Routes, context: EmulatorContext): void {
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
            const row = findIntegration(environment, c.req.param('providerConfigKey') ?? '', 'legacy-400');
            const config = { unique_key: row.uniqueKey, provider: row.provider, syncs: [], actions: [] };
            const detailed =
                c.req.query('include_creds') === 'true' &&
                hasScope(auth?.scopes ?? [], 'environment:integrations:read_credentials');
            return { config: detailed ? { ...config, ...details(environment, row) } : config };
        },
    );

    function details(environment: Environment, row: IntegrationRow) {
        const provider = context.providers.get(row.provider);
        const { webhook_url } = presentIntegration(context, environment, row, { webhook: true });
        const connections = environment.connections.ofIntegration(row.uniqueKey);
        return {
            client_id: row.credentials?.client_id ?? row.credentials?.app_id ?? null,
            client_secret: row.credentials?.client_secret ?? row.credentials?.private_key ?? null,
            custom: Object.keys(row.custom).length > 0 ? row.custom : null,
            scopes: row.credentials?.scopes ?? '',
            app_link: row.credentials?.app_link ?? null,
            auth_mode: provider?.auth_mode ?? 'NONE',
            created_at: zuluDate(row.createdAt),
            has_webhook: Boolean(provider?.webhook_routing_script),
            webhook_secret: row.credentials?.webhook_secret ?? null,
            connections: connections.map((connection) => ({
                id: connection.id,
                connection_id: connection.connectionId,
                connection_config: connection.connectionConfig,
                environment_id: environment.settings.id,
                provider_config_key: connection.providerConfigKey,
            })),
            docs: provider?.docs ?? '',
            connection_count: connections.length,
            has_webhook_user_defined_secret: Boolean(provider?.webhook_user_defined_secret),
            webhook_url: webhook_url ?? null,
        };
    }
}
