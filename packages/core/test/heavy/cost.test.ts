import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('./workers/cost-worker.mjs', import.meta.url));

describe.runIf(process.env.HEAVY)('the cost of the gate and of retries', () => {
    test('a call costs little more CPU than with both off (docs/benchmarks.md has the figures)', {
        timeout: 180_000,
    }, async () => {
        const body = JSON.stringify({ text: 'x'.repeat(1_000) });
        const server = createServer((_request, response) => {
            response.writeHead(200, {
                'content-type': 'application/json',
                'content-length': body.length,
                'x-ratelimit-limit': 10_000_000,
                'x-ratelimit-remaining': 9_000_000,
                'x-ratelimit-reset': Math.floor(Date.now() / 1_000) + 50,
            });
            response.end(body);
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const worker = fork(script, {
            env: { ...process.env, COST_WORKER: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
        });
        const { off, on } = await new Promise<{ off: number; on: number }>((resolve) => worker.once('message', resolve as never));
        server.close();
        console.info(
            `CPU per call: ${off.toFixed(0)} us with both off, ${on.toFixed(0)} us with both on: ${(on / off).toFixed(3)}`,
        );
        expect(on / off).toBeLessThan(1.5);
    });
});
