import { defineConfig } from 'vitest/config';

/** The checks of what is published. They build on `dist`, so `pnpm build` comes first (`pnpm e2e` does both). */
export default defineConfig({
    root: import.meta.dirname,
    test: {
        include: ['**/*.e2e.ts'],
        globalSetup: ['harness/global-setup.ts'],
        reporters: ['default', '../scripts/count-reporter.ts'],
        testTimeout: 300_000,
        hookTimeout: 300_000,
        // Child processes do the work: two files at once keep two cores busy.
        maxWorkers: 2,
    },
});
