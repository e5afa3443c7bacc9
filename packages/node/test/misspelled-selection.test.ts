import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Nango, NangoInputError } from '../src/index.js';
import { type RecordingServer, startRecordingServer } from './recording-server.js';

/** A filter that is spelled wrong would be none, and the list hold everybody's: nothing is sent (`misspelled-members` of docs/migration.md). */

let server: RecordingServer;
let nango: Nango;

beforeAll(async () => {
    server = await startRecordingServer();
    nango = new Nango({ apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b', host: server.url, retry: false, rateLimit: false });
});
afterAll(() => server.close());
beforeEach(() =>
    server.answer(() => ({
        body: {
            connections: [],
            credentials: { type: 'OAUTH2', access_token: 't' },
            records: [],
            next_cursor: null,
            data: [],
            count: 0,
            has_more: false,
        },
    })),
);

// The types refuse what is tried here; JavaScript, and a variable of a wider type, do not.
type Wrong = any;

const key = { providerConfigKey: 'github', connectionId: 'c1', model: 'Issue' };
const consumer = { load: () => undefined, save: () => undefined, handle: () => undefined };
const all = async (items: AsyncIterable<unknown>) => {
    for await (const _ of items);
};

const selecting: Record<string, { run: (wrong: Wrong) => Promise<unknown>; wrong: [member: string, meant: string][] }> = {
    listConnections: {
        run: (wrong) => nango.listConnections(wrong),
        wrong: [
            ['userID', 'userId'],
            ['user_id', 'userId'],
            ['endUserId', 'userId'],
            ['connection_id', 'connectionId'],
            ['integrationID', 'integrationId'],
            ['integrationIds', 'integrationId'],
            ['tag', 'tags'],
        ],
    },
    'listConnections, older form': {
        run: (wrong) => nango.listConnections(undefined, undefined, wrong),
        wrong: [
            ['userId', 'endUserId'],
            ['end_user_id', 'endUserId'],
        ],
    },
    iterateConnections: {
        run: (wrong) => all(nango.iterateConnections(wrong)),
        wrong: [
            ['userID', 'userId'],
            ['endUserId', 'userId'],
        ],
    },
    listRecords: {
        run: (wrong) => nango.listRecords({ ...key, ...wrong }),
        wrong: [
            ['modified_after', 'modifiedAfter'],
            ['filters', 'filter'],
            ['variants', 'variant'],
        ],
    },
    iterateRecords: {
        run: (wrong) => all(nango.iterateRecords({ ...key, ...wrong })),
        wrong: [
            ['modified_after', 'modifiedAfter'],
            ['maxRecord', 'maxRecords'],
            ['page_size', 'pageSize'],
        ],
    },
    consumeRecords: {
        run: (wrong) => nango.consumeRecords({ ...key, ...wrong }, consumer),
        wrong: [
            ['Variant', 'variant'],
            ['filtre', 'filter'],
        ],
    },
    'consumeRecords, consumer': {
        run: (wrong) => nango.consumeRecords(key, { ...consumer, ...wrong }),
        wrong: [
            ['batch_size', 'batchSize'],
            ['maxBatch', 'maxBatches'],
            ['transacton', 'transaction'],
            ['locks', 'lock'],
        ],
    },
    pruneRecords: {
        run: (wrong) => nango.pruneRecords({ ...key, untilCursor: 'x', ...wrong }),
        wrong: [
            ['limits', 'limit'],
            ['variants', 'variant'],
        ],
    },
    getConnection: { run: (wrong) => nango.getConnection('github', 'c1', wrong), wrong: [['force_refresh', 'forceRefresh']] },
    getToken: { run: (wrong) => nango.getToken('github', 'c1', wrong), wrong: [['forcedRefresh', 'forceRefresh']] },
    triggerSync: { run: (wrong) => nango.triggerSync('github', [], 'c1', wrong), wrong: [['empty_cache', 'emptyCache']] },
    getFunction: {
        run: (wrong) => nango.getFunction({ uniqueKey: 'github', name: 'issues' }, wrong),
        wrong: [['types', 'type']],
    },
    getFunctionCode: {
        run: (wrong) => nango.getFunctionCode({ uniqueKey: 'github', name: 'issues' }, wrong),
        wrong: [['Type', 'type']],
    },
    getIntegration: { run: (wrong) => nango.getIntegration({ uniqueKey: 'github' }, wrong), wrong: [['includes', 'include']] },
    listProviders: { run: (wrong) => nango.listProviders(wrong), wrong: [['Search', 'search']] },
    createReconnectSession: {
        run: (wrong) => nango.createReconnectSession({ connection_id: 'c1', integration_id: 'github', ...wrong }),
        wrong: [
            ['keepTag', 'keepTags'],
            ['keep_tags', 'keepTags'],
        ],
    },
    listFunctions: { run: (wrong) => nango.listFunctions({ uniqueKey: 'github' }, wrong), wrong: [['types', 'type']] },
};

describe.each(Object.entries(selecting))('%s', (_name, { run, wrong }) => {
    test.each(wrong)('`%s` is refused, `%s` is named', async (member, meant) => {
        const failure = await run({ [member]: 'user-1' }).then(
            () => undefined,
            (error) => error,
        );
        expect(failure).toBeInstanceOf(NangoInputError);
        expect(failure.message).toMatch(new RegExp(`: \`${member}\` is none of .*; did you mean \`${meant}\`\\?$`));
        expect(server.requests).toEqual([]);
    });

    test('a member without a value is none', async () => {
        await run(Object.fromEntries(wrong.map(([member]) => [member, undefined])));
        expect(server.requests).toHaveLength(1);
    });
});

test('what is nothing like a known member is answered with all of them', async () => {
    await expect(nango.listConnections({ organization: 'acme' } as Wrong)).rejects.toThrow(
        'listConnections: `organization` is none of its members; there are connectionId, userId, integrationId, tags, limit, page',
    );
});

class OfUser {
    constructor(readonly id: string) {}
    get userId() {
        return this.id;
    }
}
class Page extends OfUser {
    readonly limit = 10;
    readonly endUserID = 'x';
}

test('the filters of a class instance hold, getters and inherited ones too, in both forms', async () => {
    await nango.listConnections(new OfUser('user-1') as Wrong);
    await all(nango.iterateConnections(new OfUser('user-1') as Wrong));
    await all(nango.iterateRecords(Object.create({ ...key, filter: 'added' })));
    await nango.consumeRecords(Object.create({ ...key, filter: 'added' }), consumer);
    expect(server.requests.map(({ query }) => Object.fromEntries(query))).toEqual([
        { endUserId: 'user-1' },
        { endUserId: 'user-1', limit: '500' },
        expect.objectContaining({ model: 'Issue', filter: 'added' }),
        expect.objectContaining({ model: 'Issue', filter: 'added' }),
    ]);
});

test('of a class instance only a near miss is refused', async () => {
    class Misspelled {
        userid = 'user-1';
    }
    await expect(nango.listConnections(new Misspelled() as Wrong)).rejects.toThrow('did you mean `userId`?');
    expect(new Page('user-1').endUserID).toBe('x');
    await nango.listConnections(new Page('user-1') as Wrong);
    expect(server.requests).toHaveLength(1);
});

test.each([
    [['user-1']],
    [[]],
    [new Map([['userId', 'user-1']])],
    [new Map()],
    [new URLSearchParams({ userId: 'user-1' })],
    [new FormData()],
])('a filter in the entries of %o is not passed over', async (entries) => {
    for (const list of [() => nango.listConnections(entries as Wrong), () => all(nango.iterateConnections(entries as Wrong))])
        await expect(list()).rejects.toThrow('Object.fromEntries');
    expect(server.requests).toEqual([]);
});

test.each(['onrequest', 'onErrors', 'on_retry', 'onRatelimit', 'aroundCalls'])('the hook `%s` is a near miss', (name) => {
    const make = (hooks: Wrong) => new Nango({ apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b', hooks });
    expect(() => make({ [name]: () => {} })).toThrow(`\`${name}\` is none of the hooks; did you mean`);
    expect(() => make([{ onError: () => {} }, { [name]: () => {} }])).toThrow('did you mean');
    expect(() => make({ onError: () => {}, counter: 1 })).not.toThrow();
});
