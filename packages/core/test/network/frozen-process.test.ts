import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy } from '../support/forward-proxy.js';
import { startServer } from '../support/loopback-server.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';
import { NetworkChild } from './child/network-child.js';

/** ms after which the servers here close an idle connection, and tell nobody beforehand. */
const idle = 400;

async function survives(app: NetworkChild, server: Awaited<ReturnType<typeof startServer>>) {
    for (let round = 1; round <= 4; round++) {
        await app.call(server.url);
        // By a message that comes with the thaw, and by a timer that was due meanwhile.
        const byTimer = round > 2 ? app.call(server.url, { kind: 'action', delay: 300 }) : undefined;
        await sleep(100);
        app.freeze();
        // More than the second after which the client doubts a connection.
        await sleep(1_200);
        const answer = byTimer ?? app.call(server.url, { kind: 'action' });
        app.thaw();
        expect(await answer).toMatchObject({ by: 'server' });
        expect(server.requests.filter((line) => line.startsWith('POST'))).toHaveLength(round);
    }
    expect(await app.end()).toBeLessThan(2_000);
}

describe('a process that is frozen while the server closes its connection: the next action succeeds, sent once', () => {
    test('over http:', { timeout: 60_000 }, async () => {
        const server = await startServer({ idle });
        await survives(await NetworkChild.start(), server);
    });

    describe.runIf(opensslIsHere)('(needs openssl)', () => {
        let ca: PrivateCa;
        let certificate: Certificate;
        beforeAll(async () => {
            ca = await PrivateCa.create();
            certificate = await ca.issue(['DNS:localhost']);
        });
        afterAll(() => ca.remove());

        test('over https:', { timeout: 60_000 }, async () => {
            const server = await startServer({ idle, tls: certificate });
            await survives(await NetworkChild.start({ NODE_EXTRA_CA_CERTS: ca.file }), server);
        });

        test('through a tunnel', { timeout: 60_000 }, async () => {
            const [server, proxy] = [await startServer({ idle, tls: certificate }), await startProxy()];
            const env = { NODE_EXTRA_CA_CERTS: ca.file, HTTPS_PROXY: proxy.url };
            await survives(await NetworkChild.start(env), server);
            expect(proxy.lines).toHaveLength(5);
        });
    });
});
