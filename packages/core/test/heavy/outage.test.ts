import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { callForResponse } from '@x/core';
import { describe, expect, test } from 'vitest';
import { adapters, plainClient } from '../support/adapters.js';
import { read } from '../support/operations.js';

const perSecond = 20;
const downFor = 30_000;

describe.runIf(process.env.HEAVY)('a server that is down for 30 s and comes back', () => {
    test('it gets at most 1.2 times the load without retries, and every call succeeds in its time', {
        timeout: 180_000,
    }, async () => {
        let requests = 0;
        let down = true;
        const server = createServer((_request, response) => {
            requests += 1;
            if (down) response.writeHead(503).end('<html>down</html>');
            else response.end('{}');
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const client = plainClient(adapters[0], `http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
            retry: { limit: Number.POSITIVE_INFINITY },
            totalTimeout: 90_000,
            rateLimit: { isolated: true },
        });
        const calls: Promise<unknown>[] = [];
        const begun = Date.now();
        while (Date.now() - begun < downFor) {
            // Caught now, judged at the end.
            calls.push(callForResponse(client, read, { path: { connectionId: 'c' } }).catch((error: unknown) => error));
            await sleep(1_000 / perSecond);
        }
        const first = calls.length;
        const load = requests / first;
        down = false;
        const back = Date.now();
        // What else comes in goes on as before.
        for (let i = 0; i < 10 * perSecond; i++) {
            calls.push(callForResponse(client, read, { path: { connectionId: 'c' } }).catch((error: unknown) => error));
            await sleep(1_000 / perSecond);
        }
        const failed = (await Promise.all(calls)).filter((answer) => answer instanceof Error);
        server.close();
        console.info(
            `${first} calls in ${downFor / 1_000} s of outage: ${(load).toFixed(2)} x the load without retries; all answered ${((Date.now() - back) / 1_000).toFixed(1)} s after it, ${failed.length} failed`,
        );
        expect(load).toBeLessThanOrEqual(1.2);
        expect(failed).toEqual([]);
    });
});
