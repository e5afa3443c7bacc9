import { expect, test } from 'vitest';
import { transfer } from './provider.js';

const gigabyte = 1024 ** 3;

// A tenth of it is usual. What is kept until it is collected depends on the machine: the bound is far off, and would be broken by whoever keeps it.
test.each(['download', 'upload'])('1 GB goes through as %s in much less memory', async (kind) => {
    const { moved, memory } = await transfer(kind, 'node', String(gigabyte));
    expect(moved).toBe(gigabyte);
    expect(memory).toBeLessThan(300);
});
