import { describe, expect, test } from 'vitest';
import { serve } from '../../../core/test/support/loopback.js';
import { runChild } from '../../../core/test/support/run-child.js';

describe.runIf(process.env.HEAVY)('many records', () => {
    test('a million, in pages of 10,000, are read with flat memory', { timeout: 300_000 }, async () => {
        const total = 1_000_000;
        const { url } = await serve(({ query }) => {
            const from = Number(query.get('cursor') ?? 0);
            const to = Math.min(from + Number(query.get('limit')), total);
            const records = Array.from({ length: to - from }, (_, index) => {
                const id = String(from + index);
                const _nango_metadata = { cursor: String(from + index + 1), last_action: 'ADDED', pruned_at: null };
                return { id, title: `title of ${id}`, body: 'some text that a record may hold', _nango_metadata };
            });
            return { records, next_cursor: to < total ? String(to) : null };
        });
        const { records, inOrder, heap } = await runChild<{ records: number; inOrder: boolean; heap: number[] }>(
            new URL('./read-million.ts', import.meta.url),
            url,
            '10000',
        );
        expect({ records, inOrder }).toEqual({ records: total, inOrder: true });
        // Warm after the first ten pages. A page ahead may be whole or not yet there at either time: two pages of slack.
        expect(Math.max(...heap.slice(1)) - (heap[0] as number), heap.map(Math.round).join(' ')).toBeLessThan(20);
    });
});
