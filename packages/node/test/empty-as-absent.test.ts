import { Nango as Vendor } from '@nangohq/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Nango } from '../src/index.js';
import { type RecordingServer, startRecordingServer } from './recording-server.js';

/** What JavaScript and unset variables leave empty counts as absent wherever the vendor's client takes it so, and no filter is lost by it. */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
let server: RecordingServer;
beforeAll(async () => {
    server = await startRecordingServer();
});
afterAll(() => server.close());
beforeEach(() =>
    server.answer(() => ({
        body: {
            connections: [{ provider_config_key: 'github', connection_id: 'c1' }],
            records: [],
            next_cursor: null,
            count: 0,
            has_more: false,
        },
    })),
);

// The types refuse most of what is tried here.
type Loose = any;

const key = { providerConfigKey: 'github', connectionId: 'c1', model: 'Issue' };
const all = async (items: AsyncIterable<unknown>) => {
    for await (const _ of items);
};

/** What both clients send for a call. */
async function sentByBoth(call: (nango: Loose) => Promise<unknown>) {
    const sent = [];
    for (const Client of [Vendor, Nango]) {
        server.requests.length = 0;
        await call(new Client({ apiKey, host: server.url }));
        sent.push(
            server.requests.map(({ method, path, query, body }) => ({ method, path: path.replace(/\/$/, ''), query, body })),
        );
    }
    return sent;
}

describe.each([null, ''])('%j', (none) => {
    test.each(['variant', 'cursor', 'modifiedAfter', 'filter', 'limit'])('as `%s` of listRecords', async (member) => {
        const [vendor, ours] = await sentByBoth((nango) => nango.listRecords({ ...key, [member]: none }));
        expect(vendor).toEqual([expect.objectContaining({ query: [['model', 'Issue']] })]);
        expect(ours).toEqual(vendor);
    });

    test('as the variant of pruneRecords', async () => {
        const [vendor, ours] = await sentByBoth((nango) => nango.pruneRecords({ ...key, untilCursor: 'x', variant: none }));
        expect(JSON.parse(vendor?.[0]?.body ?? '')).toEqual({ model: 'Issue', until_cursor: 'x' });
        expect(ours?.map(({ body }) => JSON.parse(body))).toEqual(vendor?.map(({ body }) => JSON.parse(body)));
    });

    test('as the variant of iterateRecords and consumeRecords, whose key has none then', async () => {
        const nango = new Nango({ apiKey, host: server.url });
        const keys: unknown[] = [];
        server.requests.length = 0;
        await all(nango.iterateRecords({ ...key, variant: none as Loose }));
        const load = (of: unknown) => void keys.push(of);
        await nango.consumeRecords({ ...key, variant: none as Loose }, { load, save: () => {}, handle: () => {} });
        expect(server.requests.map(({ query }) => Object.keys(Object.fromEntries(query)))).not.toContainEqual(
            expect.arrayContaining(['variant']),
        );
        expect(keys).toEqual([key]);
    });

    test('as one of the two names of the key', async () => {
        for (const keyed of [
            { apiKey, secretKey: none },
            { apiKey: none, secretKey: apiKey },
        ]) {
            const nango = new Nango({ ...keyed, host: server.url } as Loose);
            await nango.listIntegrations();
            expect(nango.apiKey).toBe(apiKey);
            expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${apiKey}`);
        }
        expect(() => new Nango({ apiKey: none, secretKey: none } as Loose)).toThrow('`apiKey` is missing');
    });
});

test('null as the options of a call', async () => {
    const [vendor, ours] = await sentByBoth((nango) => nango.waitForConnection('github', 'user-1', null));
    expect(ours).toEqual(vendor);
});
