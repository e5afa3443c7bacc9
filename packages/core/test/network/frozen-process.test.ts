import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startProxy } from '../support/forward-proxy.js';
import { startServer } from '../support/loopback-server.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';
import { NetworkChild } from './child/network-child.js';

/** ms after which the servers here close an idle connection, without announcing it. */
const idle = 400;

async function survives(app: NetworkChild, server: Awaited<ReturnType<typeof startServer>>) {
    for (let round = 1; round <= 4; round++) {
        const { idled } = server;
        await app.call(server.url);
        // By a message that comes with the thaw, and by a timer that was due meanwhile. Its clock goes on by more than the second after which
        // the client doubts a connection.
        const job = { kind: 'action', forward: 2_000 } as const;
        const byTimer = round > 2 ? app.call(server.url, { ...job, delay: 100 }) : undefined;
        if (byTimer) await eventually(() => expect(app.waiting).toBe(true));
        app.freeze();
        await eventually(() => expect(server.idled).toBeGreaterThanOrEqual(idled + 1));
        const answer = byTimer ?? app.call(server.url, job);
        app.thaw();
        expect(await answer).toMatchObject({ by: 'server' });
        expect(server.requests.filter((line) => line.startsWith('POST'))).toHaveLength(round);
    }
    expect(await app.end()).toBe(0);
}

describe('a process that is frozen while the server closes its connection: the next action succeeds, sent once', () => {
    test('over http:', async () => {
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

        test('over https:', async () => {
            const server = await startServer({ idle, tls: certificate });
            await survives(await NetworkChild.start({ NODE_EXTRA_CA_CERTS: ca.file }), server);
        });

        test('through a tunnel', async () => {
            const [server, proxy] = [await startServer({ idle, tls: certificate }), await startProxy()];
            const env = { NODE_EXTRA_CA_CERTS: ca.file, HTTPS_PROXY: proxy.url };
            await survives(await NetworkChild.start(env), server);
            expect(proxy.lines).toHaveLength(5);
        });
    });
});
