import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { LegacyError } from '../errors/legacy-error.js';
import { Reply, type Routes } from '../http/routes.js';
import { findConnection } from '../state/look-up.js';
import type { ConnectionRow } from './connection-row.js';
import { metadataBody } from './connection-schemas.js';

/** Connection metadata, in the current and the deprecated forms (contract 8.8). */
export function registerMetadata(routes: Routes, context: EmulatorContext): void {
    const auth = keyWith('environment:connections:update');
    const write = { post: ['setMetadata', 201], patch: ['updateMetadata', 200] } as const;

    for (const method of ['post', 'patch'] as const) {
        const [operation, status] = write[method];
        for (const [base, suffix] of [
            ['/connections', ''],
            ['/connection', 'Singular'],
        ] as const) {
            routes.add(
                {
                    method,
                    path: `${base}/metadata`,
                    operation: operation + suffix,
                    contract: '8.8',
                    summary: method === 'post' ? 'Replace the metadata of connections' : 'Merge into the metadata of connections',
                    auth,
                    body: metadataBody,
                    success: { [status]: metadataBody },
                    errors: { 404: ['unknown_connection'] },
                    deprecated: suffix !== '',
                },
                ({ environment, body }) => {
                    const ids = [body.connection_id].flat();
                    // All are looked up before any is changed (contract 8.8).
                    const connections = ids.map((id) => findConnection(environment, body.provider_config_key, id, 'unknown-404'));
                    for (const connection of connections) apply(connection, body.metadata, method);
                    return new Reply(status, body);
                },
            );
        }

        routes.add(
            {
                method,
                path: '/connection/:connectionId/metadata',
                operation: `${operation}OfConnection`,
                contract: '8.8',
                summary: 'Write the metadata of one connection, given as the body itself',
                auth,
                query: 'any',
                success: { [status]: z.unknown() },
                errors: { 400: ['missing_provider_config'], 404: ['unknown_connection'] },
                deprecated: true,
            },
            ({ c, environment }) => {
                const key = c.req.query('provider_config_key') ?? c.req.header('provider-config-key');
                if (!key) throw new LegacyError(400, 'missing_provider_config', 'The provider config key is missing.');
                const metadata = (c.get('body') ?? {}) as Record<string, unknown>;
                apply(findConnection(environment, key, c.req.param('connectionId') ?? '', 'legacy-404'), metadata, method);
                return new Reply(status, metadata);
            },
        );
    }

    function apply(connection: ConnectionRow, metadata: Record<string, unknown>, method: 'post' | 'patch'): void {
        connection.metadata = method === 'post' ? { ...metadata } : { ...connection.metadata, ...metadata };
        connection.updatedAt = context.clock.now();
        context.changed();
    }
}
