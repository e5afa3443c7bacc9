import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a test run with what was skipped and why, so that nobody takes a run without Redis for a run of everything. With
 * `COUNTS_FILE` in the environment it also adds the run's counts and the names of what failed to that file, for `.ci/run`.
 */
export default class CountReporter implements Reporter {
    onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
        let passed = 0;
        const failed = errors.map((error) => `outside of any test: ${(error as Error).message}`);
        const skipped = new Map<string, number>();
        for (const module of modules) {
            const tests = [...module.children.allTests()];
            // A file that can't be loaded has no tests to fail.
            if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) {
                failed.push(`${module.relativeModuleId} as a whole`);
            }
            for (const test of tests) {
                const result = test.result();
                if (result.state === 'passed') passed++;
                else if (result.state === 'failed') failed.push(`${module.relativeModuleId} > ${test.fullName}`);
                else {
                    const why = (result.state === 'skipped' && result.note) || reasonOf(module.relativeModuleId, test.fullName);
                    const place = `${module.relativeModuleId}: ${why}`;
                    skipped.set(place, (skipped.get(place) ?? 0) + 1);
                }
            }
        }
        if (skipped.size > 0) {
            console.log('\nSkipped:');
            for (const [place, count] of skipped) console.log(`  ${count} in ${place}`);
        }
        const { COUNTS_FILE } = process.env;
        if (COUNTS_FILE) appendFileSync(COUNTS_FILE, `${JSON.stringify({ passed, failed: failed.length, names: failed })}\n`);
    }
}

/** Suites that need something say so in their name, e.g. "with Redis (needs REDIS_URL)"; those in a folder `heavy` take long. */
function reasonOf(file: string, name: string): string {
    if (file.includes('/heavy/')) return 'takes long: HEAVY=1 runs it (and some of it needs REDIS_URL)';
    return /\((needs [^)]*)\)/.exec(name)?.[1] ?? name;
}
