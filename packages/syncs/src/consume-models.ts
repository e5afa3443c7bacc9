import type { CallOptions, Operation } from '@x/core';
import { type ConsumeResult, consume } from './consume-records.js';
import type { RecordsConsumer, TransactionalConsumer } from './consumer.js';
import type { RecordPayload, RecordsKey } from './record.js';

/** {@link consume}, of each model in turn where the key names several with commas between, as the webhook of a failed run does. */
export async function consumeModels<T extends RecordPayload>(
    client: object,
    key: RecordsKey,
    consumer: RecordsConsumer<T> | TransactionalConsumer<T>,
    options: CallOptions | undefined,
    operation: Operation,
): Promise<ConsumeResult> {
    // The name of a model can't hold a comma. What is no text is refused with the rest of the key.
    const models = typeof key.model === 'string' ? key.model.split(',') : [];
    if (models.length < 2 || models.includes('')) return consume(client, key, consumer, options, operation);
    const results: ConsumeResult[] = [];
    for (const model of models) results.push(await consume(client, { ...key, model }, consumer, options, operation));
    const sum = (count: (result: ConsumeResult) => number) => results.reduce((total, result) => total + count(result), 0);
    return {
        key: { ...(results[0] as ConsumeResult).key, model: key.model },
        batches: sum(({ batches }) => batches),
        records: sum(({ records }) => records),
        cursor: undefined,
        caughtUp: results.every(({ caughtUp }) => caughtUp),
        lag: Math.max(...results.map(({ lag }) => lag)),
    };
}
