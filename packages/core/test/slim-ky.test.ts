import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { slimKy } from '../../../scripts/build/slim-ky.js';
import { parseHost } from '../src/client/settings.js';
import type { FetchTransport } from '../src/transport/fetch-transport.js';
import type { TransportRequest } from '../src/types/transport.js';

let folder: string;
let Built: typeof FetchTransport;
beforeAll(async () => {
    const { outputFiles } = await build({
        absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
        entryPoints: ['src/transport/fetch-transport.ts'],
        bundle: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        plugins: [slimKy],
    });
    folder = await mkdtemp(join(tmpdir(), 'slim-ky-'));
    const file = join(folder, 'fetch-transport.mjs');
    await writeFile(file, outputFiles[0]?.text as string);
    Built = ((await import(pathToFileURL(file).href)) as { FetchTransport: typeof FetchTransport }).FetchTransport;
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => void vi.unstubAllGlobals());

const request = (more: Partial<TransportRequest> = {}): TransportRequest => ({
    base: parseHost('https://h.example'),
    path: '/x?a=1',
    method: 'POST',
    headers: { 'x-a': 'b' },
    body: '{"a":1}',
    cancellation: { onCancel: undefined, reason: undefined, cancelled: false },
    ...more,
});

/** The fetch adapter as it is built, with the part of ky that its one call runs. */
describe('the built fetch adapter', () => {
    it('sends a request once, as it is, and makes no Request and no Headers of it', async () => {
        const made = vi.fn();
        for (const name of ['Request', 'Headers']) vi.stubGlobal(name, made);
        const fetch = vi.fn(async () => ({ status: 200, statusText: '', headers: new Map([['x', 'y']]) }) as never);
        const response = await new Built(fetch).send(request());
        expect(response).toMatchObject({ status: 200, headers: { x: 'y' } });
        expect(fetch.mock.calls).toEqual([
            ['https://h.example/x?a=1', expect.objectContaining({ method: 'POST', headers: { 'x-a': 'b' }, body: '{"a":1}' })],
        ]);
        expect(made).not.toHaveBeenCalled();
    });

    it.each([301, 429, 503])('repeats nothing and throws nothing for an answer of %i', async (status) => {
        const fetch = vi.fn(async () => new Response('later', { status, headers: { 'retry-after': '0' } }));
        const response = await new Built(fetch).send(request({ method: 'GET', body: undefined }));
        expect([response.status, await response.text({ most: Number.POSITIVE_INFINITY })]).toEqual([status, 'later']);
        expect(fetch).toHaveBeenCalledOnce();
    });

    it('classifies what fetch rejects with, and repeats nothing then either', async () => {
        const fetch = vi.fn(() => Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' })));
        await expect(new Built(fetch).send(request({ method: 'GET', body: undefined }))).rejects.toMatchObject({
            kind: 'network',
            progress: 'not-sent',
            code: 'ECONNREFUSED',
        });
        expect(fetch).toHaveBeenCalledOnce();
    });

    it('is cut with the reason of whoever cuts it', async () => {
        const { cancellation } = request();
        const answer = new Built(() => new Promise<never>(() => undefined)).send(request({ cancellation }));
        const reason = new Error('mine');
        cancellation.onCancel?.(reason);
        await expect(answer).rejects.toBe(reason);
    });
});
