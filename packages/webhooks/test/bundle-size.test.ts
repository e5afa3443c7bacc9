import { createHmac, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { slimHash } from '../../../scripts/build/slim-hash.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function bundle(variant: 'node' | 'portable', entry: string, format: 'esm' | 'cjs'): Promise<string> {
    const { outputFiles } = await build({
        entryPoints: [at(`../src/${entry}`)],
        bundle: true,
        minify: true,
        write: false,
        format,
        target: 'es2022',
        platform: 'neutral',
        plugins: [slimHash],
        alias: { '#hmac': at(`../src/hmac/${variant}.ts`) },
    });
    return outputFiles[0]?.text as string;
}

describe('the bundle', () => {
    it.each([
        ['node', 3_110],
        ['portable', 4_980],
    ] as const)('of everything in @x/webhooks for %s is at most %i bytes, minified and gzipped', async (variant, limit) => {
        const code = await bundle(variant, 'index.ts', 'esm');
        const size = gzipSync(code, { level: 9 }).byteLength;
        console.info(`@x/webhooks, ${variant}: ${size} bytes`);
        expect(size).toBeLessThanOrEqual(limit);
    });

    it.each(['index.ts', 'fetch/index.ts'])(
        'for other runtimes names no Node module and needs no Node global (%s)',
        async (entry) => {
            const code = await bundle('portable', entry, 'cjs');
            expect(/node:|require\(|getBuiltinModule|\bBuffer\b/.exec(code)?.[0]).toBeUndefined();
            const answered = await runInNewContext(`const module = { exports: {} }; ${code}\n;(${use})(module.exports)`, {
                ...{ TextEncoder, TextDecoder, crypto, Request, Response, Headers, URL, setTimeout, clearTimeout, console },
            });
            expect(answered).toBe(entry === 'index.ts' ? 'sync' : 401);
        },
    );

    it('for other runtimes signs as Node does, whatever the lengths of key and body', async () => {
        const code = await bundle('portable', 'index.ts', 'cjs');
        const { signWebhook } = runInNewContext(`const module = { exports: {} }; ${code}; module.exports`, {
            ...{ TextEncoder, Uint8Array, ArrayBuffer, DataView },
        }) as typeof import('../src/index.js');
        for (let length = 1; length < 260; length++) {
            const body = new Uint8Array(randomBytes(length));
            const signingKey = randomBytes(length).toString('base64url');
            const { headers } = signWebhook(body, { signingKey });
            expect(headers['x-nango-hmac-sha256']).toBe(createHmac('sha256', signingKey).update(body).digest('hex'));
        }
    });
});

/** Runs in a realm with the web's globals alone. */
const use = `async ({ parseWebhook, signWebhook, createWebhookHandler }) => {
    if (createWebhookHandler) {
        const handle = createWebhookHandler({ signingKey: 'k' });
        const headers = { 'content-type': 'application/json', 'x-nango-hmac-sha256': 'f'.repeat(64) };
        return (await handle(new Request('http://localhost/', { method: 'POST', body: '{}', headers }))).status;
    }
    const body = { type: 'sync', from: 'nango', connectionId: 'c', providerConfigKey: 'p', syncName: 's', model: 'M', success: true };
    const signed = signWebhook(body, { signingKey: 'k' });
    return parseWebhook(signed.body, new Headers(signed.headers), { signingKey: 'k' }).type;
}`;
