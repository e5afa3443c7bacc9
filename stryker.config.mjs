// Mutation testing: are the tests able to notice a change?
//
//   pnpm mutation                                  every area, hours
//   MUTATE=webhooks pnpm mutation                  one area: core, webhooks or records
//   MUTATE=core/rate-limit pnpm mutation           one folder of packages/core/src
//
// MUTATE_CONCURRENCY is how many mutants are tried at a time (default 2). What is known from the run before is kept: add `--force` to
// measure everything anew. Reports go to reports/mutation/. Runs of different areas don't disturb each other.
const areas = {
    core: ['packages/core/src/**/*.ts'],
    webhooks: ['packages/webhooks/src/**/*.ts'],
    records: [
        'packages/syncs/src/{iterate,consume,list}-records.ts',
        'packages/syncs/src/{batch,run-lock,record,records,records-from-webhook,cursor-error}.ts',
        'packages/core/src/client/paging.ts',
    ],
};
const { MUTATE = 'all', MUTATE_CONCURRENCY = '2' } = process.env;

function mutated() {
    if (MUTATE === 'all') return Object.values(areas).flat();
    if (areas[MUTATE]) return areas[MUTATE];
    const folder = /^core\/([a-z-]+)$/.exec(MUTATE)?.[1];
    if (!folder) throw new Error(`MUTATE is all, ${Object.keys(areas).join(', ')} or core/<a folder of packages/core/src>`);
    return [`packages/core/src/${folder}/**/*.ts`];
}

const name = MUTATE.replace('/', '-');

export default {
    packageManager: 'pnpm',
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: true },
    mutate: [...mutated(), '!**/*.test.ts'],
    // The sandbox copies what is here: not what is built, nor other runs, and none of the tools that e2e keeps.
    ignorePatterns: [
        ...['/reports', '/etc', '/docs', '/e2e', '/benchmarks', '/apps', '/.stryker-*'],
        ...['**/dist', '**/.turbo', '**/.next'],
    ],
    concurrency: Number(MUTATE_CONCURRENCY),
    timeoutMS: 15_000,
    dryRunTimeoutMinutes: 15,
    reporters: ['clear-text', 'html', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `reports/mutation/${name}.html` },
    incremental: true,
    incrementalFile: `reports/mutation/${name}.json`,
    tempDirName: `.stryker-tmp/${name}`,
    cleanTempDir: 'always',
    thresholds: { high: 90, low: 85, break: 85 },
};
