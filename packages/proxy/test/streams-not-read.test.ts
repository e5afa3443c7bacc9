import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { NangoInputError } from '@x/core';
import { ProxyCalls } from '@x/proxy';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'streams-'));
const file = join(folder, 'file');
beforeAll(() => {
    writeFileSync(file, 'x'.repeat(500_000));
    return () => rmSync(folder, { recursive: true });
});

const config = { endpoint: '/files', providerConfigKey: 'drive', connectionId: 'c1' };
const closing = (stream: Readable) => new Promise<void>((resolve) => stream.once('close', resolve));

describe.each([
    ['node:http', {}],
    ['fetch', { fetch: globalThis.fetch }],
])('over %s, a stream that a call does not read is closed', (_name, options) => {
    const proxy = (host = 'http://127.0.0.1:1') => new ProxyCalls({ apiKey: 'key-key-key', host, retry: false, ...options });

    test.each([
        ['the endpoint', { endpoint: '/../x' }],
        ['the connection', { connectionId: '' }],
        ['the method', { method: 'BREW' as 'POST' }],
        ['the headers', { headers: { 'x-a': 'line\nbreak' } }],
        ['the retries', { retries: -1 }],
        ['the type', { headers: { 'content-type': 'multipart/form-data' } }],
        ['a time limit', { timeout: -1 }],
    ])('when %s is wrong', async (_what, wrong) => {
        const stream = createReadStream(file);
        const closed = closing(stream);
        await expect(proxy().proxy({ ...config, method: 'POST', data: stream, ...wrong })).rejects.toThrow(NangoInputError);
        await closed;

        const cancel = vi.fn();
        const web = new ReadableStream({ cancel });
        await expect(proxy().proxy({ ...config, method: 'POST', data: web, ...wrong })).rejects.toThrow(NangoInputError);
        await expect.poll(() => cancel.mock.calls.length).toBe(1);

        // Nobody is left to hear of its failure but the process.
        const missing = createReadStream('/no/such/file');
        const gone = closing(missing);
        await expect(proxy().proxy({ ...config, method: 'POST', data: missing, ...wrong })).rejects.toThrow(NangoInputError);
        await gone;
    });

    test('when the method has no body', async () => {
        const server = createServer((_request, response) => response.end('{}'));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        onTestFinished(() => void server.close());
        const stream = createReadStream(file);
        const closed = closing(stream);
        await proxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).get({ ...config, data: stream });
        await closed;
    });

    test('but a request that is still to be answered lives on', async () => {
        const gateway = createServer(async (request: IncomingMessage, response) => {
            await proxy()
                .post({ ...config, endpoint: '/../x', data: request })
                .catch(() => response.writeHead(422).end());
        });
        await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
        onTestFinished(() => void gateway.close());
        const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
        expect((await fetch(url, { method: 'POST', body: 'x'.repeat(200_000) })).status).toBe(422);
    });
});
