import { expect, test } from 'vitest';
import { transfer } from '../provider.js';

const gigabyte = 1024 ** 3;

test.runIf(process.env.HEAVY)(
    '1 GB goes through as a form, as a web stream, and over fetch in much less memory',
    { timeout: 300_000 },
    async () => {
        for (const [kind, transport] of [
            ['form', 'node'],
            ['web', 'node'],
            ['download', 'fetch'],
            ['upload', 'fetch'],
            ['form', 'fetch'],
        ] as const) {
            const { moved, memory } = await transfer(kind, transport, String(gigabyte));
            expect(moved).toBeGreaterThanOrEqual(gigabyte);
            expect(memory, `${kind} over ${transport}`).toBeLessThan(300);
        }
    },
);
