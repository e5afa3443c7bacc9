import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { apiKey, type Handler, type SeenRequest, serve } from '../../core/test/support/loopback.js';

/** The examples of the documentation do what it says. Stands in for Nango and the providers behind it. */
const answers: Record<string, Handler> = {
    'POST /proxy/files': () => ({ id: 'f1' }),
    'GET /proxy/files/1/content': (_request, response) =>
        void response.writeHead(200, { 'content-type': 'image/png' }).end('the image'),
    'PUT /proxy/objects/1': () => ({}),
    'POST /proxy/chat': (_request, response) =>
        void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: one\n\n: comment\ndata: two\n\n'),
    'GET /proxy/user/repos?per_page=100&visibility=all': () => [{ name: 'a' }, { name: 'b' }],
};

async function start(): Promise<SeenRequest[]> {
    const { url, requests } = await serve((request, response) =>
        answers[`${request.method} ${request.url}`]?.(request, response),
    );
    // The examples make their client when they are imported.
    vi.resetModules();
    vi.stubEnv('NANGO_API_KEY', apiKey);
    vi.stubEnv('NANGO_HOST', url);
    return requests;
}

test('a file is uploaded as part of a form', async () => {
    const requests = await start();
    const folder = await mkdtemp(join(tmpdir(), 'nango-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'report.pdf'), 'the report');
    const { upload } = await import('./examples/upload.js');
    expect(await upload('user-1', join(folder, 'report.pdf'))).toBe('f1');
    const form = await new Response(requests[0]?.body as BodyInit, {
        headers: { 'content-type': requests[0]?.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('file') as File;
    expect([form.get('title'), file.name, file.type, await file.text()]).toEqual([
        'Yearly report',
        'report.pdf',
        'application/pdf',
        'the report',
    ]);
});

test('a file is copied from one provider to another', async () => {
    const requests = await start();
    const { copy } = await import('./examples/copy.js');
    await copy('user-1', 'user-2');
    expect(requests[1]?.body.toString()).toBe('the image');
    expect(requests[1]?.headers).toMatchObject({ 'nango-proxy-content-type': 'image/png', 'connection-id': 'user-2' });
});

test('server-sent events are read', async () => {
    await start();
    const { events } = await import('./examples/events.js');
    const seen: string[] = [];
    for await (const event of events('user-1')) seen.push(event);
    expect(seen).toEqual(['one', 'two']);
});

test('the package works alone', async () => {
    await start();
    const { repositories } = await import('./examples/one-package.js');
    expect(await repositories('user-1')).toEqual(['a', 'b']);
});
