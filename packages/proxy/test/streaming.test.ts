import { expect, test } from 'vitest';
import { serveRaw } from '../../core/test/support/loopback.js';
import { runChild } from '../../core/test/support/run-child.js';

const gigabyte = 1024 ** 3;

/** A provider that sends as many bytes as it is asked for, and counts those it gets. */
function provider(): Promise<string> {
    const block = Buffer.alloc(65_536, 1);
    return serveRaw((request, response) => {
        if (request.method === 'GET') {
            let left = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('n'));
            response.writeHead(200, { 'content-disposition': 'attachment' });
            const more = () => {
                while (left > 0) {
                    left -= block.length;
                    if (!response.write(block)) return;
                }
                response.end();
            };
            response.on('drain', more);
            more();
            return;
        }
        let received = 0;
        request.on('data', (piece: Buffer) => {
            received += piece.length;
        });
        request.on('end', () => response.end(JSON.stringify({ received })));
    });
}

interface Transfer {
    moved: number;
    /** MiB beyond what a first, small transfer took. */
    memory: number;
    seconds: number;
}

const run = async (...args: string[]) => runChild<Transfer>(new URL('./transfer.ts', import.meta.url), await provider(), ...args);

test.each(['download', 'upload'])('1 GB goes through as %s in less than 64 MB', { timeout: 60_000 }, async (kind) => {
    const { moved, memory } = await run(kind, 'node', String(gigabyte));
    expect(moved).toBe(gigabyte);
    expect(memory).toBeLessThan(64);
});

test.runIf(process.env.HEAVY)(
    '1 GB goes through as a form, as a web stream, and over fetch in less than 64 MB',
    { timeout: 300_000 },
    async () => {
        for (const [kind, transport] of [
            ['form', 'node'],
            ['web', 'node'],
            ['download', 'fetch'],
            ['upload', 'fetch'],
            ['form', 'fetch'],
        ] as const) {
            const { moved, memory } = await run(kind, transport, String(gigabyte));
            expect(moved).toBeGreaterThanOrEqual(gigabyte);
            expect(memory, `${kind} over ${transport}`).toBeLessThan(64);
        }
    },
);
