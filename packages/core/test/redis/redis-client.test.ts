import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PermitStore } from '../../src/rate-limit/permit-store.js';
import { redisStore, redisTokenStore } from '../../src/redis/index.js';
import { commandsOf, type RedisClient } from '../../src/redis/redis-client.js';
import { eventually } from '../support/eventually.js';
import { redisIsHere, TestRedis } from '../support/redis-server.js';

describe.runIf(redisIsHere)('with a real Redis', () => {
    let server: TestRedis;
    /** Looks at what is kept. */
    let admin: Redis;
    const closing: (() => unknown)[] = [];
    beforeAll(async () => {
        server = await TestRedis.start();
        admin = new Redis(server.url, { lazyConnect: true });
        admin.on('error', () => undefined);
        await admin.connect();
    });
    afterAll(async () => {
        for (const close of closing) close();
        admin.disconnect();
        await server.stop();
    });

    const clients = [
        {
            name: 'ioredis',
            make() {
                const client = new Redis(server.url, { lazyConnect: true });
                client.on('error', () => undefined);
                closing.push(() => client.disconnect());
                return { client: client as RedisClient, connect: () => client.connect() };
            },
        },
        {
            name: 'redis',
            make() {
                const client = createClient({ url: server.url });
                client.on('error', () => undefined);
                closing.push(() => client.destroy());
                return { client: client as RedisClient, connect: () => client.connect() };
            },
        },
    ];

    describe.each(clients)('through $name', ({ name, make }) => {
        const connected = async () => {
            const made = make();
            await made.connect();
            return made.client;
        };

        test('what is set can be read until its time is over, and be deleted', async () => {
            const commands = commandsOf(await connected());
            const key = `${name}:key`;
            expect(await commands.get(key)).toBeUndefined();
            await commands.set(key, 'väl', 60_000);
            expect(await commands.get(key)).toBe('väl');
            const left = await admin.pttl(key);
            expect(left).toBeGreaterThan(50_000);
            expect(left).toBeLessThanOrEqual(60_000);
            await commands.delete(key);
            expect(await commands.get(key)).toBeUndefined();
            // Redis takes whole milliseconds above 0 alone.
            await commands.set(key, 'v', 60_000.4);
            await commands.set(key, 'v', 0.2);
        });

        test('a script gets its keys and its arguments', async () => {
            const commands = commandsOf(await connected());
            expect(await commands.eval('return { KEYS[2], ARGV[1], ARGV[2], #KEYS, #ARGV }', ['a', 'b'], ['c', 'd'])).toEqual([
                'b',
                'c',
                'd',
                2,
                2,
            ]);
        });

        test('commands before the first connection are kept for it', async () => {
            const { client, connect } = make();
            const commands = commandsOf(client);
            if (name === 'redis') {
                // This one refuses commands of its own until it is asked to connect.
                const connecting = connect();
                expect(await commands.get('nothing')).toBeUndefined();
                await connecting;
            } else {
                expect(await commands.get('nothing')).toBeUndefined();
            }
            expect(await commands.get('nothing')).toBeUndefined();
        });

        test('after a loss every command fails at once, until the connection is there again', async () => {
            const made = make();
            await made.connect();
            const commands = commandsOf(made.client);
            await commands.set(`${name}:kept`, 'v', 60_000);
            await server.stop();
            const gone = () => ('status' in made.client ? made.client.status !== 'ready' : made.client.isReady === false);
            await eventually(() => expect(gone(), 'the loss is known').toBe(true));
            const lost = 'the Redis client has lost its connection';
            await expect(commands.get('k')).rejects.toThrow(lost);
            await expect(commands.set('k', 'v', 1)).rejects.toThrow(lost);
            await expect(commands.delete('k')).rejects.toThrow(lost);
            await expect(commands.eval('return 1', [], [])).rejects.toThrow(lost);
            await server.run();
            await eventually(() => expect(gone(), 'the connection is back').toBe(false));
            expect(await commands.get('k')).toBeUndefined();
        });

        test('a token store seals what it keeps, and opens it', async () => {
            const client = await connected();
            const seal = async (value: string) => [...value].reverse().join('');
            const sealed = redisTokenStore(client, { prefix: `${name}-sealed:`, seal, open: seal });
            await sealed.set('k', 'token', 60_000);
            expect(await admin.get(`${name}-sealed:k`)).toBe('nekot');
            expect(await sealed.get('k')).toBe('token');
            await sealed.delete('k');
            expect(await sealed.get('k')).toBeUndefined();
            const plain = redisTokenStore(client);
            await plain.set(`${name}-k`, 'token', 60_000);
            expect(await admin.get(`nango:token:${name}-k`)).toBe('token');
            expect(await plain.get(`${name}-k`)).toBe('token');
        });

        test('a rate limit store keeps one account in one place of a cluster, by its name', async () => {
            const client = await connected();
            const stores = [redisStore(client), redisStore(client, { prefix: `${name}:` })] as PermitStore[];
            expect(stores.map((store) => store.name)).toEqual(['redis:nango:rate-limit:', `redis:${name}:`]);
            const request = {
                key: 'acc',
                want: 2,
                limit: 10,
                remaining: 5,
                endsIn: 9_000,
                about: 0,
                over: 0,
                length: 0,
                blockedFor: 0,
            };
            for (const store of stores) await store.lease(request);
            const keys = (await admin.keys('*{acc}*')).filter(
                (key) => key.startsWith(name) || key.startsWith('nango:rate-limit:'),
            );
            expect(keys.sort()).toEqual(
                [`${name}:{acc}`, `${name}:{acc}:processes`, 'nango:rate-limit:{acc}', 'nango:rate-limit:{acc}:processes'].sort(),
            );
            await admin.del(...keys);
        });

        test('what is asked arrives as it was meant, and so does the answer', async () => {
            const store = redisStore(await connected(), { prefix: `${name}-asked:` }) as PermitStore;
            const quiet = {
                key: 'k',
                want: 0,
                limit: undefined,
                remaining: 0,
                endsIn: 0,
                about: 0,
                over: 0,
                length: 0,
                blockedFor: 0,
            };
            expect(await store.lease({ ...quiet, want: 3 })).toEqual({ granted: undefined, window: 0, endsIn: 0, retryIn: 0 });
            const first = await store.lease({ ...quiet, want: 3, limit: 30, remaining: 10, endsIn: 9_000, about: 7 });
            expect(first).toMatchObject({ granted: 3, window: 8, retryIn: 0 });
            expect(first.endsIn).toBeGreaterThan(8_000);
            expect(first.endsIn).toBeLessThanOrEqual(9_000);
            expect(await store.lease({ ...quiet, want: 20 })).toMatchObject({ granted: 7, window: 8 });
            // Over before its time: the next is full, and as long as the answer said.
            const next = await store.lease({ ...quiet, want: 1, over: 8, length: 4_000 });
            expect(next).toMatchObject({ granted: 1, window: 9, endsIn: 5_000 });
            const blocked = await store.lease({ ...quiet, blockedFor: 20_000 });
            expect(blocked).toMatchObject({ granted: 0, window: 9, endsIn: 20_000, retryIn: 20_000 });
        });
    });
});
