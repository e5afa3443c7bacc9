import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { run } from '../harness/run.js';

const chromium = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
);

describe.skipIf(!chromium)('a page in Chromium (needs Chromium)', () => {
    test('gets no client that would publish the key, unless it says that it is a test', async () => {
        const page = await bundle(`
            import { Nango } from '@x/node';
            import { Connections } from '@x/connections';
            const apiKey = 'e0e0e0e0-0000-4000-8000-000000000001';
            const outcome = (make) => { try { make(); return 'made'; } catch (error) { return error.name + ': ' + error.message; } };
            document.body.textContent = JSON.stringify({
                nango: outcome(() => new Nango({ apiKey })),
                connections: outcome(() => new Connections({ apiKey })),
                allowed: outcome(() => new Nango({ apiKey, dangerouslyAllowBrowser: true })),
            });`);
        const outcome = JSON.parse(await open(page)) as Record<string, string>;
        expect(outcome.nango).toMatch(/^NangoConfigError: .*dangerouslyAllowBrowser/);
        expect(outcome.connections).toMatch(/^NangoConfigError: /);
        expect(outcome.nango).not.toContain('e0e0e0e0');
        expect(outcome.allowed).toBe('made');
    });
});

async function bundle(contents: string): Promise<string> {
    const { outputFiles } = await build({
        stdin: { contents, resolveDir: inject('project') },
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'browser',
        logLevel: 'error',
    });
    return outputFiles[0]?.text ?? '';
}

/** The text of a page that runs the script. */
async function open(script: string): Promise<string> {
    const server = createServer((request, response) => {
        if (request.url === '/script.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
        response
            .writeHead(200, { 'content-type': 'text/html' })
            .end('<!doctype html><body></body><script type=module src=/script.js></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    try {
        const { stdout } = await run(chromium as string, [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--virtual-time-budget=5000',
            `--user-data-dir=${profile}`,
            '--dump-dom',
            `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        ]);
        return /<body>(.*?)<script/s.exec(stdout)?.[1]?.trim() || (/<body>(.*?)<\/body>/s.exec(stdout)?.[1] ?? stdout).trim();
    } finally {
        server.close();
        rmSync(profile, { recursive: true, force: true });
    }
}
