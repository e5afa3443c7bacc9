import { setMaxListeners } from 'node:events';
import { callForResponse, type Logger, type NangoSettings, operation } from '@x/core';
import { type RedisClient, redisStore, redisTokenStore } from '@x/core/redis';
import { Redis as Redis6 } from 'ioredis';
import { Redis as Redis5 } from 'ioredis5';
import { createClient as createClient6 } from 'redis';
import { createClient as createClient5 } from 'redis5';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lease, LeaseRequest, PermitStore } from '../../src/rate-limit/permit-store.js';
import { adapters, plainClient } from '../support/adapters.js';
import { settle } from '../support/eventually.js';
import { fakeClock } from '../support/fake-clock.js';
import { startLimitedServer } from '../support/limited-server.mjs';
import { redisIsHere, TestRedis } from '../support/redis-server.js';

const numbered = operation({ name: 'numbered', method: 'GET', path: '/{n}', idempotent: true });

describe.runIf(redisIsHere)('with a real Redis', () => {
    let redis: TestRedis;
    const closing: (() => unknown)[] = [];
    beforeAll(async () => {
        redis = await TestRedis.start();
    });
    afterAll(async () => {
        for (const close of closing) close();
        await redis.stop();
    });
    const overIoredis = (Redis: typeof Redis6) => async (): Promise<RedisClient> => {
        const client = new Redis(redis.url, { lazyConnect: true });
        client.on('error', () => undefined);
        closing.push(() => client.disconnect());
        await client.connect();
        return client;
    };
    const overRedis = (create: typeof createClient6) => async (): Promise<RedisClient> => {
        const client = create({ url: redis.url });
        client.on('error', () => undefined);
        closing.push(() => client.destroy());
        await client.connect();
        return client;
    };
    const clients = [
        { name: 'ioredis 6', connect: overIoredis(Redis6) },
        { name: 'ioredis 5', connect: overIoredis(Redis5 as unknown as typeof Redis6) },
        { name: 'redis 6', connect: overRedis(createClient6) },
        { name: 'redis 5', connect: overRedis(createClient5 as unknown as typeof createClient6) },
    ];
    let prefixes = 0;
    const freshPrefix = () => `test-${++prefixes}:`;

    describe.each(clients)('through $name', ({ connect }) => {
        const open = async (prefix = freshPrefix()) => redisStore(await connect(), { prefix }) as PermitStore;
        const ask = (store: PermitStore, request: Partial<LeaseRequest>): Promise<Lease> =>
            store.lease({
                key: 'k',
                want: 0,
                limit: undefined,
                remaining: 0,
                endsIn: 0,
                over: 0,
                blockedFor: 0,
                about: 0,
                length: 0,
                ...request,
            });
        const told = (limit: number, remaining: number, endsIn = 10_000) => ({ limit, remaining, endsIn });

        test('knows no limit until a process reports it: one goes to find out, the others wait for it', async () => {
            const prefix = freshPrefix();
            const [scout, other] = [await open(prefix), await open(prefix)];
            expect(await ask(scout, { want: 5 })).toMatchObject({ granted: undefined });
            expect(await ask(other, { want: 5 })).toMatchObject({ granted: 0, window: 0, retryIn: 50 });
            expect(await ask(scout, { want: 5, ...told(100, 90) })).toMatchObject({ granted: 5 });
            expect(await ask(other, { want: 5 })).toMatchObject({ granted: 5 });
        });

        test('never lends more than the window has left, to however many ask at once', async () => {
            const prefix = freshPrefix();
            const stores = await Promise.all(Array.from({ length: 5 }, () => open(prefix)));
            await ask(stores[0] as PermitStore, told(100, 100));
            const leases = await Promise.all(
                Array.from({ length: 50 }, (_, i) => ask(stores[i % 5] as PermitStore, { want: 7 })),
            );
            const lent = leases.reduce((sum, { granted }) => sum + (granted ?? 0), 0);
            expect(lent).toBe(100);
            const none = await ask(stores[0] as PermitStore, { want: 7 });
            expect(none.granted).toBe(0);
            expect(none.retryIn).toBeGreaterThan(9_000);
        });

        test('an equal part is kept for each process, for seconds; what one does not want goes to the next', async () => {
            const prefix = freshPrefix();
            const stores = [await open(prefix), await open(prefix), await open(prefix)] as const;
            const { window } = await ask(stores[0], told(300, 300));
            await ask(stores[1], {});
            await ask(stores[2], {});
            const over = { over: window };
            const first = await ask(stores[0], { want: 500, ...over });
            expect(first).toMatchObject({ granted: 100, window: window + 1 });
            expect(first.retryIn).toBeGreaterThan(2_000);
            expect(first.retryIn).toBeLessThanOrEqual(3_000);
            expect(await ask(stores[1], { want: 40 })).toMatchObject({ granted: 40, retryIn: 0 });
            expect((await ask(stores[2], { want: 500 })).granted).toBe(160);
        });

        test('what was kept for a process that does not come is for the others, later', async () => {
            const prefix = freshPrefix();
            const [comes, stays] = [await open(prefix), await open(prefix)];
            const { window } = await ask(comes, told(200, 200));
            await ask(stays, {});
            const half = await ask(comes, { want: 200, over: window, length: 1_000 });
            expect(half.granted).toBe(100);
            await new Promise((resolve) => setTimeout(resolve, half.retryIn + 5));
            expect((await ask(comes, { want: 100 })).granted).toBe(100);
        });

        test('a window ends when the answers said, and what a dead process had leased comes back with the next', async () => {
            const prefix = freshPrefix();
            const [dies, lives] = [await open(prefix), await open(prefix)];
            await ask(dies, told(100, 100, 2_000));
            expect(await ask(dies, { want: 100 })).toMatchObject({ granted: 100 });
            const empty = await ask(lives, { want: 10 });
            expect(empty.granted).toBe(0);
            await new Promise((resolve) => setTimeout(resolve, empty.retryIn + 5));
            const next = await ask(lives, { want: 10 });
            expect(next).toMatchObject({ granted: 10, window: empty.window + 1 });
        });

        test('the end of a window that a process knows to be over begins the next; an old one does not', async () => {
            const store = await open();
            const { window } = await ask(store, { want: 100, ...told(100, 100) });
            const next = await ask(store, { want: 10, over: window });
            expect(next).toMatchObject({ granted: 10, window: window + 1 });
            expect(await ask(store, { want: 10, over: window })).toMatchObject({ granted: 10, window: window + 1 });
        });

        test("a 429 stops everybody for as long as it asks, and others' use of the account lowers what is left", async () => {
            const store = await open();
            await ask(store, told(100, 100));
            await ask(store, told(100, 3));
            expect(await ask(store, { want: 10 })).toMatchObject({ granted: 3 });
            await ask(store, { blockedFor: 20_000 });
            const blocked = await ask(store, { want: 10 });
            expect(blocked.granted).toBe(0);
            expect(blocked.retryIn).toBeGreaterThan(19_000);
        });

        test('two clients share one limit: no more than it is sent, by few questions', async () => {
            const limit = 100;
            // Longer than the test: what is left over waits.
            const server = await startLimitedServer({ limit, window: 60_000 });
            const clock = fakeClock(Date.now());
            const prefix = freshPrefix();
            let questions = 0;
            let underWay = 0;
            const end = new AbortController();
            setMaxListeners(0, end.signal);
            const client = async () => {
                const store = await open(prefix);
                const counted: PermitStore = {
                    ...store,
                    name: `${store.name}${Math.random()}`,
                    lease(request) {
                        if (request.want > 0) questions += 1;
                        underWay += 1;
                        return store.lease(request).finally(() => {
                            underWay -= 1;
                        });
                    },
                };
                return plainClient(adapters[0], server.url, { rateLimit: { store: counted } });
            };
            try {
                const fleet = [await client(), await client()];
                // Once a process knows the limit all do, however long the first answer takes on this machine.
                await callForResponse(fleet[0] as (typeof fleet)[0], numbered, { path: { n: 0 } });
                const calls = Array.from({ length: 2 * limit }, (_, n) =>
                    callForResponse(fleet[n % 2] as (typeof fleet)[0], numbered, {
                        path: { n },
                        options: { signal: end.signal },
                    }).catch(() => undefined),
                );
                // The clock stands while Redis is asked, so that no answer of it is late.
                for (let i = 0; server.stats.served < limit && i < 2_000; await settle(3), i++) {
                    if (underWay === 0) await clock.pass(10);
                }
                const asked = questions;
                await settle(200);
                expect(server.stats).toMatchObject({ served: limit, rejected: 0 });
                expect(asked).toBeLessThanOrEqual(20);
                end.abort();
                await Promise.all(calls);
            } finally {
                await server.close();
            }
        });

        test('calls with a session token lease from a window of their own', async () => {
            const session = operation({ name: 'session', method: 'GET', path: '/session', idempotent: true, bucket: 'session' });
            const store = await open();
            const keys = new Set<string>();
            const watched: PermitStore = {
                ...store,
                lease(request) {
                    keys.add(request.key);
                    return store.lease(request);
                },
            };
            const server = await startLimitedServer({ limit: 100, window: 60_000 });
            const client = plainClient(adapters[0], server.url, { rateLimit: { store: watched, isolated: true } });
            try {
                for (const one of [numbered, session]) {
                    await Promise.all(Array.from({ length: 20 }, (_, n) => callForResponse(client, one, { path: { n } })));
                }
                expect(keys.size).toBe(2);
            } finally {
                await server.close();
            }
        });

        test('values of the token store are kept for their time, sealed when asked', async () => {
            const client = await connect();
            const store = redisTokenStore(client, {
                prefix: freshPrefix(),
                seal: (value) => Buffer.from(value).toString('base64'),
                open: (value) => Buffer.from(value, 'base64').toString(),
            });
            expect(await store.get('a')).toBeUndefined();
            await store.set('a', 'token', 60_000);
            expect(await store.get('a')).toBe('token');
            await store.delete('a');
            expect(await store.get('a')).toBeUndefined();
            await store.set('a', 'token', 30);
            await expect.poll(() => store.get('a')).toBeUndefined();
        });
    });

    describe('values in Redis are checked: no call waits long because of them', () => {
        const ten = 315_360_000_000;
        const nothing = { remaining: 0, endsIn: 0, over: 0, blockedFor: 0, about: 0, length: 0, limit: undefined };
        async function poisoned(fields: (now: number) => Record<string, string | number>) {
            const client = new Redis6(redis.url);
            closing.push(() => client.disconnect());
            const prefix = freshPrefix();
            const store = redisStore(client, { prefix }) as PermitStore;
            const ask = (request: Partial<LeaseRequest>) => store.lease({ key: 'k', want: 5, ...nothing, ...request });
            await ask({ limit: 100, remaining: 80, endsIn: 30_000 });
            const values = fields(Date.now());
            if (Object.keys(values).length > 0) await client.hset(`${prefix}{k}`, values);
            return { ask, client, key: `${prefix}{k}` };
        }

        test.each<[string, (now: number) => Record<string, string | number>]>([
            ['a limit of 0', () => ({ limit: 0, left: 0 })],
            ['a limit below 0', () => ({ limit: -5 })],
            ['a limit that is no number', () => ({ limit: 'many' })],
            ['a limit that is NaN', () => ({ limit: 'nan', left: 'nan' })],
            ['an endless limit', () => ({ limit: 'inf' })],
        ])('%s counts as none: it is found out anew', async (_what, fields) => {
            const { ask } = await poisoned(fields);
            expect(await ask({})).toMatchObject({ granted: undefined });
            expect(await ask({ limit: 100, remaining: 80, endsIn: 30_000 })).toMatchObject({ granted: 5 });
        });

        test.each<[string, (now: number) => Record<string, string | number>]>([
            ['an end in ten years', (now) => ({ left: 0, endsAt: now + ten })],
            ['an end that is no number', () => ({ left: 0, endsAt: 'soon' })],
            [
                'a begin in ten years: the clock was set back',
                (now) => ({ left: 0, startedAt: now + ten, endsAt: now + ten + 60_000 }),
            ],
            ['a begin in an hour', (now) => ({ left: 0, startedAt: now + 3_600_000, before: now + 3_500_000 })],
            ['a window without a number', () => ({ left: 0, window: 'x' })],
            ['a rest that is no number', () => ({ left: 'x' })],
        ])('%s: the window is over', async (_what, fields) => {
            const { ask } = await poisoned(fields);
            const answer = await ask({});
            expect(answer).toMatchObject({ granted: 5 });
            expect(answer.endsIn).toBeLessThanOrEqual(61_000);
        });

        test('more left than the limit is not lent', async () => {
            const { ask } = await poisoned(() => ({ left: 1_000_000 }));
            expect((await ask({ want: 500 })).granted).toBe(100);
        });

        test('a window that lasts ten years ends in a minute', async () => {
            const { ask } = await poisoned((now) => ({ length: ten, endsAt: now - 1 }));
            expect((await ask({})).endsIn).toBeLessThanOrEqual(61_000);
        });

        test('processes that asked in ten years take no part of the window', async () => {
            const { ask, client, key } = await poisoned(() => ({}));
            await client.zadd(`${key}:processes`, Date.now() + ten, 'of another time');
            const { window } = await ask({});
            expect((await ask({ want: 500, over: window })).granted).toBe(100);
        });

        test('a 429 that asks for ten years closes the window for five minutes', async () => {
            const { ask } = await poisoned(() => ({}));
            const answer = await ask({ want: 0, blockedFor: ten });
            expect(answer.endsIn).toBeLessThanOrEqual(300_000);
            expect(answer.endsIn).toBeGreaterThan(290_000);
        });

        test('where the one that finds out the limit is slow, the others find out by themselves', async () => {
            const { ask, client, key } = await poisoned(() => ({ limit: 0 }));
            await ask({});
            await client.hset(key, { scout: 'another', scoutAt: Date.now() });
            expect(await ask({})).toMatchObject({ granted: 0, window: 0 });
            await client.hset(key, { scoutAt: Date.now() - 300 });
            expect(await ask({})).toMatchObject({ granted: undefined });
            // Its clock was set back since.
            await client.hset(key, { scoutAt: Date.now() + ten });
            expect(await ask({})).toMatchObject({ granted: undefined });
        });

        test.each([0, 5_000])(
            'a fresh process with `maxWait: %i` does not wait for a window that others have used up',
            async (maxWait) => {
                const { ask, client, key } = await poisoned(() => ({ left: 0 }));
                const store = redisStore(client, { prefix: key.slice(0, key.indexOf('{')) }) as PermitStore;
                const ofKey: PermitStore = {
                    ...store,
                    name: `${key} ${maxWait}`,
                    lease: (request) => store.lease({ ...request, key: 'k' }),
                };
                const server = await startLimitedServer({ limit: 100, window: 60_000 });
                try {
                    const fresh = plainClient(adapters[0], server.url, { rateLimit: { store: ofKey, maxWait } });
                    const error = await callForResponse(fresh, numbered, { path: { n: 1 } }).catch((caught: unknown) => caught);
                    expect(error).toMatchObject({ name: 'NangoRateLimitError', sent: false });
                    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(25);
                    expect(server.stats.served).toBe(0);
                    expect((await ask({})).granted).toBe(0);
                } finally {
                    await server.close();
                }
            },
        );
    });

    test.each(['stopped', 'frozen'] as const)('Redis %s: calls go on, and it is said once', async (how) => {
        const server = await startLimitedServer({ limit: 1_000, window: 60_000 });
        const own = await TestRedis.start();
        const connection = new Redis6(own.url);
        connection.on('error', () => undefined);
        const said: string[] = [];
        const logger: Logger = { warn: (message) => void said.push(message) };
        const store = redisStore(connection, { prefix: freshPrefix() }) as PermitStore;
        let questions = 0;
        const options: Partial<NangoSettings> = {
            logger,
            rateLimit: {
                store: {
                    ...store,
                    lease(request) {
                        questions += 1;
                        return store.lease(request);
                    },
                } as PermitStore,
            },
        };
        const client = plainClient(adapters[0], server.url, options);
        const burst = (calls: number) =>
            Promise.all(Array.from({ length: calls }, (_, n) => callForResponse(client, numbered, { path: { n } })));
        const aboutRedis = () => said.filter((message) => message.includes('store'));
        try {
            await burst(50);
            expect(aboutRedis()).toEqual([]);
            if (how === 'stopped') await own.stop();
            else own.freeze();
            questions = 0;
            for (let i = 0; i < 5; i++) await burst(60);
            // It is left alone for a while once it has failed: far fewer are asked than calls are made, however long they take.
            expect(questions).toBeLessThanOrEqual(20);
            expect(aboutRedis()).toHaveLength(1);
            expect(server.stats).toMatchObject({ served: 350, rejected: 0 });
        } finally {
            own.thaw();
            connection.disconnect();
            await own.stop();
            await server.close();
        }
    });
});
