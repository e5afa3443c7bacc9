import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { getRequestListener } from '@hono/node-server';
import { build } from 'esbuild';

/** The examples as listeners, each the way its framework would run it. */
export const exampleReceivers: Record<string, () => Promise<RequestListener>> = {
    Express: async () => (await import('./examples/express.js')).app,
    'Express behind a global express.json()': async () => (await import('./examples/express-global-json.js')).app,
    Hono: async () => getRequestListener((await import('./examples/hono.js')).app.fetch),
    'Next.js App Router': async () => getRequestListener((await import('./examples/next-app-router.js')).POST),
    'Next.js Pages Router': async () => (await import('./examples/next-pages-router.js')).default,
    'node:http': async () => (await import('./examples/node-http.js')).server.listeners('request')[0] as RequestListener,
};

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The example for Workers: bundled as for Workers, in a realm with the globals of the web alone. */
export async function workersReceiver(env: unknown): Promise<RequestListener> {
    const { outputFiles } = await build({
        entryPoints: [at('./examples/workers.ts')],
        bundle: true,
        write: false,
        format: 'cjs',
        platform: 'neutral',
        alias: {
            '#hmac': at('../src/hmac/portable.ts'),
            '@x/webhooks/fetch': at('../src/fetch/index.ts'),
            '@x/webhooks': at('../src/index.ts'),
        },
    });
    const web = { TextEncoder, TextDecoder, Request, Response, Headers, URL, setTimeout, clearTimeout, console };
    const worker = runInNewContext(`const module = { exports: {} }; ${outputFiles[0]?.text}\n;module.exports.default`, web);
    return getRequestListener((request) => worker.fetch(request, env) as Promise<Response>);
}
