import { expect, test } from 'vitest';
import { Connections } from '../src/index.js';
import { startServer } from './server.js';

/** `total` connections, newest first; `newer` more are made after the first page was read. */
function table(total: number, newer = 0) {
    return (url: URL, count: number) => {
        const limit = Number(url.searchParams.get('limit'));
        const page = Number(url.searchParams.get('page') ?? 0);
        const first = total + (count > 1 ? newer : 0);
        const ids = Array.from({ length: first }, (_, index) => first - index).slice(page * limit, (page + 1) * limit);
        return { body: { connections: ids.map((id) => ({ id })) } };
    };
}

async function idsOf(list: AsyncIterable<{ id: number }>): Promise<number[]> {
    const ids: number[] = [];
    for await (const { id } of list) ids.push(id);
    return ids;
}

test('goes through all pages, with the filters in each request', async () => {
    await using server = await startServer(table(5));
    const list = new Connections(server.options).iterateConnections({ userId: 'u1', limit: 2 });
    expect(await idsOf(list)).toEqual([5, 4, 3, 2, 1]);
    expect(server.asked).toEqual([
        'GET /connections?endUserId=u1&limit=2',
        'GET /connections?endUserId=u1&limit=2&page=1',
        'GET /connections?endUserId=u1&limit=2&page=2',
    ]);
});

test('asks for pages of 500, and once more only after a full one', async () => {
    await using server = await startServer(table(500));
    expect(await idsOf(new Connections(server.options).iterateConnections())).toHaveLength(500);
    expect(server.asked).toEqual(['GET /connections?limit=500', 'GET /connections?limit=500&page=1']);
});

test('no connection comes twice though others are made meanwhile', async () => {
    await using server = await startServer(table(6, 2));
    expect(await idsOf(new Connections(server.options).iterateConnections({ limit: 3 }))).toEqual([6, 5, 4, 3, 2, 1]);
});

test('gives whole pages too, and starts anew with each loop', async () => {
    await using server = await startServer(table(3));
    const list = new Connections(server.options).iterateConnections({ limit: 2 });
    const sizes: number[] = [];
    for await (const page of list.pages()) sizes.push(page.length);
    expect(sizes).toEqual([2, 1]);
    expect(await idsOf(list)).toEqual([3, 2, 1]);
});

test('wrong filters reject the first step, and nothing is sent', async () => {
    await using server = await startServer(table(1));
    const list = new Connections(server.options).iterateConnections({ userId: '' });
    await expect(idsOf(list)).rejects.toThrow('iterateConnections: `userId` must be a non-empty string');
    expect(server.asked).toEqual([]);
});
