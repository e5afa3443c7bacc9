import { type CallOptions, Client, call, callForResponse, NangoInputError, operation } from '@x/core';
import { requireId } from '@x/core/internal';
import { checkSyncs, joinSyncs } from './sync-names.js';
import type {
    SyncMode,
    SyncName,
    SyncStatusResponse,
    SyncVariantInput,
    TriggerSyncOptions,
    UpdateSyncFrequencyResponse,
} from './sync-types.js';
import { runMode } from './trigger-body.js';

/** The documentation calls the answer of a command empty, and so do servers that people write for their tests. */
const command = { method: 'POST', mayBeEmpty: true } as const;
export const triggerSync = operation({ ...command, name: 'triggerSync', path: '/sync/trigger', idempotent: false });
export const startSync = operation({ ...command, name: 'startSync', path: '/sync/start', idempotent: true });
export const pauseSync = operation({ ...command, name: 'pauseSync', path: '/sync/pause', idempotent: true });
export const syncStatus = operation({ name: 'syncStatus', method: 'GET', path: '/sync/status', idempotent: true });
export const updateSyncConnectionFrequency = operation({
    name: 'updateSyncConnectionFrequency',
    method: 'PUT',
    path: '/sync/update-connection-frequency',
    idempotent: true,
});
export const createSyncVariant = operation({
    name: 'createSyncVariant',
    method: 'POST',
    path: '/sync/{name}/variant/{variant}',
    idempotent: false,
});
export const deleteSyncVariant = operation({
    name: 'deleteSyncVariant',
    method: 'DELETE',
    path: '/sync/{name}/variant/{variant}',
    idempotent: false,
});

/** The schedules of syncs, and their runs (wire contract 11). */
export class Syncs extends Client {
    protected static override readonly product: string = `@x/syncs/${__VERSION__}`;

    /**
     * Runs syncs once, beside their schedule (wire contract 11.1). Resolves when the runs are queued, not when they have ended: their
     * webhooks tell. Never repeated by itself, since a repeat is another run.
     *
     * @param providerConfigKey the integration's id
     * @param syncs none for all syncs of the integration
     * @param connectionId none for every connection of the integration
     * @param opts `reset` reads everything anew, `emptyCache` deletes the records kept so far
     * @throws {NangoApiError} `no_syncs_found`; with a connection, syncs named earlier in the list have then been triggered already
     * @example
     * ```ts
     * await nango.triggerSync('github', ['issues', { name: 'files', variant: 'docs' }], 'user-1', { reset: true });
     * ```
     */
    triggerSync(
        providerConfigKey: string,
        syncs?: readonly SyncName[],
        connectionId?: string,
        opts?: TriggerSyncOptions,
        options?: CallOptions,
    ): Promise<void>;
    /** @deprecated Pass `{ reset, emptyCache }` in place of the mode. */
    triggerSync(
        providerConfigKey: string,
        syncs?: readonly SyncName[],
        connectionId?: string,
        mode?: SyncMode,
        options?: CallOptions,
    ): Promise<void>;
    async triggerSync(
        providerConfigKey: string,
        syncs: readonly SyncName[] = [],
        connectionId?: string,
        opts?: TriggerSyncOptions | SyncMode,
        options?: CallOptions,
    ): Promise<void> {
        const body = { ...commandBody(providerConfigKey, syncs, connectionId, 'triggerSync'), ...runMode(opts) };
        return answered(callForResponse(this, triggerSync, { body, options }));
    }

    /**
     * Starts the schedules of syncs, which also runs them at once (wire contract 11.2). Without effect on a schedule that runs.
     *
     * @param providerConfigKey the integration's id
     * @param syncs up to 256; `[]` for all
     * @param connectionId none for every connection of the integration
     * @throws {NangoApiError} `no_syncs_found`
     * @example
     * ```ts
     * await nango.startSync('github', ['issues'], 'user-1');
     * ```
     */
    async startSync(
        providerConfigKey: string,
        syncs: readonly SyncName[],
        connectionId?: string,
        options?: CallOptions,
    ): Promise<void> {
        const body = commandBody(providerConfigKey, syncs, connectionId, 'startSync');
        return answered(callForResponse(this, startSync, { body, options }));
    }

    /**
     * Pauses the schedules of syncs (wire contract 11.2).
     *
     * @param providerConfigKey the integration's id
     * @param syncs up to 256; `[]` for all
     * @param connectionId none for every connection of the integration
     * @throws {NangoApiError} `no_syncs_found`
     * @example
     * ```ts
     * await nango.pauseSync('github', ['issues'], 'user-1');
     * ```
     */
    async pauseSync(
        providerConfigKey: string,
        syncs: readonly SyncName[],
        connectionId?: string,
        options?: CallOptions,
    ): Promise<void> {
        const body = commandBody(providerConfigKey, syncs, connectionId, 'pauseSync');
        return answered(callForResponse(this, pauseSync, { body, options }));
    }

