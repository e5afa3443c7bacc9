import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { browserScriptsInTests } from './browser-script.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests run on the sources: no build is needed to change a line and see its test. */
export const sources = [
    { find: '#platform', replacement: at('./packages/core/src/platform/node.ts') },
    { find: '#hmac', replacement: at('./packages/webhooks/src/hmac/node.ts') },
    { find: /^@x\/([a-z]+)$/, replacement: at('./packages/$1/src/index.ts') },
    { find: /^@x\/([a-z]+)\/([a-z]+)$/, replacement: at('./packages/$1/src/$2/index.ts') },
];

export default defineConfig({
    plugins: [browserScriptsInTests],
    resolve: { alias: sources },
    define: { __VERSION__: '"0.0.0"' },
    test: {
        include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
        // What hangs is found by these, on however busy a machine; nothing else in a test measures time.
        testTimeout: 60_000,
        hookTimeout: 60_000,
        expect: { poll: { timeout: 30_000, interval: 5 } },
        // One fewer than the cores is the default: on a machine with two, files that wait would wait one after the other.
        maxWorkers: '100%',
        restoreMocks: true,
        reporters: ['default', './scripts/count-reporter.ts'],
    },
});
