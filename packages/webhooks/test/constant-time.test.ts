import { createRequire, syncBuiltinESMExports } from 'node:module';
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
    ])('distinguishes equal from different at every position (%s)', (_name, equals) => {
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

    it('(a comparison that leaves at the first difference would be noticed)', () => {
        const reads = [0, 31, 63].map((i) => {
            const counts = countReads();
            leaky(expected, differingAt(i));
            return counts();
        });
        expect(reads).toEqual([2, 64, 128]);
    });
});

/** What the packages must not do. */
function leaky(expected: string, received: string): boolean {
    const [a, b] = [new TextEncoder().encode(expected), new TextEncoder().encode(received)];
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
    return true;
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
