import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { browserScriptsInTests } from './browser-script.js';
import { redisIsHere } from './packages/core/test/support/redis-server.js';
import { hasChromium } from './packages/emulator/test/browser/has-chromium.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests run on the sources: no build is needed to change a line and see its test. */
export const sources = [
    { find: '#platform', replacement: at('./packages/core/src/platform/node.ts') },
    { find: '#hmac', replacement: at('./packages/webhooks/src/hmac/node.ts') },
    { find: /^@x\/([a-z]+)$/, replacement: at('./packages/$1/src/index.ts') },
    { find: /^@x\/([a-z]+)\/([a-z]+)$/, replacement: at('./packages/$1/src/$2/index.ts') },
];

/** Another version of the vendor's client than the one that is installed: scripts/vendor-newest.mjs. */
const vendor = process.env.NANGO_VENDOR
    ? [{ find: '@nangohq/node', replacement: `${process.env.NANGO_VENDOR}/dist/index.js` }]
    : [];

/** The binary of better-sqlite3 comes from GitHub or from a compiler. That of libsql, a SQLite with the same calls, comes from npm. */
const sqlite = [{ find: 'better-sqlite3', replacement: process.env.BETTER_SQLITE3 ?? 'libsql' }];

const workspaces = '{packages,apps}/*';
const inFolder = (name: string) => `${workspaces}/test/${name}/**/*.test.ts`;

const oneProcess = { isolate: false, setupFiles: ['./scripts/fresh-file.ts'] };

/**
 * All files but these share a few processes, which saves a third of the time. These have one each, for they look at what a process has
 * once: what it has warned of, its environment, what was read from that at import, all its timers and sockets.
 */
const processWide = [
    'apps/*/{src,test}/**/*.test.ts',
    'packages/*/test/**/examples.test.ts',
    'packages/core/src/client/registry.test.ts',
    'packages/core/src/errors/{nango-error,unread-error}.test.ts',
    'packages/core/src/rate-limit/ask-store.test.ts',
    'packages/core/src/redaction/redactor.test.ts',
    'packages/core/src/runtime/*.test.ts',
    'packages/core/src/transport/fetch-transport.test.ts',
    'packages/core/test/*.test.ts',
    'packages/core/test/network/*.test.ts',
    'packages/emulator/test/beside-hono.test.ts',
    'packages/node/test/legacy-integrations.test.ts',
    'packages/syncs/test/{better-sqlite3,list-records}.test.ts',
    'packages/webhooks/test/{emulator,parse-webhook,refusals,unusual-wirings,verify,warn-once,webhooks}.test.ts',
];

/** Which files are which project's; all others are `unit` or `process`. What is skipped in a project, and why, is said in scripts/count-reporter.ts. */
const projects: Record<string, string[]> = {
    // Against what others do: the vendor's client, the written contract, one transport against the other.
    conformance: [
        inFolder('conformance'),
        'packages/core/test/transport-conformance.test.ts',
        'packages/emulator/test/contract-replay/**/*.test.ts',
        'packages/node/test/wire-parity/**/*.test.ts',
    ],
    browser: [inFolder('browser')],
    redis: [inFolder('redis')],
    postgres: [inFolder('postgres')],
    heavy: [inFolder('heavy')],
};

/** What scripts/count-reporter.ts names as the reason. */
const missing: Record<string, boolean> = {
    browser: !hasChromium(),
    redis: !redisIsHere,
    postgres: !process.env.DATABASE_URL,
    heavy: !process.env.HEAVY,
};

export default defineConfig({
    plugins: [browserScriptsInTests],
    resolve: { alias: [...sources, ...vendor, ...sqlite] },
    define: { __VERSION__: '"0.0.0"' },
    test: {
        // What hangs is found by these, on however busy a machine; nothing else in a test measures time.
        testTimeout: 300_000,
        hookTimeout: 300_000,
        expect: { poll: { timeout: 120_000, interval: 5 } },
        // One fewer than the cores is the default. Some files wait more than they work: two more keep the cores busy.
        maxWorkers: availableParallelism() + 2,
        restoreMocks: true,
        // A fake clock starts at the beginning of a minute: a test of the rate limit means the same whenever it runs.
        fakeTimers: { now: Date.UTC(2026, 0, 1) },
        reporters: ['default', './scripts/count-reporter.ts'],
        projects: [
            {
                extends: true,
                test: {
                    name: 'unit',
                    ...oneProcess,
                    include: ['packages/*/{src,test}/**/*.test.ts'],
                    exclude: [...configDefaults.exclude, ...Object.values(projects).flat(), ...processWide],
                },
            },
            {
                extends: true,
                test: {
                    name: 'process',
                    include: processWide,
                    exclude: [...configDefaults.exclude, ...Object.values(projects).flat()],
                },
            },
            ...Object.entries(projects).map(([name, include]) => ({
                extends: true as const,
                test: {
                    name,
                    include,
                    ...(name === 'conformance' && oneProcess),
                    ...(missing[name] && { isolate: false, runner: './scripts/unloaded-files.ts' }),
                    globalSetup: name === 'heavy' && process.env.HEAVY ? ['./scripts/build-first.ts'] : [],
                },
            })),
        ],
    },
});
