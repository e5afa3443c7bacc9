import { type CallOptions, Client, call, callForResponse, type IfUntyped, type IntegrationId } from '@x/core';
import { argumentError, requireId } from '@x/core/internal';
import * as operations from './operations.js';
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
import type { ModelName, SyncKey, SyncNameOf } from './typed-syncs.js';

/**
 * The schedules of syncs, and their runs.
 *
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export class Syncs<T = any> extends Client {
    protected static override readonly product: string = `@x/syncs/${__VERSION__}`;
    declare untyped: () => Syncs;

    /**
     * Runs syncs once, in addition to their schedule. Resolves when the runs are queued; a `sync` webhook reports the end of each. Never
     * repeated by the client once sent, since a repeat is another run.
     *
     * @param providerConfigKey the integration's id
     * @param syncs none for all syncs of the integration
     * @param connectionId none for every connection of the integration
     * @param opts `reset` reads everything anew, `emptyCache` deletes the records kept so far. The older modes (`full_refresh`, `true`, …)
     * work too
     * @throws {NangoApiError} `no_syncs_found`; with a connection, syncs named earlier in the list have then been triggered already
     * @example
     * ```ts
     * await nango.triggerSync('github', ['issues', { name: 'files', variant: 'docs' }], 'user-1', { reset: true });
     * ```
     * @see docs/read-records.md
     */
    async triggerSync<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        syncs: readonly SyncNameOf<T, I>[] = [],
        connectionId?: string,
        opts?: TriggerSyncOptions | SyncMode,
        options?: CallOptions,
    ): Promise<void> {
        const body = { ...commandBody(providerConfigKey, syncs, connectionId, 'triggerSync'), ...runMode(opts) };
        return answered(callForResponse(this, operations.triggerSync, { body, options }));
    }

    /**
     * Resumes the schedules of syncs: each runs next when it was due, not at once. Without effect on a schedule that runs.
     *
     * @param providerConfigKey the integration's id
     * @param syncs up to 256; `[]` for all
     * @param connectionId none for every connection of the integration
     * @throws {NangoApiError} `no_syncs_found`
     * @example
     * ```ts
     * await nango.startSync('github', ['issues'], 'user-1');
     * ```
     * @see docs/read-records.md
     */
    async startSync<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        syncs: readonly SyncNameOf<T, I>[],
        connectionId?: string,
        options?: CallOptions,
    ): Promise<void> {
        const body = commandBody(providerConfigKey, syncs, connectionId, 'startSync');
        return answered(callForResponse(this, operations.startSync, { body, options }));
    }

    /**
     * Pauses the schedules of syncs.
     *
     * @param providerConfigKey the integration's id
     * @param syncs up to 256; `[]` for all
     * @param connectionId none for every connection of the integration
     * @throws {NangoApiError} `no_syncs_found`
     * @example
     * ```ts
     * await nango.pauseSync('github', ['issues'], 'user-1');
     * ```
     * @see docs/read-records.md
     */
    async pauseSync<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        syncs: readonly SyncNameOf<T, I>[],
        connectionId?: string,
        options?: CallOptions,
    ): Promise<void> {
        const body = commandBody(providerConfigKey, syncs, connectionId, 'pauseSync');
        return answered(callForResponse(this, operations.pauseSync, { body, options }));
    }

    /**
     * Gets the status of syncs. Unknown names are left out of the answer.
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
     * @see docs/read-records.md
     */
    async syncStatus<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        syncs: '*' | readonly SyncNameOf<T, I>[],
        connectionId?: string,
        options?: CallOptions,
    ): Promise<SyncStatusResponse<SyncKey<T, I>, ModelName<T, I>>> {
        const query = {
            provider_config_key: requireId(providerConfigKey, 'providerConfigKey', 'syncStatus'),
            syncs: joinSyncs(syncs, 'syncStatus'),
            connection_id: optionalId(connectionId, 'syncStatus'),
        };
        return call(this, operations.syncStatus, { query, options });
    }

    /**
     * Changes how often a sync runs for one connection.
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
     * @see docs/read-records.md
     */
    async updateSyncConnectionFrequency<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        sync: SyncNameOf<T, I>,
        connectionId: string,
        frequency: string | null,
        options?: CallOptions,
    ): Promise<UpdateSyncFrequencyResponse> {
        const name = 'updateSyncConnectionFrequency';
        const provider_config_key = requireId(providerConfigKey, 'providerConfigKey', name);
        const connection_id = requireId(connectionId, 'connectionId', name);
        const [named] = checkSyncs([sync], name) as [SyncName];
        if (typeof frequency !== 'string' && frequency !== null) {
            throw argumentError(name, 'frequency', "must be text such as 'every 2h', or null for the deployed one");
        }
        const [sync_name, sync_variant] = typeof named === 'string' ? [named] : [named.name, named.variant];
        const body = { sync_name, sync_variant, provider_config_key, connection_id, frequency };
        return call(this, operations.updateSyncConnectionFrequency, { body, options });
    }

    /**
     * Creates a variant of a sync for one connection: the same sync with its own schedule, metadata and records.
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
     * @see docs/read-records.md
     */
    async createSyncVariant<I extends IntegrationId<T> = IntegrationId<T>>(
        props: SyncVariantInput<IfUntyped<T, string, I>, SyncKey<T, I>>,
        options?: CallOptions,
    ): Promise<{ id: string; name: SyncKey<T, I>; variant: string }> {
        return call(this, operations.createSyncVariant, { ...variantInput(props, 'createSyncVariant'), options });
    }

    /**
     * Deletes a variant of a sync.
     *
     * @throws {NangoApiError} `invalid_variant`
     * @throws {NangoNotFoundError} `not_found`, `unknown_connection`
     * @example
     * ```ts
     * await nango.deleteSyncVariant({ provider_config_key: 'github', connection_id: 'user-1', name: 'files', variant: 'docs' });
     * ```
     * @see docs/read-records.md
     */
    async deleteSyncVariant<I extends IntegrationId<T> = IntegrationId<T>>(
        props: SyncVariantInput<IfUntyped<T, string, I>, SyncKey<T, I>>,
        options?: CallOptions,
    ): Promise<{ success: boolean }> {
        return call(this, operations.deleteSyncVariant, { ...variantInput(props, 'deleteSyncVariant'), options });
    }
}

function commandBody(providerConfigKey: string, syncs: readonly SyncName[], connectionId: string | undefined, name: string) {
    const provider_config_key = requireId(providerConfigKey, 'providerConfigKey', name);
    return {
        syncs: checkSyncs(syncs, name),
        provider_config_key,
        connection_id: optionalId(connectionId, name),
    };
}

/** An empty id by mistake must not become a command to every connection. */
function optionalId(connectionId: string | null | undefined, name: string): string | undefined {
    if (connectionId === undefined || connectionId === null) return undefined;
    return requireId(connectionId, 'connectionId', name);
}

function variantInput(props: SyncVariantInput, operation: string) {
    const { name, variant } = props ?? {};
    const provider_config_key = requireId(props?.provider_config_key, 'provider_config_key', operation);
    const connection_id = requireId(props?.connection_id, 'connection_id', operation);
    return { path: { name, variant }, body: { provider_config_key, connection_id } };
}

/** The whole answer, typed as `@nangohq/node` types it: code such as `return nango.startSync(…)` in a `Promise<void>` keeps compiling. */
function answered(response: Promise<unknown>): Promise<void> {
    return response as Promise<void>;
}
