import { inputError } from '@x/core/internal';
import type { RecordsKey } from './record.js';

/** A webhook about a run of a sync, as `parseWebhook` of `@x/webhooks` returns it, or the parsed body. */
export interface SyncWebhook<I extends string = string, Model extends string = string> {
    type: 'sync';
    providerConfigKey: I;
    connectionId: string;
    model: Model;
    /** `base` unless the sync has variants. */
    syncVariant?: string | undefined;
}

/**
 * Whose records a webhook is about.
 *
 * @throws {NangoInputError} when the event is not a sync's
 */
export function keyOfWebhook(event: SyncWebhook, operation: string): RecordsKey {
    if (event?.type !== 'sync') {
        const type = JSON.stringify((event as { type?: unknown } | undefined)?.type);
        throw inputError(operation, 'event', `needs a webhook of type "sync", got ${type}; check \`event.type\` first`);
    }
    const { providerConfigKey, connectionId, model, syncVariant } = event;
    return { providerConfigKey, connectionId, model, variant: syncVariant };
}
