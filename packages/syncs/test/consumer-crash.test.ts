import { expect, test } from 'vitest';
import { apiKey, serve } from '../../core/test/support/loopback.js';
import { fc } from '../../core/test/support/properties.js';
import { Records } from '../src/index.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };

/** Where a consumer can die. `handle` dies when half of the batch is written. */
const points = ['load', 'fetch', 'handle', 'handled', 'saved'] as const;

interface Plan {
    readonly records: number;
    readonly batchSize: number;
    readonly prefetch: boolean;
    /** One crash for each run but the last: at which point, in which batch of the run. */
    readonly crashes: readonly { readonly point: (typeof points)[number]; readonly batch: number }[];
    /** Which record changes, and so moves to the end of the list, when the n-th request comes in. */
    readonly changes: readonly (number | null)[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
    records: fc.integer({ min: 0, max: 30 }),
    batchSize: fc.integer({ min: 1, max: 12 }),
    prefetch: fc.boolean(),
    crashes: fc.array(fc.record({ point: fc.constantFrom(...points), batch: fc.integer({ min: 0, max: 4 }) }), { maxLength: 6 }),
    changes: fc.array(fc.option(fc.nat({ max: 29 })), { maxLength: 12 }),
});

test('a consumer that dies anywhere between fetch, handle and save loses nothing, keeps the order, and repeats one batch at most', async () => {
    const list = new Map<string, { place: number; version: number }>();
    let place = 0;
    let changes: (number | null)[] = [];
    let fetches = 0;
    let dieAtFetch: number | undefined;
    const { url } = await serve(({ query }, response) => {
        const changed = list.get(String(changes.shift() ?? 'none'));
        if (changed) Object.assign(changed, { place: ++place, version: changed.version + 1 });
        if (fetches++ === dieAtFetch) {
            response.destroy();
            return undefined;
        }
        const after = Number(query.get('cursor') ?? 0);
        const left = [...list].filter(([, record]) => record.place > after).sort(([, a], [, b]) => a.place - b.place);
        const page = left.slice(0, Number(query.get('limit')));
        return {
            records: page.map(([id, { place, version }]) => ({
                id,
                version,
                _nango_metadata: { cursor: String(place), last_action: version ? 'UPDATED' : 'ADDED', pruned_at: null },
            })),
            next_cursor: left.length > page.length ? String(page.at(-1)?.[1].place) : null,
        };
    });
    const nango = new Records({ apiKey, host: url, retry: false });

    await fc.assert(
        fc.asyncProperty(plans, async ({ records, batchSize, prefetch, crashes, changes: planned }) => {
            list.clear();
            place = 0;
            changes = [...planned];
            for (let id = 0; id < records; id++) list.set(String(id), { place: ++place, version: 0 });
            let saved: string | undefined;
            /** Every write of every run: what came, at which place. */
            const written: { id: string; version: number; place: number }[] = [];

            for (const crash of [...crashes, undefined]) {
                let batch = 0;
                fetches = 0;
                dieAtFetch = crash?.point === 'fetch' ? crash.batch : undefined;
                const dieAt = (point: string) => {
                    if (crash?.point === point && crash.batch === batch) throw new Error(point);
                };
                const begun = written.length;
                const run = nango.consumeRecords<{ version: number }>(key, {
                    batchSize,
                    prefetch,
                    load() {
                        dieAt('load');
                        return saved;
                    },
                    async handle({ records }) {
                        for (const [index, { id, version, _nango_metadata }] of records.entries()) {
                            if (index === Math.ceil(records.length / 2)) dieAt('handle');
                            written.push({ id: String(id), version, place: Number(_nango_metadata.cursor) });
                        }
                        dieAt('handled');
                    },
                    save(cursor) {
                        saved = cursor;
                        dieAt('saved');
                        batch++;
                    },
                });
                if (crash) await run.catch(() => undefined);
                else expect(await run).toMatchObject({ caughtUp: true });

                const now = written.slice(begun).map(({ place }) => place);
                expect(now).toEqual([...now].sort((a, b) => a - b));
                // What this run repeats was in the batch that the run before could not save.
                const before = Math.max(0, ...written.slice(0, begun).map(({ place }) => place));
                expect(now.filter((place) => place <= before).length).toBeLessThanOrEqual(batchSize);
            }

            const kept = new Map<string, number>();
            for (const { id, version } of written) {
                expect(version).toBeGreaterThanOrEqual(kept.get(id) ?? 0);
                kept.set(id, version);
            }
            expect(kept).toEqual(new Map([...list].map(([id, { version }]) => [id, version])));
        }),
        { numRuns: 200 },
    );
});
