import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

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
        alias: { '#hmac': at(`../src/hmac/${variant}.ts`) },
    });
    return outputFiles[0]?.text as string;
}

describe('the bundle', () => {
    it.each([
        ['node', 3_110],
        ['portable', 5_430],
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
