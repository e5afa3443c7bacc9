import { expect, test } from 'vitest';
import { eventually, settle } from '../../core/test/support/eventually.js';
import { apiKey, serve } from '../../core/test/support/loopback.js';
import { Records } from '../src/index.js';
import { many, recordsFrom } from './record-server.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };

test('the next page, and no more, is asked for while the caller works', async () => {
    const pages = 6;
    const { url, requests } = await serve(recordsFrom(many(pages)));
    const nango = new Records({ apiKey, host: url });
    let seen = 0;
    for await (const _ of nango.iterateRecords({ ...key, pageSize: 1 }).pages()) {
        seen++;
        // The work ends when the request for the next page is there: without it, it would not end.
        await eventually(() => expect(requests).toHaveLength(Math.min(seen + 1, pages)));
        await settle();
        expect(requests).toHaveLength(Math.min(seen + 1, pages));
    }
    expect(seen).toBe(pages);
});
