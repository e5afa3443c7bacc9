import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createEmulator, defaultApiKey, defaultEnvironmentUuid, type RunningEmulator, startEmulator } from '../src/index.js';
import { runCli } from '../src/run-cli.js';

let emulator: RunningEmulator | undefined;
afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
});

const stranger = 'https://evil.example';
const authorization = `Bearer ${defaultApiKey}`;

describe('a web page of another machine', () => {
    const calls: [string, string][] = [
        ['GET', '/connections'],
        ['DELETE', '/connections/c1?provider_config_key=github'],
        ['GET', '/integrations'],
        ['POST', '/connect/sessions'],
        ['GET', '/proxy/user'],
        ['POST', '/environments'],
        ['POST', '/v1/greet'],
        ['POST', `/webhook/${defaultEnvironmentUuid}/github`],
        ['GET', '/_emulator/snapshot'],
    ];
    const status = async (
        make: { fetch(request: Request): Promise<Response> },
        [method, path]: [string, string],
        origin: string,
    ) => {
        const key = path === '/environments' ? 'Bearer e0e0e0e0-0000-4000-8000-000000000003' : authorization;
        const init = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
        const headers = { ...init.headers, authorization: key, origin };
        const response = await make.fetch(new Request(`http://localhost:3003${path}`, { ...init, method, headers }));
        return [response.status, await response.text()] as const;
    };

    test.each(calls)('%s %s is refused, and how it is let in is said', async (...call) => {
        const made = createEmulator();
        for (const origin of [stranger, 'null', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'file://']) {
            const [code, text] = await status(made, call, origin);
            expect([origin, code]).toEqual([origin, 403]);
            expect(text).toContain('--allow-origin');
        }
    });

    test.each(calls)('%s %s is answered when its origin is named', async (...call) => {
        const made = createEmulator({ allowedOrigins: [`${stranger}/`] });
        expect((await status(made, call, stranger))[0]).not.toBe(403);
        expect((await status(made, call, 'https://other.example'))[0]).toBe(403);
    });

    test('of this machine may use the API, and not the control surface', async () => {
        const made = createEmulator();
        for (const origin of ['http://localhost:5173', 'https://app.localhost', 'http://127.1.2.3:8080', 'http://[::1]:3000']) {
            expect((await status(made, ['GET', '/connections'], origin))[0]).toBe(200);
            expect((await status(made, ['GET', '/_emulator/snapshot'], origin))[0]).toBe(403);
        }
    });

    test.each([
        ...[
            'evil.example',
            'ftp://x.example',
            'https://x.example/path',
            '*',
            '',
            'null',
            'file://',
            'file://x',
            'wss://x.example',
        ],
        ...['https://*.x.example', 'https://u:p@x.example', 'https://x.example?', 'https://x.example//', ' https://x.example'],
    ])('%j is no origin that can be named', (origin) => {
        expect(() => createEmulator({ allowedOrigins: [origin] })).toThrow(/scheme and a host/);
    });

    test.each([
        ['https://x.example:443', 'https://x.example'],
        ['HTTPS://X.example/', 'https://x.example'],
        ['http://x.example:8080', 'http://x.example:8080'],
        ['https://b\u00fccher.example', 'https://xn--bcher-kva.example'],
        ['chrome-extension://abcdef', 'chrome-extension://abcdef'],
        ['capacitor://localhost', 'capacitor://localhost'],
    ])('%s names pages that send %s', async (named, sent) => {
        const call: [string, string] = ['GET', '/connections'];
        expect((await status(createEmulator(), call, sent))[0]).toBe(403);
        expect((await status(createEmulator({ allowedOrigins: [named] }), call, sent))[0]).toBe(200);
    });

    test('without an origin gets no option that is refused then', async () => {
        for (const origin of ['null', 'file://']) {
            const [code, text] = await status(createEmulator(), ['GET', '/connections'], origin);
            expect([code, text]).toEqual([403, expect.stringContaining('serve it from this machine')]);
        }
    });

    test.each([
        ['http://127.1', 200],
        ['HTTP://LOCALHOST:3000', 200],
        ['http://localhost.:3000', 200],
        ['http://localhost@evil.example', 403],
        ['http://evil.example#.localhost', 403],
        ['http://evil.example\\.localhost', 403],
        ['http://localhost, http://evil.example', 403],
        ['http://127.0.0.1.nip.io', 403],
        ['', 403],
    ])('with the Origin %j is answered with %i', async (origin, expected) => {
        expect((await status(createEmulator(), ['GET', '/connections'], origin))[0]).toBe(expected);
    });

    test.each(['https://x.example', '*', '*.x.example', 'x.example/', 'a@b', '', 'x y'])(
        '%j is no host that can be named',
        async (host) => {
            await expect(startEmulator({ port: 0, allowedHosts: [host] })).rejects.toThrow(/allowed host is a name/);
        },
    );

    test('is let in from the command line, as a Host is, and a Host that is refused learns how', async () => {
        const lines: string[] = [];
        const output = { out: (text: string) => void lines.push(text), error: (text: string) => void lines.push(text) };
        const args = [
            '--port',
            '0',
            '--quiet',
            '--allow-origin',
            stranger,
            '--allow-origin',
            'https://b.example',
            '--allow-host',
            'a.tunnel',
            '--allow-host',
            'Nango:3003',
        ];
        emulator = await runCli(args, output);
        const { url } = emulator as RunningEmulator;
        for (const origin of [stranger, 'https://b.example'])
            expect((await fetch(`${url}/connections`, { headers: { authorization, origin } })).status).toBe(200);
        const asHost = (host: string) =>
            new Promise<string>((resolve, reject) => {
                const sent = request(`${url}/health`, { headers: { host } }, (response) => {
                    let text = `${response.statusCode} `;
                    response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
                });
                sent.on('error', reject).end();
            });
        expect(await asHost('a.tunnel')).toMatch(/^200/);
        expect(await asHost('NANGO:3003')).toMatch(/^200/);
        for (const host of ['nango.', 'a.tunnel.:1', 'localhost.', '[::1]:3003']) expect(await asHost(host)).toMatch(/^200/);
        for (const host of [
            'localhost.evil.example',
            'localhost:1:2',
            'localhost@evil.example',
            'localhost..',
            '127.0.0.1.nip.io',
        ])
            expect([host, await asHost(host)]).toEqual([host, expect.stringMatching(/^40[03]/)]);
        expect(await asHost('b.tunnel')).toMatch(/^403 .*--allow-host/);
    });
});

