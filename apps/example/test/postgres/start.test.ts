import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../packages/syncs/test/postgres/own-database.js';
import { startHubEmulator } from '../../src/hub-demo/hub-emulator.js';
import { readConfig } from '../../src/server/config.js';
import { createLog } from '../../src/server/log.js';
import { startHub } from '../../src/server/start-hub.js';

const { DATABASE_URL } = process.env;
let emulator: Awaited<ReturnType<typeof startHubEmulator>>;
beforeAll(async () => {
    emulator = await startHubEmulator('http://127.0.0.1:9');
});
afterAll(() => emulator.close());

test.runIf(DATABASE_URL)(
    'processes that start together on an empty database all start, and end in peace',
    async () => {
        const { apiKey, webhookSigningKey, url } = emulator;
        const env = { NANGO_API_KEY: apiKey, NANGO_WEBHOOK_SIGNING_KEY: webhookSigningKey, NANGO_HOST: url };
        for (let round = 0; round < 3; round++) {
            const database = await ownDatabase();
            const config = { ...readConfig({ ...env, DATABASE_URL: database.url }), port: 0 };
            const hubs = await Promise.all([1, 2, 3, 4].map(() => startHub(config, createLog('silent'))));
            expect(new Set(hubs.map((hub) => hub.url)).size).toBe(4);
            // At once, while the first jobs run. What pg-boss asks a closed pool would be an unhandled rejection.
            await Promise.all(hubs.map((hub) => hub.close()));
            await database.drop();
        }
    },
    120_000,
);
