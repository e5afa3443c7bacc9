import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../packages/syncs/test/postgres/own-database.js';
import { createLog } from '../../src/server/log.js';
import { type Hub, startHub } from '../../src/server/start-hub.js';
import { hubCases } from '../hub-cases.js';
import { Visitor } from '../visitor.js';

const { DATABASE_URL, REDIS_URL } = process.env;

describe.runIf(DATABASE_URL)('the hub on a PostgreSQL server', () => {
    let database: Awaited<ReturnType<typeof ownDatabase>>;
    beforeAll(async () => {
        database = await ownDatabase();
    });
    afterAll(() => database.drop());

    const config = () => ({ databaseUrl: database.url, ...(REDIS_URL && { redisUrl: REDIS_URL }) });
    hubCases(config, (world) => {
        test('a second process shares sessions, contacts and live updates, and leaves in peace', async () => {
            const { config } = world().hub.services;
            let second: Hub | undefined = await startHub({ ...config, port: 0 }, createLog('silent'));
            try {
                const first = await new Visitor(() => world().hub).signIn('ada');
                const there = first.at(() => second as Hub);
                const { token } = (await (await there.send('POST', '/api/connections/folk/session')).json()) as { token: string };
                const events = await there.send('GET', '/api/events');
                const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
                // Its webhook goes to the first process.
                await world().emulator.control.connect({ token, integrationId: 'folk', credentials: { apiKey: 'FOLKother' } });
                let seen = '';
                while (!seen.includes('"contacts"')) seen += (await reader.read()).value;
                await expect.poll(async () => (await there.contacts('folk.example')).total).toBe(world().folk.list.length - 1);
                await second.close();
                second = undefined;
                while (!(await reader.read()).done);
                expect(await first.state('folk')).toBe('ok');
            } finally {
                await second?.close();
            }
        });
    });
});
