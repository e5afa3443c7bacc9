import { z } from 'zod';
import type { ClockState } from '../base/clock.js';
import type { IdState } from '../base/ids.js';
import { readGiven } from '../base/read-given.js';
import type { EmulatorContext } from '../context.js';
import type { StoreState } from '../state/store.js';
import { refusal } from './seed-error.js';

/**
 * The whole state as JSON, credentials included: it must give the same answers when it is restored. Functions are in it as they are
 * deployed; their code is not.
 */
export interface Snapshot {
    version: 1;
    clock: ClockState;
    ids: IdState;
    store: StoreState;
}

const rows = (...fields: string[]) =>
    z.array(z.looseObject(Object.fromEntries(fields.map((field) => [field, z.union([z.string(), z.number()])]))));

const snapshotSchema = z.strictObject({
    version: z.literal(1),
    clock: z.strictObject({ offset: z.number(), frozenAt: z.number().nullable(), lastMicros: z.number() }),
    ids: z.strictObject({ seed: z.string(), drawn: z.number(), numbers: z.record(z.string(), z.number()) }),
    store: z.strictObject({
        keys: rows('id', 'secret', 'kind'),
        environments: z
            .array(
                z.strictObject({
                    settings: z.looseObject({
                        id: z.number(),
                        uuid: z.string(),
                        name: z.string(),
                        webhookSigningKey: z.string(),
                    }),
                    integrations: rows('id', 'uniqueKey', 'provider'),
                    connections: rows('id', 'connectionId', 'providerConfigKey'),
                    sessions: rows('id', 'token', 'expiresAt'),
                    functions: rows('id', 'integrationId', 'type', 'name'),
                    syncs: rows('id', 'connection', 'name', 'variant'),
                    actions: rows('id', 'connection', 'name', 'state'),
                    records: z.array(
                        z.strictObject({
                            connection: z.number(),
                            model: z.string(),
                            rows: rows('id', 'uuid', 'hash', 'firstSeenAt', 'lastModifiedAt'),
                        }),
                    ),
                }),
            )
            .min(1),
    }),
});

/** Everything as it is now. */
export function takeSnapshot(context: EmulatorContext): Snapshot {
    return structuredClone({ version: 1, clock: context.clock.save(), ids: context.ids.save(), store: context.store.save() });
}

/** Replace everything. @throws SeedError when it is no snapshot; nothing is changed then */
export function restoreSnapshot(context: EmulatorContext, snapshot: unknown): void {
    const { issues } = readGiven(snapshotSchema, snapshot);
    if (issues) throw refusal('snapshot', issues);
    const { clock, ids, store } = structuredClone(snapshot) as Snapshot;
    context.clock.reset(clock);
    context.ids.restore(ids);
    context.store.load(store);
    context.syncs.resume();
    context.actions.resume();
    context.changed();
}
