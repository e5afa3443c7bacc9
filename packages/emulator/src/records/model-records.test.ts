import { expect, test } from 'vitest';
import { comparePositions, ModelRecords } from './model-records.js';
import type { StoredRecord } from './record-row.js';

/** Numbers that are the same in each run (mulberry32). */
function numbers(seed: number) {
    let state = seed;
    return (below: number) => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
}

let uuids = 0;
const nextUuid = () => `00000000-0000-7000-8000-${(++uuids).toString(16).padStart(12, '0')}`;
const key = ({ id, lastModifiedAt, uuid }: StoredRecord) => `${lastModifiedAt} ${uuid} ${id}`;

test.each([1, 2, 3, 4, 5])('after any changes the list is that of the records in order, from any place (seed %i)', (seed) => {
    const random = numbers(seed);
    const records = new ModelRecords();
    const places: StoredRecord[] = [];
    for (let at = 1; at <= 200; at++) {
        const ids = Array.from({ length: random(6) }, () => `r${random(60)}`);
        if (random(4) === 0) records.markDeleted(ids, at);
        else
            records.save(
                ids.map((id) => ({ id, value: random(3) })),
                at,
                nextUuid,
            );
        if (random(3) > 0) continue;
        const expected = records
            .ids()
            .map((id) => records.get(id) as StoredRecord)
            .sort(comparePositions);
        const listed = [...records.after()];
        expect(listed.map(key)).toEqual(expected.map(key));
        expect(records.liveCount).toBe(expected.filter(({ deletedAt }) => deletedAt === null).length);
        // Also from where a record stood that has changed since.
        const middle = expected[random(expected.length)];
        if (middle) places.push({ ...middle });
        for (const place of places.slice(-3)) {
            const later = expected.filter((row) => comparePositions(row, place) > 0);
            expect([...records.after(place)].map(key)).toEqual(later.map(key));
        }
        const again = new ModelRecords();
        again.load(records.rows());
        expect(again.rows()).toEqual(records.rows());
    }
});

/** How many rows a call looks at. */
function looks(records: ModelRecords, work: () => void): number {
    let count = 0;
    const watched = [...records.after()];
    for (const row of watched) {
        const { lastModifiedAt } = row;
        Object.defineProperty(row, 'lastModifiedAt', {
            configurable: true,
            get() {
                count++;
                return lastModifiedAt;
            },
        });
    }
    work();
    const looked = count;
    for (const row of watched) {
        const { lastModifiedAt } = row;
        Object.defineProperty(row, 'lastModifiedAt', { configurable: true, writable: true, value: lastModifiedAt });
    }
    return looked;
}

const filled = (count: number) => {
    const records = new ModelRecords();
    records.save(
        Array.from({ length: count }, (_, id) => ({ id: `r${id}` })),
        1,
        nextUuid,
    );
    return records;
};

test('a page after a change looks at few of many records', () => {
    const records = filled(20_000);
    const last = [...records.after()].at(-1) as StoredRecord;
    const place = { lastModifiedAt: last.lastModifiedAt, uuid: last.uuid };
    const looked = looks(records, () => {
        // In another order than that of their ids, at one moment.
        records.save(
            [
                { id: 'r9', changed: 1 },
                { id: 'r5', changed: 1 },
            ],
            2,
            nextUuid,
        );
        expect([...records.after(place)].map(({ id }) => id)).toEqual(['r5', 'r9']);
    });
    expect(looked).toBeLessThan(200);
});

test('what is pruned is not looked at again', () => {
    const records = filled(20_000);
    const prune = (count: number) => {
        let left = count;
        for (const row of records.unpruned()) {
            if (left-- === 0) return;
            records.prune(row, 3);
        }
    };
    prune(19_000);
    expect(looks(records, () => prune(100))).toBeLessThan(600);
    expect([...records.unpruned()]).toHaveLength(900);
    // One that comes back is at the end, with its payload.
    records.save([{ id: 'r0', changed: 1 }], 4, nextUuid);
    expect([...records.unpruned()].at(-1)?.id).toBe('r0');
});

test('a pruned record that is saved as it was stays as it is', () => {
    const records = filled(2);
    records.prune(records.get('r0') as StoredRecord, 2);
    expect(records.save([{ id: 'r0' }], 3, nextUuid)).toEqual({ added: 0, updated: 0, deleted: 0 });
    expect(records.save([{ id: 'r0', changed: 1 }], 4, nextUuid)).toEqual({ added: 0, updated: 1, deleted: 0 });
});
