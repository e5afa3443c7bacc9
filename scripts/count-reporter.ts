import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const redis = "files need redis-server: install Debian's package of that name, or set REDIS_SERVER to a binary";

/** Why a project's tests are skipped where they are. */
const reasons: Record<string, string> = {
    browser: "files need Chromium: install Debian's chromium, or set CHROMIUM_PATH to a binary",
    heavy: process.env.HEAVY
        ? "need redis-server or PostgreSQL: install Debian's redis-server and postgresql"
        : 'files take long: `pnpm test:heavy` runs them',
    postgres: 'files need PostgreSQL: set DATABASE_URL to a database that may be filled and emptied',
    redis,
};

/**
 * Ends a test run with what was skipped and why, one line a reason, so that nobody takes a run without Redis for a run of everything.
 * With `COUNTS_FILE` in the environment it also adds the run's counts and the names of what failed to that file, for `.ci/run`.
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
                const { state } = test.result();
                if (state === 'passed') passed++;
                else if (state === 'failed') failed.push(`${module.relativeModuleId} > ${test.fullName}`);
                else skipped.set(reasonOf(test), (skipped.get(reasonOf(test)) ?? 0) + 1);
            }
        }
        if (skipped.size > 0) {
            console.log('\nSkipped:');
            for (const [reason, count] of skipped) console.log(`  ${count} ${reason}`);
        }
        const { COUNTS_FILE } = process.env;
        if (COUNTS_FILE) appendFileSync(COUNTS_FILE, `${JSON.stringify({ passed, failed: failed.length, names: failed })}\n`);
    }
}

/** A test that needs more than its project does says so in a note or in its name, e.g. "over `fetch` (needs openssl)". */
function reasonOf(test: TestCase): string {
    const result = test.result();
    const note = result.state === 'skipped' ? result.note : undefined;
    const need = /\((needs [^)]*)\)/.exec(test.fullName)?.[1];
    return note ?? need?.replace('needs', 'need') ?? reasons[test.project.name] ?? 'were not chosen';
}
