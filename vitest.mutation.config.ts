import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The tests that mutation testing runs: those of what it mutates. */
const config = mergeConfig(base, defineConfig({}));
config.test.include = ['core', 'webhooks', 'syncs', 'node'].flatMap((name) => [
    `packages/${name}/src/**/*.test.ts`,
    `packages/${name}/test/**/*.test.ts`,
]);
config.test.reporters = ['dot'];
export default config;
