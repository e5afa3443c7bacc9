import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

const mutate = process.env.MUTATE ?? 'all';
const [area = ''] = mutate.split('/');

/** The tests that know each area of stryker.config.mjs. */
const testers: Record<string, string[]> = {
    core: ['core/{src,test}/**'],
    webhooks: ['webhooks/{src,test}/**'],
    records: ['syncs/{src,test}/**', 'core/src/client'],
};

/** Tests that take seconds and fail for few changes that no other test sees: of documents, bundles, examples, processes and proxies. */
const slow = [
    '**/{heavy,network,browser,postgres}/**',
    '**/{docs,examples,readme,types,bundle-size,fuzz,emulator,consumer-crash,faults,rate-limit-windows}.test.ts',
];

/** Slow too, but the only tests of a folder of core: run with that folder. */
const slowButNeeded: Record<string, string> = {
    'core/rate-limit': '**/{gate.property,fleet}.test.ts',
    'core/redis': '**/test/redis/**',
    'core/transport': '**/env-proxy.test.ts',
};
const others = Object.entries(slowButNeeded).filter(([folder]) => mutate !== 'all' && mutate !== 'core' && mutate !== folder);

/** The tests that mutation testing runs: those of what it mutates. */
const config = mergeConfig(base, defineConfig({}));
delete config.test.projects;
config.test.include = (testers[area] ?? Object.values(testers).flat()).map((folder) => `packages/${folder}/*.test.ts`);
config.test.exclude = [...configDefaults.exclude, ...slow, ...others.map(([, tests]) => tests)];
config.test.reporters = ['dot'];
// A mutant that waits for ever should not be waited for long. Some tests of core take 12 s.
config.test.testTimeout = area === 'core' || area === 'all' ? 15_000 : 10_000;
export default config;
