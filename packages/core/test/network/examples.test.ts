import { readdirSync, writeFileSync } from 'node:fs';
import { createSecureServer, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { nangoOverHttp2 } from '../examples/http2.js';
import { nangoWithCertificates } from '../examples/own-certificates.js';
import { nangoThroughProxy } from '../examples/proxy-agent.js';
import { nangoOverUndici } from '../examples/undici-fetch.js';
import { apiKey } from '../support/adapters.js';
import { brokenLinks, docBlocks } from '../support/doc-blocks.js';
import { startProxy } from '../support/forward-proxy.js';
import { startServer } from '../support/loopback-server.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';

const page = 'docs/corporate-networks.md';
const burstPage = 'docs/tls-bursts.md';
const folder = 'packages/core/test/examples/';

describe(page, () => {
    test('shows code that is compiled and run, and all of it', () => {
        const blocks = [...docBlocks(page), ...docBlocks(burstPage)];
        for (const { file, code, source } of blocks) {
            expect(file, `no file is named above:\n${code}`).toBeDefined();
            expect(code).toBe(source);
        }
        const files = readdirSync(new URL(`../../../../${folder}`, import.meta.url)).map((file) => folder + file);
        expect(blocks.map(({ file }) => file).sort()).toEqual(files.sort());
    });

    test('links to what exists', () => {
        expect([...brokenLinks(page), ...brokenLinks(burstPage)]).toEqual([]);
    });

    describe.runIf(opensslIsHere)('its examples work (needs openssl)', () => {
        let ca: PrivateCa;
        let certificate: Certificate;
        beforeAll(async () => {
            ca = await PrivateCa.create();
            certificate = await ca.issue(['DNS:localhost']);
        });
        afterAll(() => ca.remove());

        const start = async () => {
            const server = await startServer({
                tls: { ...certificate, ca: ca.cert, requestCert: true, rejectUnauthorized: false },
            });
            vi.stubEnv('NANGO_HOST', server.url);
            vi.stubEnv('NANGO_API_KEY', apiKey);
            return server;
        };

        test('certificates', async () => {
            const server = await start();
            const at = (name: string) => join(dirname(ca.file), name);
            const client = await ca.issue(['DNS:back-end']);
            writeFileSync(at('client.cert'), client.cert);
            writeFileSync(at('client.key'), client.key);
            const nango = nangoWithCertificates({ ca: ca.file, cert: at('client.cert'), key: at('client.key') });
            await nango.listIntegrations();
            await nango.listIntegrations();
            expect(server.clients).toEqual([{ servername: 'localhost', certificate: expect.stringMatching(/^leaf/) }]);
        });

        test('an agent', async () => {
            const [server, proxy] = [await start(), await startProxy({ credentials: 'alice:secret' })];
            await nangoThroughProxy(proxy.url.replace('://', '://alice:secret@'), ca.file).listIntegrations();
            expect(proxy.lines).toEqual([`CONNECT localhost:${server.port}`]);
        });

        test("undici's fetch", async () => {
            const [server, proxy] = [await start(), await startProxy()];
            await nangoOverUndici(proxy.url, ca.cert).listIntegrations();
            expect(proxy.lines).toEqual([`CONNECT localhost:${server.port}`]);
        });

        test('HTTP/2: calls at once share one connection', async () => {
            const versions: string[] = [];
            const waiting: Http2ServerResponse[] = [];
            let connections = 0;
            const server = createSecureServer(certificate, (request, response) => {
                versions.push(request.httpVersion);
                response.writeHead(200, { 'content-type': 'application/json' });
                waiting.push(response);
                // Nobody is answered before all are here: they are under way at once.
                if (waiting.length === 5) for (const one of waiting) one.end('{"data":[]}');
            });
            server.on('secureConnection', () => connections++);
            await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
            onTestFinished(() => void server.close());
            vi.stubEnv('NANGO_HOST', `https://localhost:${(server.address() as AddressInfo).port}`);
            vi.stubEnv('NANGO_API_KEY', apiKey);
            const nango = nangoOverHttp2(ca.cert);
            await Promise.all(Array.from({ length: 5 }, () => nango.listIntegrations()));
            expect(versions).toEqual(Array(5).fill('2.0'));
            expect(connections).toBe(1);
        });
    });
});