    /**
     * Tells how syncs are doing (wire contract 11.3). Unknown names are left out of the answer.
     *
     * @param providerConfigKey the integration's id
     * @param syncs `'*'` for all
     * @param connectionId none for every connection of the integration
     * @throws {NangoApiError} 400 `invalid_body` for an unknown connection
     * @example
     * ```ts
     * const { syncs } = await nango.syncStatus('github', '*', 'user-1');
     * for (const sync of syncs) console.log(sync.name, sync.status, sync.recordCount);
     * ```
     */
    async syncStatus(
        providerConfigKey: string,
        syncs: '*' | readonly SyncName[],
        connectionId?: string,
        options?: CallOptions,
    ): Promise<SyncStatusResponse> {
        requireId(providerConfigKey, 'providerConfigKey', 'syncStatus');
        const query = {
            syncs: joinSyncs(syncs, 'syncStatus'),
            provider_config_key: providerConfigKey,
            connection_id: optionalId(connectionId, 'syncStatus'),
        };
        return call(this, syncStatus, { query, options });
    }

    /**
     * Changes how often a sync runs for one connection (wire contract 11.4).
     *
     * @param providerConfigKey the integration's id
     * @param sync its name, or name and variant
     * @param frequency e.g. `every 2h`, at least 30 seconds; null for the deployed one
     * @returns the frequency as the API understood it
     * @throws {NangoNotFoundError} `unknown_connection`, `unknown_sync`
     * @example
     * ```ts
     * const { frequency } = await nango.updateSyncConnectionFrequency('github', 'issues', 'user-1', 'every 2h');
     * ```
     */
    async updateSyncConnectionFrequency(
        providerConfigKey: string,
        sync: SyncName,
        connectionId: string,
        frequency: string | null,
        options?: CallOptions,
    ): Promise<UpdateSyncFrequencyResponse> {
        const name = 'updateSyncConnectionFrequency';
        requireId(providerConfigKey, 'providerConfigKey', name);
        requireId(connectionId, 'connectionId', name);
        checkSyncs([sync], name);
        if (typeof frequency !== 'string' && frequency !== null) {
            throw new NangoInputError(`${name}: \`frequency\` must be text such as 'every 2h', or null for the deployed one`, {
                operation: name,
                parameter: 'frequency',
            });
        }
        const [sync_name, sync_variant] = typeof sync === 'string' ? [sync] : [sync.name, sync.variant];
        const body = { sync_name, sync_variant, provider_config_key: providerConfigKey, connection_id: connectionId, frequency };
        return call(this, updateSyncConnectionFrequency, { body, options });
    }

    /**
     * Makes a variant of a sync for one connection: the same sync with a schedule, metadata and records of its own (wire contract 11.5).
     *
     * @throws {NangoApiError} `invalid_variant`, `sync_variant_already_exists`, `resource_capped`
     * @throws {NangoNotFoundError} `unknown_sync`, `unknown_connection`, `unknown_provider_config`
     * @example
     * ```ts
     * const { id } = await nango.createSyncVariant({
     *     provider_config_key: 'github',
     *     connection_id: 'user-1',
     *     name: 'files',
     *     variant: 'docs',
     * });
     * ```
     */
    async createSyncVariant(
        props: SyncVariantInput,
        options?: CallOptions,
    ): Promise<{ id: string; name: string; variant: string }> {
        return call(this, createSyncVariant, { ...variantInput(props, 'createSyncVariant'), options });
    }

    /**
     * Deletes a variant of a sync (wire contract 11.5).
     *
     * @throws {NangoApiError} `invalid_variant`
     * @throws {NangoNotFoundError} `not_found`, `unknown_connection`
     * @example
     * ```ts
     * await nango.deleteSyncVariant({ provider_config_key: 'github', connection_id: 'user-1', name: 'files', variant: 'docs' });
     * ```
     */
    async deleteSyncVariant(props: SyncVariantInput, options?: CallOptions): Promise<{ success: boolean }> {
        return call(this, deleteSyncVariant, { ...variantInput(props, 'deleteSyncVariant'), options });
    }
}

function commandBody(providerConfigKey: string, syncs: readonly SyncName[], connectionId: string | undefined, name: string) {
    requireId(providerConfigKey, 'providerConfigKey', name);
    return {
        syncs: checkSyncs(syncs, name),
        provider_config_key: providerConfigKey,
        connection_id: optionalId(connectionId, name),
    };
}

/** An empty id by mistake must not become a command to every connection. */
function optionalId(connectionId: string | null | undefined, name: string): string | undefined {
    if (connectionId === undefined || connectionId === null) return undefined;
    requireId(connectionId, 'connectionId', name);
    return connectionId;
}

function variantInput(props: SyncVariantInput, operation: string) {
    const { provider_config_key, connection_id, name, variant } = props ?? {};
    requireId(provider_config_key, 'provider_config_key', operation);
    requireId(connection_id, 'connection_id', operation);
    return { path: { name, variant }, body: { provider_config_key, connection_id } };
}

/** The whole answer, typed as `@nangohq/node` types it: code such as `return nango.startSync(…)` in a `Promise<void>` goes on compiling. */
function answered(response: Promise<unknown>): Promise<void> {
    return response as Promise<void>;
}
