import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { apiKey, serve } from '../../core/test/support/loopback.js';
import { Records, type RecordsPage } from '../src/index.js';
import { many, recordsFrom } from './record-server.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };

// Twice as fast where nothing else runs; tried again where something does.
test('the next page comes while the caller works', { retry: 3 }, async () => {
    const latency = 20;
    const pages = 40;
    const { url } = await serve(async (request, response) => {
        await wait(latency);
        return recordsFrom(many(pages))(request, response);
    });
    const nango = new Records({ apiKey, host: url });
    const time = async (run: () => Promise<void>) => {
        const started = performance.now();
        await run();
        return performance.now() - started;
    };
    const plain = await time(async () => {
        let cursor: string | null = null;
        do {
            const page: RecordsPage = await nango.listRecords({ ...key, limit: 1, cursor });
            await wait(latency);
            cursor = page.next_cursor;
        } while (cursor !== null);
    });
    const ahead = await time(async () => {
        for await (const _ of nango.iterateRecords({ ...key, pageSize: 1 }).pages()) await wait(latency);
    });
    expect(plain / ahead).toBeGreaterThan(1.5);
});
