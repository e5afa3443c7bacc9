import { expect, test } from 'vitest';
import { transfer } from './provider.js';

const gigabyte = 1024 ** 3;

test.each(['download', 'upload'])('1 GB goes through as %s in less than 64 MB', { timeout: 60_000 }, async (kind) => {
    const { moved, memory } = await transfer(kind, 'node', String(gigabyte));
    expect(moved).toBe(gigabyte);
    expect(memory).toBeLessThan(64);
});
