import { describe, expect, test } from 'vitest';
import { root } from '../harness/paths.js';
import { attempt } from '../harness/run.js';
import { nodeBinary } from '../harness/tools.js';

// Streams, aborts and broken answers are where Node's releases differ: the table of situations runs on the oldest and on the newest.
describe.each([20, 26])('on Node %i', (major) => {
    test('the situations at the edges of both transports end as they should', async () => {
        const { code, stdout, stderr } = await attempt(
            await nodeBinary(major),
            ['node_modules/vitest/vitest.mjs', 'run', 'packages/core/test/transport-edges.test.ts', '--reporter', 'json'],
            { cwd: root, timeout: 280_000 },
        );
        const { numPassedTests = 0, testResults = [] } = stdout === '' ? {} : JSON.parse(stdout.slice(stdout.indexOf('{')));
        const failed = testResults.flatMap(({ assertionResults }: { assertionResults: { status: string; fullName: string }[] }) =>
            assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
        );
        expect(failed, stderr).toEqual([]);
        expect(code, stderr).toBe(0);
        expect(numPassedTests).toBeGreaterThan(90);
    });
});
