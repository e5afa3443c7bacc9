import { expect, test } from 'vitest';
import { settle } from '../../core/test/support/eventually.js';
import { apiKey, fail, serve } from '../../core/test/support/loopback.js';
import { NangoCursorError, Records } from '../src/index.js';
import { many, recordsFrom } from './record-server.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };

async function start(handler: Parameters<typeof serve>[0]) {
    const { url, requests } = await serve(handler);
    return { nango: new Records({ apiKey, host: url }), requests };
}

test('gives every record once, in order, each with its cursor', async () => {
    const { nango, requests } = await start(recordsFrom(many(25)));
    const seen: string[] = [];
    for await (const record of nango.iterateRecords<{ title: string }>({ ...key, pageSize: 10 })) {
        expect(record._nango_metadata.cursor).toBe(`c${seen.length + 1}`);
        seen.push(record.title);
    }
    expect(seen).toEqual(many(25).map(({ id }) => `title ${id}`));
    expect(requests.map(({ query }) => [query.get('cursor'), query.get('limit')])).toEqual([
        [null, '10'],
        ['c10', '10'],
        ['c20', '10'],
    ]);
});

test('goes on from a cursor, with a filter, and passes variant and time on', async () => {
    const { nango, requests } = await start(recordsFrom(many(25)));
    const modifiedAfter = new Date().toISOString();
    const config = { ...key, cursor: 'c20', filter: 'added', variant: 'v', modifiedAfter } as const;
    const ids: unknown[] = [];
    for await (const { id } of nango.iterateRecords(config)) ids.push(id);
    expect(ids).toEqual(['20', '21', '22', '23', '24']);
    expect(Object.fromEntries(requests[0]?.query ?? [])).toEqual({
        model: 'Issue',
        variant: 'v',
        modified_after: modifiedAfter,
        limit: '1000',
        filter: 'added',
        cursor: 'c20',
    });
});

test('gives pages, and begins anew in each loop', async () => {
    const { nango } = await start(recordsFrom(many(5)));
    const records = nango.iterateRecords({ ...key, pageSize: 2 });
    const pages = async () => {
        const sizes: [number, string | null][] = [];
        for await (const page of records.pages()) sizes.push([page.records.length, page.next_cursor]);
        return sizes;
    };
    const expected = [
        [2, 'c2'],
        [2, 'c4'],
        [1, null],
    ];
    expect(await pages()).toEqual(expected);
    expect(await pages()).toEqual(expected);
});

test.each([
    [7, ['3', '3', '1'], 7],
    [6, ['3', '3'], 6],
    [2, ['2'], 2],
    [100, ['3', '3', '3', '3'], 10],
])('asks for no more than maxRecords: %i', async (maxRecords, limits, count) => {
    const { nango, requests } = await start(recordsFrom(many(10)));
    let seen = 0;
    for await (const _ of nango.iterateRecords({ ...key, pageSize: 3, maxRecords })) seen++;
    expect(seen).toBe(count);
    expect(requests.map(({ query }) => query.get('limit'))).toEqual(limits);
});

test('leaving the loop stops the requests and cuts the one under way', async () => {
    let cut = 0;
    const { nango, requests } = await start(async (request, response) => {
        response.once('close', () => {
            if (!response.writableFinished) cut++;
        });
        if (request.query.has('cursor')) await new Promise(() => undefined);
        return recordsFrom(many(100))(request, response);
    });
    for await (const _ of nango.iterateRecords({ ...key, pageSize: 10 })) {
        await expect.poll(() => requests.length).toBe(2);
        break;
    }
    await expect.poll(() => cut).toBe(1);
    expect(requests).toHaveLength(2);
});

test('without prefetch, a page is asked for when the one before is used up', async () => {
    const { nango, requests } = await start(recordsFrom(many(4)));
    let seen = 0;
    for await (const _ of nango.iterateRecords({ ...key, pageSize: 2, prefetch: false })) {
        await settle();
        expect(requests).toHaveLength(++seen <= 2 ? 1 : 2);
    }
});

test('rejects the first step, and does not throw, when the config is wrong', async () => {
    const nango = new Records({ apiKey, host: 'http://127.0.0.1:1' });
    for (const [parameter, config] of [
        ['model', { ...key, model: '' }],
        ['pageSize', { ...key, pageSize: 0 }],
        ['pageSize', { ...key, pageSize: '10' as never }],
        ['maxRecords', { ...key, maxRecords: 1.5 }],
        ['modifiedAfter', { ...key, modifiedAfter: '2026-01-01' }],
        ['providerConfigKey', undefined as never],
    ] as const) {
        const refused = { name: 'NangoInputError', operation: 'iterateRecords', parameter };
        await expect(nango.iterateRecords(config)[Symbol.asyncIterator]().next()).rejects.toMatchObject(refused);
        await expect(nango.iterateRecords(config).pages().next()).rejects.toMatchObject(refused);
    }
    await expect(
        nango
            .iterateRecords({ ...key, pageSize: -1 })
            .pages()
            .next(),
    ).rejects.toThrow('iterateRecords: `pageSize` must be a whole number above 0');
});

test('an invalid cursor and a failing page reject the step that needs them', async () => {
    const { nango } = await start((request, response) =>
        request.query.get('cursor') === 'c2'
            ? fail(response, 400, 'unknown_connection')
            : recordsFrom(many(6))(request, response),
    );
    await expect(
        nango
            .iterateRecords({ ...key, cursor: 'old' })
            .pages()
            .next(),
    ).rejects.toThrow(NangoCursorError);
    const seen: unknown[] = [];
    await expect(async () => {
        for await (const { id } of nango.iterateRecords({ ...key, pageSize: 2 })) seen.push(id);
    }).rejects.toMatchObject({ code: 'unknown_connection' });
    expect(seen).toEqual(['0', '1']);
});

test("an aborted signal ends the iteration with its reason, in the caller's work and in a request", async () => {
    const { nango } = await start(recordsFrom(many(6)));
    for (const place of ['config', 'options']) {
        const controller = new AbortController();
        const { signal } = controller;
        const reason = new Error('enough');
        const records =
            place === 'config'
                ? nango.iterateRecords({ ...key, pageSize: 2, signal })
                : nango.iterateRecords({ ...key, pageSize: 2 }, { signal });
        let seen = 0;
        await expect(async () => {
            for await (const _ of records) if (++seen === 2) controller.abort(reason);
        }).rejects.toBe(reason);
        expect(seen).toBe(2);
    }
});

test('a server that gives the same cursor again does not keep the loop going', async () => {
    const { nango, requests } = await start(() => ({ records: [], next_cursor: 'c1' }));
    await expect(async () => {
        for await (const _ of nango.iterateRecords({ ...key, prefetch: false }));
    }).rejects.toThrow('same cursor twice');
    expect(requests).toHaveLength(2);
});
