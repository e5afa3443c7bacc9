import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NetworkChild } from '../network/child/network-child.js';
import { startServer } from '../support/loopback-server.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';

/** As the API's load balancer closes idle connections, and how long these stay idle, in ms. */
const closesAfter = 61_000;
const idleFor = 70_000;

describe.runIf(process.env.HEAVY && opensslIsHere)(
    'a connection that is idle for 70 s, to a server that closes at 61 s (needs HEAVY=1)',
    () => {
        let ca: PrivateCa;
        let certificate: Certificate;
        beforeAll(async () => {
            ca = await PrivateCa.create();
            certificate = await ca.issue(['DNS:localhost']);
        });
        afterAll(() => ca.remove());

        /** Real time throughout: all of these idle at once. */
        async function idleOut(tls: boolean, frozen: boolean) {
            const server = await startServer({ idle: closesAfter, tls: tls ? certificate : undefined });
            const app = await NetworkChild.start({ NODE_EXTRA_CA_CERTS: ca.file });
            await app.call(server.url);
            if (frozen) app.freeze();
            await sleep(idleFor);
            const answer = app.call(server.url, { kind: 'action' });
            if (frozen) app.thaw();
            const outcome = await answer;
            return {
                by: outcome.by,
                error: outcome.error?.message,
                sent: server.requests.slice(1),
                connections: server.connections,
            };
        }

        test('the next action succeeds, sent once, awake or frozen meanwhile, over http: and https:', {
            timeout: 120_000,
        }, async () => {
            const outcomes = await Promise.all([
                idleOut(false, false),
                idleOut(true, false),
                idleOut(false, true),
                idleOut(true, true),
            ]);
            expect(outcomes).toEqual(
                Array(4).fill({ by: 'server', error: undefined, sent: ['POST /action/trigger'], connections: 2 }),
            );
        });

        test('a server that vanished without a word: the 50 s by the wall clock are the limit', { timeout: 30_000 }, async () => {
            // It would still answer on the old connection: that a new one is opened shows that the old one was not trusted.
            const server = await startServer({ tls: certificate });
            const app = await NetworkChild.start({ NODE_EXTRA_CA_CERTS: ca.file });
            await app.call(server.url);
            await app.call(server.url, { forward: 49_000 });
            expect(server.connections).toBe(1);
            await app.call(server.url, { forward: 50_000, kind: 'action' });
            expect(server.connections).toBe(2);
        });
    },
);
