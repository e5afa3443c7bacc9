import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The packages whose tests know each area of stryker.config.mjs. */
const testers: Record<string, string[]> = { core: ['core'], webhooks: ['webhooks'], records: ['syncs', 'core'] };

/** The tests that mutation testing runs: those of what it mutates. */
const config = mergeConfig(base, defineConfig({}));
config.test.include = (testers[process.env.MUTATE ?? ''] ?? ['core', 'webhooks', 'syncs']).flatMap((name) => [
    `packages/${name}/src/**/*.test.ts`,
    `packages/${name}/test/**/*.test.ts`,
]);
config.test.reporters = ['dot'];
export default config;
