// Mutation testing: `pnpm mutation`, or `MUTATE=webhooks pnpm mutation` for one area. The report goes to reports/mutation/.
const areas = {
    core: ['packages/core/src/**/*.ts'],
    webhooks: ['packages/webhooks/src/**/*.ts'],
    records: [
        'packages/syncs/src/{iterate,consume,list}-records.ts',
        'packages/syncs/src/{batch,run-lock,records,cursor-error}.ts',
        'packages/core/src/paging.ts',
    ],
};
const { MUTATE } = process.env;
if (MUTATE && !areas[MUTATE]) throw new Error(`MUTATE is one of ${Object.keys(areas).join(', ')}`);

export default {
    packageManager: 'pnpm',
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: true },
    mutate: [...(MUTATE ? areas[MUTATE] : Object.values(areas).flat()), '!**/*.test.ts', '!**/index.ts'],
    // The sandbox copies what is here: not what is built, and none of the tools that e2e keeps.
    ignorePatterns: ['/reports', '/etc', '/docs', '/e2e', '/benchmarks', '**/dist', '**/.turbo', '**/.next'],
    // Types and declarations can't fail a test.
    ignoreStatic: true,
    concurrency: 2,
    timeoutMS: 20_000,
    reporters: ['clear-text', 'html', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `reports/mutation/${MUTATE ?? 'all'}.html` },
    incremental: true,
    incrementalFile: `reports/mutation/${MUTATE ?? 'all'}.json`,
    tempDirName: '.stryker-tmp',
    thresholds: { high: 90, low: 85, break: 85 },
};
