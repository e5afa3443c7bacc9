import { describe, expect, test } from 'vitest';
import { crashRun } from '../support/crash-run.js';
import { postgresIsHere, TestPostgres } from '../support/test-postgres.js';

describe.runIf(process.env.HEAVY && postgresIsHere)('three processes, 20 connections, 50,000 records, 40 kills, 10 stops', () => {
    test.each([
        ['', false],
        [', and PostgreSQL crashes half-way', true],
    ])(
        'every last state is written, once, and never an older one after it%s',
        { timeout: 1_500_000 },
        async (_name, restarts) => {
            const postgres = await TestPostgres.start();
            try {
                const { kept, truth, twice, older, report } = await crashRun({
                    databaseUrl: postgres.url,
                    connections: 20,
                    records: 2_500,
                    batchSize: 100,
                    kills: 40,
                    stops: 10,
                    changes: 150,
                    restart: restarts ? () => postgres.crash() : undefined,
                });
                console.info(report);
                expect(kept).toEqual(truth);
                expect({ twice, older }).toEqual({ twice: [], older: [] });
            } finally {
                postgres.stop();
            }
        },
    );
});