describe('close', () => {
    const opened = async (head: string): Promise<Socket> => {
        const { port } = emulator as RunningEmulator;
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        socket.on('error', () => {});
        await new Promise((resolve) => socket.write(head, resolve));
        return socket;
    };
    const upgrade =
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

    test('ends though websockets, event streams and half-sent bodies are open, and clients end nothing', async () => {
        emulator = await startEmulator({ port: 0 });
        const host = `Host: 127.0.0.1:${emulator.port}\r\n`;
        const sockets = await Promise.all([
            opened(`GET / HTTP/1.1\r\n${host}${upgrade}\r\n`),
            opened(`GET /elsewhere HTTP/1.1\r\n${host}${upgrade}\r\n`),
            opened(`GET // HTTP/1.1\r\n${host}${upgrade}\r\n`),
            opened(`GET /_emulator/events HTTP/1.1\r\n${host}\r\n`),
            opened(`POST /connections HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{"half`),
            opened(
                `POST /connections HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`,
            ),
            opened('GET /half'),
        ]);
        await Promise.all(sockets.slice(0, 4).map((socket) => once(socket, 'data')));
        const first = sockets[0] as Socket;
        const ended = new Promise((resolve) => first.once('end', resolve).resume());
        await emulator.close();
        await ended;
        for (const socket of sockets) socket.destroy();
    });
});

