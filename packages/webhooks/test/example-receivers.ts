import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { getRequestListener } from '@hono/node-server';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { build } from 'esbuild';
import apiGatewayEvent from './api-gateway-event.json' with { type: 'json' };

/** The examples as listeners, each the way its framework would run it. */
export const exampleReceivers: Record<string, () => Promise<RequestListener>> = {
    Express: async () => (await import('./examples/express.js')).app,
    'Express behind a global express.json()': async () => (await import('./examples/express-global-json.js')).app,
    Hono: async () => getRequestListener((await import('./examples/hono.js')).app.fetch),
    'Next.js App Router': async () => getRequestListener((await import('./examples/next-app-router.js')).POST),
    'Next.js Pages Router': async () => (await import('./examples/next-pages-router.js')).default,
    Fastify: async () => {
        const { app } = await import('./examples/fastify.js');
        await app.ready();
        return app.routing;
    },
    'AWS Lambda, text': async () => lambda((await import('./examples/lambda.js')).handler, false),
    'AWS Lambda, base64': async () => lambda((await import('./examples/lambda.js')).handler, true),
    'node:http': async () => (await import('./examples/node-http.js')).server.listeners('request')[0] as RequestListener,
};

/** What API Gateway and function URLs do between HTTP and a function: payload format 2.0, as in `api-gateway-event.json`. */
function lambda(handler: typeof import('./examples/lambda.js')['handler'], isBase64Encoded: boolean): RequestListener {
    return async (request, response) => {
        const body = (await buffer(request)).toString(isBase64Encoded ? 'base64' : 'utf8');
        const sent = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const headers = { ...apiGatewayEvent.headers, ...sent };
        const event: APIGatewayProxyEventV2 = { ...apiGatewayEvent, headers, body, isBase64Encoded };
        const answer = await handler(event);
        response.writeHead(answer.statusCode, answer.headers).end(answer.body);
    };
}

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
    const web = { TextEncoder, TextDecoder, crypto, Request, Response, Headers, URL, setTimeout, clearTimeout, console };
    const worker = runInNewContext(`const module = { exports: {} }; ${outputFiles[0]?.text}\n;module.exports.default`, web);
    return getRequestListener((request) => worker.fetch(request, env) as Promise<Response>);
}
