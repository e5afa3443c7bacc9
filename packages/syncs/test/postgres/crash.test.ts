import { describe, expect, test } from 'vitest';
import { crashRun } from '../support/crash-run.js';
import { postgresIsHere, TestPostgres } from '../support/test-postgres.js';

/** The short form; test/heavy/crash.test.ts has the long one. */
describe.runIf(process.env.DATABASE_URL && postgresIsHere)('three processes that are killed and stopped', () => {
    test('write every last state once and in order, though the database crashes too', { timeout: 300_000 }, async () => {
        const postgres = await TestPostgres.start();
        try {
            const { kept, truth, twice, older, report } = await crashRun({
                databaseUrl: postgres.url,
                connections: 5,
                records: 400,
                batchSize: 50,
                kills: 6,
                stops: 2,
                changes: 20,
                restart: () => postgres.crash(),
            });
            console.info(report);
            expect(kept).toEqual(truth);
            expect({ twice, older }).toEqual({ twice: [], older: [] });
        } finally {
            postgres.stop();
        }
    });
});
