import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import type { Routes } from '../http/routes.js';
import { findConnection, functionOf, syncOf } from '../state/look-up.js';
import { variantBody, variantParams } from './sync-schemas.js';

const path = '/sync/:name/variant/:variant';

/** Variants of syncs (contract 11.5). */
export function registerSyncVariants(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'post',
            path,
            operation: 'createSyncVariant',
            contract: '11.5',
            summary: 'Add a variant of a sync to a connection',
            auth: keyWith('environment:syncs:variant:create'),
            params: variantParams,
            body: variantBody,
            order: ['body', 'params', 'query'],
            success: { 200: z.strictObject({ id: z.string(), name: z.string(), variant: z.string() }) },
            errors: {
                400: ['invalid_variant', 'unknown_connection', 'resource_capped', 'sync_variant_already_exists', 'unknown_sync'],
                500: ['failed_sync_variant_creation'],
            },
        },
        ({ environment, body, params: { name, variant } }) => {
            refuseBase(variant);
            const connection = findConnection(environment, body.provider_config_key, body.connection_id, 'bare-400');
            const own = environment.syncs.filter((sync) => sync.connection === connection.id);
            if (own.length === 0) throw new CodedError(500, 'failed_sync_variant_creation');
            const variants = own.filter((sync) => sync.name === name);
            const row = functionOf(environment, 'sync', { integrationId: connection.providerConfigKey, name });
            // In the order of contract 11.5: a sync that has all its variants is capped, whichever one is asked for.
            if (variants.length >= environment.settings.plan.syncVariants) {
                throw new CodedError(400, 'resource_capped', 'This sync can have no more variants.');
            }
            if (variants.some((sync) => sync.variant === variant)) throw new CodedError(400, 'sync_variant_already_exists');
            if (!row || variants.length === 0) throw new CodedError(400, 'unknown_sync');
            const sync = context.syncs.addVariant(environment, connection, row, variant);
            context.changed();
            return { id: sync.id, name, variant };
        },
    );

    routes.add(
        {
            method: 'delete',
            path,
            operation: 'deleteSyncVariant',
            contract: '11.5',
            summary: 'Delete a variant of a sync, with its records',
            auth: keyWith('environment:syncs:variant:delete'),
            params: variantParams,
            body: variantBody,
            order: ['body', 'params', 'query'],
            success: { 200: z.strictObject({ success: z.literal(true) }) },
            errors: { 400: ['invalid_variant', 'unknown_connection'], 404: ['not_found'] },
        },
        ({ environment, body, params: { name, variant } }) => {
            refuseBase(variant);
            const connection = findConnection(environment, body.provider_config_key, body.connection_id, 'bare-400');
            const sync = syncOf(environment, connection.id, name, variant);
            if (!sync) throw new CodedError(404, 'not_found');
            context.syncs.remove(environment, sync, { records: true });
            context.changed();
            return { success: true };
        },
    );
}

function refuseBase(variant: string): void {
    if (variant.toLowerCase() !== 'base') return;
    throw new CodedError(400, 'invalid_variant', 'The variant base is the sync itself: it is neither created nor deleted.');
}
