import { setTimeout as wait } from 'node:timers/promises';
import { Nango } from '@nangohq/node';
import { describe, expect, test } from 'vitest';
import { apiKey, serve } from '../../../core/test/support/loopback.js';
import { runChild } from '../../../core/test/support/run-child.js';
import { Records } from '../../src/index.js';
import { many, recordsFrom } from '../record-server.js';

const key = { providerConfigKey: 'p', connectionId: 'c', model: 'Big' };

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

    test("500 pages, 20 ms of latency and 20 ms of work each, take less than 1/1.5 of the vendor's loop", {
        timeout: 120_000,
        retry: 2,
    }, async () => {
        const latency = 20;
        const pages = 500;
        const { url } = await serve(async (request, response) => {
            await wait(latency);
            return recordsFrom(many(pages))(request, response);
        });
        const vendor = new Nango({ secretKey: apiKey, host: url });
        let started = performance.now();
        let cursor: string | null = null;
        do {
            const page: { next_cursor: string | null } = await vendor.listRecords({ ...key, limit: 1, cursor });
            await wait(latency);
            cursor = page.next_cursor;
        } while (cursor !== null);
        const plain = performance.now() - started;
        started = performance.now();
        let seen = 0;
        for await (const _ of new Records({ apiKey, host: url }).iterateRecords({ ...key, pageSize: 1 })) {
            await wait(latency);
            seen++;
        }
        const ahead = performance.now() - started;
        expect(seen).toBe(pages);
        console.log(
            `the vendor's loop ${Math.round(plain)} ms, iterateRecords ${Math.round(ahead)} ms: ${(plain / ahead).toFixed(2)} x`,
        );
        expect(plain / ahead).toBeGreaterThan(1.5);
    });
});
