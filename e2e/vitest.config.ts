import { defineConfig } from 'vitest/config';

/** The checks of what is published: of packed packages, in projects outside this repository. */
export default defineConfig({
    root: import.meta.dirname,
    test: {
        include: ['**/*.e2e.ts'],
        globalSetup: ['harness/global-setup.ts'],
        reporters: ['default', '../scripts/count-reporter.ts'],
        testTimeout: 900_000,
        hookTimeout: 900_000,
        // Child processes do the work: two files at once keep two cores busy.
        maxWorkers: 2,
    },
});