describe('what is wrong with a request', () => {
    test.each([
        '/%',
        '/%zz',
        '/connections/%E0%A4%A',
        '/webhook/%ff/github',
        '/proxy/%zz',
        '/_emulator/%zz',
        '/connect-ui/%',
        '/no/such/%c3%28',
    ])('%s: malformed percent-encoding is a 400', async (path) => {
        const made = createEmulator();
        for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
            const response = await made.fetch(
                new Request(`http://localhost:3003${path}`, { method, headers: { authorization } }),
            );
            expect([method, response.status]).toEqual([method, 400]);
        }
    });

    test.each(['/connections', `/webhook/${defaultEnvironmentUuid}/github`])(
        'a body that comes in chunks to %s is refused at 75 MB, before its end',
        async (path) => {
            emulator = await startEmulator({
                port: 0,
                seed: { integrations: [{ provider: 'unauthenticated', unique_key: 'github' }] },
            });
            const headers = { authorization, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
            const sent = request(`${emulator.url}${path}`, { method: 'POST', headers });
            sent.on('error', () => {});
            const answered = new Promise<number | undefined>((resolve) =>
                sent.once('response', (response) => resolve(response.statusCode)),
            );
            const megabyte = Buffer.alloc(1024 * 1024, ' ');
            let written = 0;
            let over = false;
            void answered.then(() => (over = true));
            // Its end never comes: whoever waits for it waits for ever.
            for (; written < 90 && !over; written++)
                await Promise.race([answered, new Promise((resolve) => sent.write(megabyte, resolve))]);
            expect(await answered).toBe(500);
            sent.destroy();
        },
    );
});

describe('a webhook that the receiver refuses', () => {
    test('is logged in one line, with the status and the start of the answer, and no secret', async () => {
        const log = vi.fn();
        const answers: [number, string][] = [
            [401, `{"error":"bad_signature",\n\t"key":"${defaultApiKey}"}\u2028`],
            [500, 'x'.repeat(1_000)],
            [204, ''],
        ];
        const receiver = createServer((_request, response) => {
            const [code, text] = answers.shift() ?? [200, ''];
            response.writeHead(code).end(text);
        }).listen(0, '127.0.0.1');
        await new Promise((resolve) => receiver.once('listening', resolve));
        const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
        emulator = await startEmulator({ port: 0, log, frozenAt: 0, webhookUrl: `${url}/hook?token=hush` });
        const lines = () => log.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith('webhook'));
        for (let i = 0; i < 2; i++) {
            await emulator.control.sendWebhook({ type: 'sync' });
            await emulator.control.settle();
        }
        await emulator.control.advance(3_000);
        await emulator.control.settle();
        receiver.close();
        receiver.closeAllConnections();
        await new Promise((resolve) => receiver.once('close', resolve));
        await emulator.control.sendWebhook({ type: 'sync' });
        await emulator.control.settle();
        expect(lines()).toEqual([
            `webhook sync refused by ${url}/hook?token=***: 401 {"error":"bad_signature", "key":"***"}`,
            `webhook sync refused by ${url}/hook?token=***: 500, to be tried again ${'x'.repeat(300)}…`,
            `webhook sync refused by ${url}/hook?token=***: ECONNREFUSED, to be tried again`,
        ]);
    });
});

test('a body that is longer than the limit once it is unpacked is refused, though a few kilobytes were sent', async () => {
    const made = createEmulator();
    const text = Buffer.alloc(76 * 1024 * 1024, ' ');
    text.write('{');
    text.write('}', text.length - 1);
    for (const [encoding, body] of [
        ['gzip', gzipSync(text, { level: 1 })],
        ['deflate', deflateSync(text, { level: 1 })],
    ] as const) {
        const headers = { authorization, 'content-type': 'application/json', 'content-encoding': encoding };
        const response = await made.fetch(new Request('http://localhost:3003/connections', { method: 'POST', body, headers }));
        expect([response.status, await response.json()]).toEqual([
            500,
            { error: expect.objectContaining({ code: 'generic_error_support' }) },
        ]);
    }
});
