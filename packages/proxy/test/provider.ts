import { serveRaw } from '../../core/test/support/loopback.js';
import { runChild } from '../../core/test/support/run-child.js';

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

/** What a transfer took. */
export interface Transfer {
    moved: number;
    /** MiB beyond what a first, small transfer took. */
    memory: number;
}

/** Runs transfer.ts against a provider of its own. */
export const transfer = async (...args: string[]) =>
    runChild<Transfer>(new URL('./transfer.ts', import.meta.url), await provider(), ...args);
