import { expect, test, vi } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { call } from './call.js';
import { classOnDemand } from './class-on-demand.js';
import { Client } from './client.js';
import { compose } from './compose.js';
import { type PagedIterable, pagedIterable } from './paging.js';

const options = { apiKey: 'key-key-key' };

class Base extends Client {
    async inherited(): Promise<string> {
        return 'inherited';
    }
}
class Books extends Base {
    async title(id: number, ...more: string[]): Promise<[string, number, string[]]> {
        return [this.userAgent, id, more];
    }
    async missing(): Promise<never> {
        throw new RangeError('no such book');
    }
    list(last: number): PagedIterable<number, number[]> {
        return pagedIterable(
            async function* () {
                for (let page = 0; page <= last; page++) yield [page * 2, page * 2 + 1];
            },
            (page) => page,
        );
    }
    async send(): Promise<unknown> {
        return call(this, { name: 'send', method: 'GET', path: '/', idempotent: true });
    }
}

/** The class, loaded when the test says so. */
function onDemand(load = vi.fn(async () => ({ Books }))) {
    const Loaded = classOnDemand('books/1', load, 'Books', {
        inherited: 'promise',
        title: 'promise',
        missing: 'promise',
        list: 'pages',
        send: 'promise',
    });
    return { Loaded, load };
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
    const items: T[] = [];
    for await (const item of list) items.push(item);
    return items;
}

test('nothing is loaded before a method is called, and only once then', async () => {
    const { Loaded, load } = onDemand();
    const client = new Loaded(options);
    expect(client.userAgent).toMatch(/^books\/1 /);
    expect(load).not.toHaveBeenCalled();
    expect(await Promise.all([client.title(1, 'a', 'b'), client.title(2), client.inherited()])).toEqual([
        [client.userAgent, 1, ['a', 'b']],
        [client.userAgent, 2, []],
        'inherited',
    ]);
    await client.title(3);
    expect(load).toHaveBeenCalledOnce();
});

test('a method fails as its own does, before and after it was loaded', async () => {
    const client = new (onDemand().Loaded)(options);
    for (const _ of ['before', 'after']) await expect(client.missing()).rejects.toThrow(RangeError);
    const { title } = client;
    await expect(title(1)).rejects.toThrow();
    for (const detached of [client.send, new (onDemand().Loaded)(options).send])
        await expect(detached.call(undefined as never)).rejects.toThrow(NangoConfigError);
});

test('a list loads with its first step, can be read twice and left early', async () => {
    const { Loaded, load } = onDemand();
    const list = new Loaded(options).list(1);
    const pages = list.pages();
    expect(load).not.toHaveBeenCalled();
    expect(await all(pages)).toEqual([
        [0, 1],
        [2, 3],
    ]);
    expect([await all(list), await all(list)]).toEqual([
        [0, 1, 2, 3],
        [0, 1, 2, 3],
    ]);
    for await (const item of list) if (item === 1) break;
    expect(load).toHaveBeenCalledOnce();
});

test('leaving a list early ends what was loaded', async () => {
    const ended = vi.fn();
    class Books extends Client {
        list(): PagedIterable<number, number> {
            return pagedIterable(
                async function* () {
                    try {
                        for (let page = 0; ; page++) yield page;
                    } finally {
                        ended();
                    }
                },
                (page) => [page],
            );
        }
    }
    const client = new (classOnDemand('b/1', async () => ({ Books }), 'Books', { list: 'pages' }))(options);
    for await (const item of client.list()) if (item === 2) break;
    expect(ended).toHaveBeenCalledOnce();
    for await (const page of client.list().pages()) if (page === 2) break;
    expect(ended).toHaveBeenCalledTimes(2);
});

test('a failure to load is the failure of that call; the next one tries again', async () => {
    const load = vi.fn(async () => ({ Books }));
    load.mockRejectedValueOnce(new Error('EMFILE: too many open files'));
    const client = new (onDemand(load).Loaded)(options);
    await expect(client.title(1)).rejects.toThrow('EMFILE');
    expect(await client.inherited()).toBe('inherited');
    load.mockRejectedValueOnce(new Error('EMFILE: too many open files'));
    const list = new (onDemand(load).Loaded)(options).list(0);
    await expect(all(list)).rejects.toThrow('EMFILE');
    expect(await all(list)).toEqual([0, 1]);
});

test('its methods look like any: composed, spied on, overridden, and called on what inherits from a client', async () => {
    const { Loaded } = onDemand();
    expect(Object.keys(Loaded.prototype)).toEqual([]);
    expect([Loaded.name, Loaded.prototype.title.name]).toEqual(['Books', 'title']);
    const Nango = compose('shop/1', Loaded);
    class Sub extends Nango {
        override async inherited() {
            return `sub ${await super.inherited()}`;
        }
    }
    const client = new Sub(options);
    expect(await client.inherited()).toBe('sub inherited');
    expect((await Object.create(client).title(1))[0]).toMatch(/^shop\/1 /);
    expect((await new Loaded(client).title(1))[0]).toMatch(/^shop\/1 /);
    const spy = vi.spyOn(client, 'title').mockResolvedValue(['mocked', 0, []]);
    expect(await client.title(1)).toEqual(['mocked', 0, []]);
    spy.mockRestore();
    expect((await client.title(1))[1]).toBe(1);
});
