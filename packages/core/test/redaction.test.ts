import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallInput, Client, callForResponse, operation } from '../src/index.js';
import { jsonBody } from '../src/internal/index.js';

/** After any failure, on both transports, no form of the error or of the client shows a secret. */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const webhookSigningKey = 'whsec-0123456789abcdef';
const providerKey = 'Token provider-key-zzz';
const sessionToken = `nango_connect_session_${'0a'.repeat(32)}`;
const secrets = [apiKey, webhookSigningKey, 'provider-key-zzz', sessionToken, 'tok-in-body', 'cookie-value'];

const own = operation({ name: 'createThing', method: 'POST', path: '/thing', idempotent: true });
const proxied = operation({ name: 'proxy', method: 'POST', path: '/proxy', idempotent: false, proxied: true });

/** Failures by path; each gives back as much of the request as it can. */
const failures: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/json': (request, response) => {
        response.writeHead(400, {
            'content-type': 'application/json',
            'set-cookie': 's=cookie-value',
            'x-echo': String(request.headers.authorization),
        });
        response.end(
            JSON.stringify({
                error: {
                    code: `c ${apiKey}`,
                    message: JSON.stringify(request.headers),
                    payload: { access_token: 'tok-in-body', seen: sessionToken },
                },
            }),
        );
    },
    '/text': (request, response) =>
        response.writeHead(500).end(`<html>${JSON.stringify(request.headers)} ${sessionToken}</html>`),
    '/not-json': (request, response) => response.writeHead(200).end(`<html>${JSON.stringify(request.headers)}</html>`),
    '/rate': (request, response) =>
        response
            .writeHead(429, { 'retry-after': '0' })
            .end(JSON.stringify({ error: { code: 'too_many_request', path: request.headers.authorization } })),
    '/reset': (request) => request.socket.destroy(),
    '/truncated': (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"a":', () => response.destroy());
    },
    '/redirect': (_request, response) => response.writeHead(307, { location: `http://other.invalid/?key=${apiKey}` }).end(),
    '/silent': () => undefined,
    '/garbage': (request) => request.socket.end(`nonsense ${apiKey}\r\n\r\n`),
};

let server: Server;
beforeAll(async () => {
    server = createServer((request, response) => failures[`/${request.url?.split('/').pop()}`]?.(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
    server.closeAllConnections();
    server.close();
});

/** Everything that logging, serialising or an error tracker may read. */
function formsOf(error: unknown): string {
    const texts: string[] = [];
    for (let current = error, depth = 0; current !== undefined && current !== null && depth < 5; depth++) {
        texts.push(
            inspect(current, { depth: 12, showHidden: true, getters: true }),
            String(current),
            JSON.stringify(current) ?? '',
        );
        if (typeof current === 'object') {
            texts.push(JSON.stringify(current, ownNames(current)) ?? '');
            for (const name of Reflect.ownKeys(current))
                texts.push(inspect((current as Record<PropertyKey, unknown>)[name], { depth: 12, showHidden: true }));
        }
        current = (current as { cause?: unknown }).cause;
    }
    return texts.join('\n');
}

/** All names at every level, so that JSON.stringify shows hidden members too. */
function ownNames(value: object, names = new Set<string>()): string[] {
    for (const name of Object.getOwnPropertyNames(value)) {
        names.add(name);
        const member = (value as Record<string, unknown>)[name];
        if (typeof member === 'object' && member !== null && names.size < 500) ownNames(member, names);
    }
    return [...names];
}

const cases = Object.keys(failures).flatMap((path) =>
    (['node:http', 'fetch'] as const).flatMap(
        (
            adapter, // A provider may answer with anything: its HTML is no failure.
        ) => [own, proxied].filter((op) => op === own || path !== '/not-json').map((op) => [path, adapter, op] as const),
    ),
);

test.each(cases)('%s over %s', async (path, adapter, op) => {
    const logged: unknown[] = [];
    const log = (...args: unknown[]) => void logged.push(args);
    const client = new Client({
        apiKey,
        webhookSigningKey,
        host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        retry: false,
        rateLimit: false,
        timeout: 300,
        logger: { debug: log, info: log, warn: log, error: log },
        ...(adapter === 'fetch' ? { fetch: globalThis.fetch } : {}),
    });
    const input: CallInput = {
        target: path,
        source: jsonBody({ token: sessionToken, client_secret: 'tok-in-body' }, 'op'),
        headers: { 'nango-proxy-authorization': providerKey },
        secrets: [providerKey, 'provider-key-zzz'],
    };
    const error = await callForResponse(client, op, input).then(
        () => expect.fail('must reject'),
        (caught: unknown) => caught,
    );
    const shown = formsOf(error) + inspect(logged, { depth: 12 }) + inspect(client, { depth: 12, showHidden: true });
    for (const secret of secrets) expect(shown).not.toContain(secret);
});
