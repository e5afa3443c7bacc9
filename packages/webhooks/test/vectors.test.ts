import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as node from '../src/hmac/node.js';
import * as portable from '../src/hmac/portable.js';
import { signWebhook, verifyIncomingWebhookRequest } from '../src/index.js';

interface Vector {
    key: string;
    /** Base64. */
    body: string;
    hmac: string;
    legacy: string;
}

/** Made once with `openssl dgst`; the second test makes them again where there is an openssl. */
const vectors: Vector[] = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'));

function openssl(args: string[], input: Uint8Array): string {
    return execFileSync('openssl', ['dgst', '-sha256', ...args, '-r'], { input })
        .toString()
        .split(' ')[0] as string;
}

function hasOpenssl(): boolean {
    try {
        execFileSync('openssl', ['version'], { stdio: 'ignore' });
        return true;
    } catch {
        return false;
    }
}

describe('signatures', () => {
    it.each(vectors)('fit the vectors of an independent implementation ($#)', async ({ key, body, hmac, legacy }) => {
        const bytes = Buffer.from(body, 'base64');
        const keyed = Buffer.concat([Buffer.from(key), bytes]);
        for (const digest of [node, portable]) {
            expect(digest.hmacSha256(key, bytes)).toBe(hmac);
            expect(digest.sha256(keyed)).toBe(legacy);
            expect(await digest.signed(key, bytes)).toBe(hmac);
            expect(await digest.digested(keyed)).toBe(legacy);
        }
        expect(signWebhook(bytes, { signingKey: key }).headers).toEqual({
            'content-type': 'application/json',
            'x-nango-hmac-sha256': hmac,
            'x-nango-signature': legacy,
        });
        expect(verifyIncomingWebhookRequest(bytes, { 'X-Nango-Hmac-Sha256': hmac }, { signingKey: key })).toBe(true);
    });

    it.each([
        ['node', node.equals],
        ['portable', portable.equals],
    ])('are compared as a whole, whatever their lengths (%s)', (_name, equals) => {
        expect([equals('abc', 'abc'), equals('', '')]).toEqual([true, true]);
        for (const [a, b] of [
            ['abc', 'abd'],
            ['abc', 'bbc'],
            ['abc', 'ab'],
            ['ab', 'abc'],
            ['', 'a'],
            ['abc', 'ab\u0163'],
            ['ab', '\u0163'],
        ] as const)
            expect(equals(a, b)).toBe(false);
    });

    it('fit openssl on this machine', (test) => {
        test.skip(!hasOpenssl(), 'there is no openssl on this machine');
        for (const { key, body } of vectors) {
            const bytes = Buffer.from(body, 'base64');
            const hmac = openssl(['-mac', 'HMAC', '-macopt', `hexkey:${Buffer.from(key).toString('hex')}`], bytes);
            const legacy = openssl([], Buffer.concat([Buffer.from(key), bytes]));
            const { headers } = signWebhook(bytes, { signingKey: key });
            expect([headers['x-nango-hmac-sha256'], headers['x-nango-signature']]).toEqual([hmac, legacy]);
        }
    });
});
