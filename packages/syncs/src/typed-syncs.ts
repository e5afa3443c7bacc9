import type { Described } from '@x/core';
import type { RecordPayload } from './record.js';
import type { SyncName, SyncVariantName } from './sync-types.js';

/** Names of an integration's syncs; any text where they are not known. */
export type SyncKey<T, I> = unknown extends T ? string : keyof Described<T, I, 'syncs'> & string;

/** How a call names one of an integration's syncs. */
export type SyncNameOf<T, I> = unknown extends T
    ? SyncName
    : SyncKey<T, I> | `${SyncKey<T, I>}::${string}` | SyncVariantName<SyncKey<T, I>>;

/** Names of an integration's models; any text where they are not known. */
export type ModelName<T, I> = unknown extends T ? string : keyof Described<T, I, 'models'> & string;

/** What an integration's syncs save under a model. */
export type RecordOf<T, I, Model> = Payload<Under<Described<T, I, 'models'>, Model>>;

type Under<Models, Model> = Models[Model & keyof Models];
type Payload<R> = R extends RecordPayload ? R : RecordPayload;

/** What a typed client takes as a sync's webhook: one of its own integrations, with one of its models. */
export type SyncWebhookOf<T> = {
    [I in keyof T]: {
        type: 'sync';
        providerConfigKey: I;
        connectionId: string;
        // A failed run's webhook has all of the sync's models, with commas between.
        model: ModelName<T, I> | `${ModelName<T, I>},${string}`;
        syncVariant?: string | undefined;
    };
}[keyof T];

/** The records that a webhook is about; of one that names several models, those of any model of the integration. */
export type RecordOfWebhook<T, Webhook> = Webhook extends { providerConfigKey: infer I; model: infer Model }
    ? RecordOf<T, I, Model extends `${string},${string}` ? ModelName<T, I> : Model>
    : never;
