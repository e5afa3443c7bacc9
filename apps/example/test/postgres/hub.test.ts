import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/server/log.js';
import { type Hub, startHub } from '../../src/server/start-hub.js';
import { hubCases } from '../hub-cases.js';
import { Visitor } from '../visitor.js';

const { DATABASE_URL, REDIS_URL } = process.env;
const name = `hub_${process.pid}_${Date.now()}`;

async function onServer(sql: string): Promise<void> {
    const client = new Client({ connectionString: DATABASE_URL });
    await client.connect();
    await client.query(sql);
    await client.end();
}

describe.runIf(DATABASE_URL)('the hub on a PostgreSQL server', () => {
    const databaseUrl = Object.assign(new URL(DATABASE_URL ?? 'postgres://localhost'), { pathname: `/${name}` }).href;
    beforeAll(() => onServer(`CREATE DATABASE ${name}`));
    afterAll(() => onServer(`DROP DATABASE ${name} WITH (FORCE)`));

    const config = () => ({ databaseUrl, ...(REDIS_URL && { redisUrl: REDIS_URL }) });
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
                let told = '';
                while (!told.includes('"contacts"')) told += (await reader.read()).value;
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
