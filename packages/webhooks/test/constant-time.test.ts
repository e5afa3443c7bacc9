import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import * as node from '../src/hmac/node.js';
import * as portable from '../src/hmac/portable.js';

const crypto = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
const expected = 'a'.repeat(64);
const differingAt = (i: number) => `${'a'.repeat(i)}b${'a'.repeat(63 - i)}`;

describe('the comparison of signatures', () => {
    it.each([
        ['node', node.equals],
        ['portable', portable.equals],
    ])('tells equal from different at every position (%s)', (_name, equals) => {
        expect(equals(expected, expected)).toBe(true);
        for (let i = 0; i < 64; i++) expect(equals(expected, differingAt(i))).toBe(false);
        expect(equals(expected, '')).toBe(false);
        expect(equals(expected, `${expected}a`)).toBe(false);
        expect(equals(expected, 'é'.repeat(32))).toBe(false);
    });

    it('is left to crypto.timingSafeEqual on Node, wherever the first difference is', () => {
        const compare = vi.spyOn(crypto, 'timingSafeEqual');
        syncBuiltinESMExports();
        for (const i of [0, 31, 63]) node.equals(expected, differingAt(i));
        expect(compare).toHaveBeenCalledTimes(3);
    });

    it('reads every byte of both sides elsewhere, wherever the first difference is', () => {
        const reads = [0, 31, 63].map((i) => {
            const counts = countReads();
            portable.equals(expected, differingAt(i));
            return counts();
        });
        expect(reads).toEqual([128, 128, 128]);
    });

    it('takes as long when the first byte differs as when the last one does', async () => {
        const { portable: ours, leaky } = await measuredRatios();
        // Medians of samples in turns vary by a few percent, on a busy machine too. A comparison that leaves at the first difference
        // is measured beside ours, to show that it would be noticed: on 64 KiB it takes about a quarter of the time. (On the 64 characters
        // of a signature it saves some 15 %, since most of the time goes into encoding both texts.)
        expect(leaky['65536']).toBeLessThan(0.5);
        for (const ratio of Object.values(ours)) {
            expect(ratio).toBeGreaterThan(0.8);
            expect(ratio).toBeLessThan(1.25);
        }
    });
});

/** Time with an early difference over time with a late one, by length. */
async function measuredRatios(): Promise<Record<'portable' | 'leaky', Record<string, number>>> {
    const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
    const folder = await mkdtemp(join(tmpdir(), 'compare-'));
    try {
        const outfile = join(folder, 'portable.mjs');
        await build({ entryPoints: [at('../src/hmac/portable.ts')], bundle: true, format: 'esm', platform: 'neutral', outfile });
        const { stdout } = await promisify(execFile)(process.execPath, [at('./time-comparison.mjs'), outfile]);
        return JSON.parse(stdout) as Record<'portable' | 'leaky', Record<string, number>>;
    } finally {
        await rm(folder, { recursive: true });
    }
}

/** Counts how often bytes that a TextEncoder made are read by index. */
function countReads(): () => number {
    let reads = 0;
    const encode = TextEncoder.prototype.encode;
    const spy = vi.spyOn(TextEncoder.prototype, 'encode').mockImplementation(function (this: TextEncoder, text) {
        return new Proxy(encode.call(this, text), {
            get(bytes, key) {
                if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
                return Reflect.get(bytes, key, bytes) as unknown;
            },
        });
    });
    return () => {
        spy.mockRestore();
        return reads;
    };
}
