import { zuluDate } from '../base/dates.js';
import type { ConnectionRow } from '../connections/connection-row.js';
import { presentConnection } from '../connections/present-connection.js';
import type { FunctionConnection, SyncRun } from '../functions/function-registry.js';
import type { ModelRecords } from '../records/model-records.js';
import type { RecordCounts } from '../records/record-row.js';
import { RecordTable } from '../records/record-table.js';
import type { Environment } from '../state/environment.js';
import { functionOf } from '../state/look-up.js';
import type { World } from '../world.js';
import type { SyncJob, SyncRow } from './sync-row.js';

/** Run a sync once: save what it gives, keep the job's result, send the webhooks. It never throws. */
export async function runSync(
    world: World,
    environment: Environment,
    connection: ConnectionRow,
    sync: SyncRow,
    reset: boolean,
): Promise<void> {
    const row = functionOf(environment, 'sync', sync);
    const definition = world.functions.sync(sync.integrationId, sync.name);
    const models = row?.returns ?? [];
    const startedAt = world.clock.now();
    const fresh = reset || sync.lastSuccessAt === null;
    const job: SyncJob = {
        status: 'RUNNING',
        // Only a sync that is declared incremental ever leaves INITIAL (contract 11.3).
        type: fresh || row?.syncType !== 'incremental' ? 'INITIAL' : 'INCREMENTAL',
        startedAt,
        finishedAt: null,
        result: Object.fromEntries(models.map((model) => [model, { added: 0, updated: 0, deleted: 0 }])),
    };
    sync.job = job;
    world.changed();
    const seen = new Map<string, Set<string>>();
    const recordsOf = (model: string) => environment.records.open(connection.id, RecordTable.storedName(model, sync.variant));
    const from = sync.checkpoint;

    const run: SyncRun = {
        metadata: structuredClone(connection.metadata ?? {}),
        connection: presentConnection(connection, { credentials: true, refreshToken: true }) as unknown as FunctionConnection,
        variant: sync.variant,
        lastSyncDate: fresh ? undefined : new Date(sync.lastSuccessAt as number),
        checkpoint: structuredClone(sync.checkpoint),
        save(records, model = onlyModel(models)) {
            checkModel(models, model);
            const payloads = records.map((record) => toPayload(record));
            const ids = seen.get(model) ?? new Set();
            seen.set(model, ids);
            for (const payload of payloads) ids.add(String(payload.id));
            add(
                job.result,
                model,
                recordsOf(model).save(payloads, world.clock.micros(), () => nextRecordUuid(world)),
            );
        },
        remove(records, model = onlyModel(models)) {
            checkModel(models, model);
            const ids = records.map((record) => String(typeof record === 'object' ? (record as { id?: unknown }).id : record));
            const deleted = recordsOf(model).markDeleted(ids, world.clock.micros());
            add(job.result, model, { added: 0, updated: 0, deleted });
        },
        setCheckpoint(checkpoint) {
            sync.checkpoint = structuredClone(checkpoint);
        },
    };

    try {
        const returned = await definition?.run(run);
        if (Array.isArray(returned)) run.save(returned as object[]);
        if (definition && row?.trackDeletes) {
            for (const model of models) dropUnseen(recordsOf(model), seen.get(model) ?? new Set(), model);
        }
        job.status = 'SUCCESS';
        job.finishedAt = world.clock.now();
        sync.lastSuccessAt = startedAt;
        connection.errors = withoutErrorOf(connection, sync);
        sendSuccess();
    } catch (error) {
        job.status = 'ERROR';
        job.finishedAt = world.clock.now();
        connection.errors = [...withoutErrorOf(connection, sync), { type: 'sync', log_id: world.ids.hex(20), sync: sync.id }];
        world.options.log?.(
            `sync ${sync.integrationId}/${sync.name} of ${connection.connectionId} failed: ${describeError(error)}`,
        );
        sendFailure(error);
    }
    world.changed();

    function dropUnseen(records: ModelRecords, kept: Set<string>, model: string): void {
        const gone = records.ids().filter((id) => !kept.has(id));
        if (gone.length === 0) return;
        add(job.result, model, { added: 0, updated: 0, deleted: records.markDeleted(gone, world.clock.micros()) });
    }

    function base(model: string) {
        return {
            type: 'sync',
            from: 'nango',
            connectionId: connection.connectionId,
            providerConfigKey: connection.providerConfigKey,
            syncName: sync.name,
            syncVariant: sync.variant,
            model,
            syncType: job.type,
        };
    }

    function sendSuccess(): void {
        for (const [model, counts] of Object.entries(job.result)) {
            const changes = counts.added + counts.updated + counts.deleted;
            if (changes === 0 && !environment.settings.webhooks.on_sync_completion_always) continue;
            world.webhooks.send({
                environment,
                connection,
                body: {
                    ...base(model),
                    success: true,
                    responseResults: counts,
                    modifiedAfter: zuluDate(startedAt),
                    queryTimeStamp: zuluDate(startedAt),
                    checkpoints: from === null && sync.checkpoint === null ? null : { from, to: sync.checkpoint },
                },
            });
        }
    }

    function sendFailure(error: unknown): void {
        if (!environment.settings.webhooks.on_sync_error) return;
        world.webhooks.send({
            environment,
            connection,
            body: {
                ...base(models.join(',')),
                success: false,
                error: { type: 'script_internal_error', description: error instanceof Error ? error.message : String(error) },
                startedAt: zuluDate(startedAt),
                failedAt: zuluDate(job.finishedAt as number),
            },
        });
    }
}

const withoutErrorOf = (connection: ConnectionRow, sync: SyncRow) => connection.errors.filter((error) => error.sync !== sync.id);

const describeError = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** Record ids inside the emulator: they grow, so that records saved together keep their order. */
export function nextRecordUuid(world: World): string {
    const number = world.ids.number('record').toString(16).padStart(12, '0');
    return `00000000-0000-7000-8000-${number}`;
}

function onlyModel(models: readonly string[]): string {
    if (models.length === 1) return models[0] as string;
    throw new TypeError(`This sync has the models ${models.join(', ')}: name the one to save to.`);
}

function checkModel(models: readonly string[], model: string): void {
    if (!models.includes(model)) throw new TypeError(`This sync has no model ${model}; it has ${models.join(', ')}.`);
}

function toPayload(record: object): Record<string, unknown> {
    const payload = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
    if (typeof payload.id !== 'string' && typeof payload.id !== 'number') {
        throw new TypeError('Every record that a sync saves needs an id, a string or a number.');
    }
    return payload;
}

function add(result: Record<string, RecordCounts>, model: string, counts: RecordCounts): void {
    const sum = result[model] ?? { added: 0, updated: 0, deleted: 0 };
    result[model] = sum;
    sum.added += counts.added;
    sum.updated += counts.updated;
    sum.deleted += counts.deleted;
}
