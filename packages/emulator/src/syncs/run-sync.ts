import { zuluDate } from '../connections/dates.js';
import { presentConnection } from '../connections/present-connection.js';
import type { EmulatorContext } from '../context.js';
import type { FunctionConnection, SyncRun } from '../functions/function-registry.js';
import type { Environment } from '../state/environment.js';
import type { ModelRecords } from '../state/model-records.js';
import { RecordTable } from '../state/record-table.js';
import type { ConnectionRow, RecordCounts, SyncJob, SyncRow } from '../state/rows.js';

/** Run a sync once: save what it gives, keep the job's result, send the webhooks. It never throws. */
export async function runSync(
    context: EmulatorContext,
    environment: Environment,
    connection: ConnectionRow,
    sync: SyncRow,
    reset: boolean,
): Promise<void> {
    const row = context.syncs.functionOf(environment, sync);
    const definition = context.functions.sync(sync.integrationId, sync.name);
    const models = row?.returns ?? [];
    const startedAt = context.clock.now();
    const fresh = reset || sync.lastSuccessAt === null;
    const job: SyncJob = {
        status: 'RUNNING',
        type: fresh ? 'INITIAL' : 'INCREMENTAL',
        startedAt,
        finishedAt: null,
        result: Object.fromEntries(models.map((model) => [model, { added: 0, updated: 0, deleted: 0 }])),
    };
    sync.job = job;
    context.changed();
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
                recordsOf(model).save(payloads, context.clock.micros(), () => nextRecordUuid(context)),
            );
        },
        remove(records, model = onlyModel(models)) {
            checkModel(models, model);
            const ids = records.map((record) => String(typeof record === 'object' ? (record as { id?: unknown }).id : record));
            const deleted = recordsOf(model).markDeleted(ids, context.clock.micros());
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
        job.finishedAt = context.clock.now();
        sync.lastSuccessAt = startedAt;
        connection.errors = connection.errors.filter((error) => error.type !== 'sync');
        sendSuccess();
    } catch (error) {
        job.status = 'ERROR';
        job.finishedAt = context.clock.now();
        connection.errors = [
            ...connection.errors.filter((entry) => entry.type !== 'sync'),
            { type: 'sync', log_id: context.ids.hex(20) },
        ];
        context.options.log?.(
            `sync ${sync.integrationId}/${sync.name} of ${connection.connectionId} failed: ${describeError(error)}`,
        );
        sendFailure(error);
    }
    context.changed();

    function dropUnseen(records: ModelRecords, kept: Set<string>, model: string): void {
        const gone = records.ids().filter((id) => !kept.has(id));
        if (gone.length === 0) return;
        add(job.result, model, { added: 0, updated: 0, deleted: records.markDeleted(gone, context.clock.micros()) });
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
            context.ports.webhooks.send({
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
        context.ports.webhooks.send({
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

const describeError = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** Record ids inside the emulator: they grow, so that records saved together keep their order. */
export function nextRecordUuid(context: EmulatorContext): string {
    const number = context.ids.number('record').toString(16).padStart(12, '0');
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
