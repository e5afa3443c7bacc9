import { Readable } from 'node:stream';
import { test } from 'vitest';
import { FetchTransport as New } from '../../src/transport/fetch-transport.js';
import { FetchTransport as Old } from '../../src/transport/zz-old-transport.js';
import { startServer } from '../support/loopback-server.js';

test.each([
    ['old', Old],
    ['new', New],
])('%s', { timeout: 120000 }, async (name, T) => {
    const server = await startServer();
    const count: Record<string, number> = {};
    for (let i = 0; i < 12; i++) {
        const body = new Readable({
            read() {
                this.push('begin');
                setImmediate(() => this.destroy(new Error('disk gone')));
            },
        });
        body.push('begin');
        setTimeout(() => body.destroy(new Error('disk gone')), 20);
        const cancellation = { onCancel: undefined, reason: undefined, cancelled: false };
        const out = new T(globalThis.fetch)
            .send({
                base: { origin: server.url, protocol: 'http:', hostname: 'localhost', port: String(server.port), path: '' },
                path: '/a',
                method: 'POST',
                headers: {},
                body: body as never,
                cancellation,
            })
            .then(
                () => 'ok',
                (e) => `rejects ${e.message ?? e}`,
            );
        const r = await Promise.race([out, new Promise<string>((s) => setTimeout(s, 1000, 'hang'))]);
        count[r] = (count[r] ?? 0) + 1;
    }
    console.log(name, count);
});
