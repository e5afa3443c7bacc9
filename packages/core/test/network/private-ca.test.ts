import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { callForResponse, NangoNetworkError, type NangoSettings } from '@x/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapters, apiKey, plainClient } from '../support/adapters.js';
import { startServer } from '../support/loopback-server.js';
import { action, read } from '../support/operations.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';
import { NetworkChild } from './child/network-child.js';

const get = (url: string, options: Partial<NangoSettings> = {}) =>
    callForResponse<{ by: string }>(plainClient(adapters[0], url, options), read, { path: { connectionId: 'c' } });

describe.runIf(opensslIsHere)('TLS with a private CA (needs openssl)', () => {
    let ca: PrivateCa;
    let otherCa: PrivateCa;
    let certificate: Certificate;
    let client: Certificate;
    beforeAll(async () => {
        [ca, otherCa] = await Promise.all([PrivateCa.create(), PrivateCa.create('Somebody Else')]);
        [certificate, client] = await Promise.all([ca.issue(['DNS:localhost']), ca.issue(['DNS:back-end'])]);
    });
    afterAll(() => {
        ca.remove();
        otherCa.remove();
    });

    test('the CA comes from NODE_EXTRA_CA_CERTS: no code knows of it, and connections are kept', async () => {
        const server = await startServer({ tls: certificate });
        const app = await NetworkChild.start({ NODE_EXTRA_CA_CERTS: ca.file });
        expect(await app.run({ host: server.url, calls: 3 })).toMatchObject(Array(3).fill({ by: 'server' }));
        expect(server.connections).toBe(1);
    });

    test("the CA comes from OpenSSL's store, with --use-openssl-ca and SSL_CERT_FILE", async () => {
        const server = await startServer({ tls: certificate });
        const app = await NetworkChild.start({ SSL_CERT_FILE: ca.file }, ['--use-openssl-ca']);
        expect(await app.call(server.url)).toMatchObject({ by: 'server' });
    });

    test('the CA comes with an agent of the caller, whose keep-alive is used', async () => {
        const server = await startServer({ tls: certificate });
        const httpsAgent = new Agent({ ca: readFileSync(ca.file), keepAlive: true });
        for (let i = 0; i < 3; i++) expect((await get(server.url, { httpsAgent })).data).toEqual({ by: 'server' });
        expect(server.connections).toBe(1);
        httpsAgent.destroy();
    });

    describe('a client certificate', () => {
        const start = () =>
            startServer({
                tls: { ...certificate, ca: ca.cert, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
            });

        test('is shown by an agent of the caller', async () => {
            const server = await start();
            const httpsAgent = new Agent({ ...client, ca: ca.cert, keepAlive: true });
            for (let i = 0; i < 2; i++) expect((await get(server.url, { httpsAgent })).data).toEqual({ by: 'server' });
            expect(server.clients).toEqual([{ servername: 'localhost', certificate: expect.stringMatching(/^leaf/) }]);
            httpsAgent.destroy();
        });

        test.each(['TLSv1.2', 'TLSv1.3'] as const)(
            'that is missing (%s): refused once, and the message says what is wanted',
            async (version) => {
                const server = await start();
                const httpsAgent = new Agent({ ca: ca.cert, minVersion: version, maxVersion: version });
                const client = plainClient(adapters[0], server.url, { httpsAgent, retry: { limit: 3, baseDelay: 1 } });
                const error = await callForResponse(client, action, { body: {} }).catch((e) => e);
                expect(error).toBeInstanceOf(NangoNetworkError);
                expect(error.message).toMatch(/client certificate/);
                expect(error.message).not.toMatch(/\n/);
                expect(server.requests).toEqual([]);
            },
        );

        test('of a CA that the server does not know: the same', async () => {
            const server = await start();
            const stranger = await otherCa.issue(['DNS:back-end']);
            const httpsAgent = new Agent({ ...stranger, ca: ca.cert });
            const error = await get(server.url, { httpsAgent }).catch((e) => e);
            expect(error).toBeInstanceOf(NangoNetworkError);
            expect(server.requests).toEqual([]);
        });
    });

    test.each([
        [
            'an unknown CA',
            /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/,
            /NODE_EXTRA_CA_CERTS.*httpsAgent/,
            () => certificate,
            undefined,
        ],
        ['an unknown CA that it sends along', /SELF_SIGNED_CERT_IN_CHAIN/, /NODE_EXTRA_CA_CERTS/, () => chained(), undefined],
        [
            'the CA of somebody else',
            /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/,
            /private CA/,
            () => certificate,
            () => otherCa.cert,
        ],
        [
            'another name',
            /ERR_TLS_CERT_ALTNAME_INVALID/,
            /localhost.*not in the cert's altnames.*nango\.example/,
            () => ca.issue(['DNS:nango.example']),
            () => ca.cert,
        ],
        ['a certificate that has expired', /CERT_HAS_EXPIRED/, /expired/, () => ca.issue(['DNS:localhost'], -1), () => ca.cert],
    ])('a server with %s: its code, not sent, not repeated', async (_, code, says, serverCertificate, trusted) => {
        const tls = await serverCertificate();
        let handshakes = 0;
        const server = await startServer({
            tls: {
                ...tls,
                SNICallback: (_name, done) => {
                    handshakes += 1;
                    done(null);
                },
            },
        });
        const httpsAgent = new Agent(trusted ? { ca: trusted() } : {});
        const client = plainClient(adapters[0], server.url, { httpsAgent, retry: { limit: 3, baseDelay: 1 } });
        const error = await callForResponse(client, read, { path: { connectionId: 'c' } }).catch((e) => e);
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error.progress).toBe('not-sent');
        expect(error.code).toMatch(code);
        expect(error.message).toMatch(says);
        expect(error.message).not.toContain(apiKey);
        expect(handshakes).toBe(1);
        expect(server.requests).toEqual([]);
    });
    const chained = () => ({ key: certificate.key, cert: certificate.cert + ca.cert });

    test('https: to a port that speaks plain HTTP: not sent, not repeated, and the message is for people', async () => {
        const server = await startServer();
        const client = plainClient(adapters[0], server.url.replace('http:', 'https:'), { retry: { limit: 3, baseDelay: 1 } });
        const error = await callForResponse(client, action, { body: {} }).catch((e) => e);
        expect(error).toMatchObject({ name: 'NangoNetworkError', progress: 'not-sent' });
        expect(error.message).toMatch(/does not speak TLS/);
        expect(server.connections).toBe(1);
    });
});
