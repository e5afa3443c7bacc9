import type { ClientRequest } from 'node:http';
import { expect, test } from 'vitest';
import { awaitsConnection, classifyNodeFailure } from './node-failure.js';

const system = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const classify = (error: unknown, socket: object | null = {}) =>
    classifyNodeFailure(error, { socket } as unknown as ClientRequest);

test.each<[string, unknown, object | null, 'not-sent' | 'maybe-sent', string | undefined, string]>([
    [
        'nobody listens',
        system('connect ECONNREFUSED ::1:1', { code: 'ECONNREFUSED', syscall: 'connect' }),
        null,
        'not-sent',
        'ECONNREFUSED',
        'connect ECONNREFUSED ::1:1',
    ],
    [
        'no address of a name answers',
        Object.assign(
            new AggregateError([
                system('connect ETIMEDOUT a', { syscall: 'connect' }),
                system('connect ETIMEDOUT b', { syscall: 'connect' }),
            ]),
            { code: 'ETIMEDOUT' },
        ),
        {},
        'not-sent',
        'ETIMEDOUT',
        'connect ETIMEDOUT a; connect ETIMEDOUT b',
    ],
    [
        'the same reason twice is reported once',
        system('odd', { code: 'EODD', errors: [system('odd'), system('')] }),
        {},
        'maybe-sent',
        'EODD',
        'odd',
    ],
    [
        'a reset',
        system('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' }),
        {},
        'maybe-sent',
        'ECONNRESET',
        'read ECONNRESET',
    ],
    [
        'a reset while it connects',
        system('socket hang up', { code: 'ECONNRESET' }),
        { connecting: true },
        'not-sent',
        'ECONNRESET',
        'socket hang up',
    ],
    [
        'a reset in the handshake',
        system('socket hang up', { code: 'ECONNRESET' }),
        { secureConnecting: true },
        'not-sent',
        'ECONNRESET',
        'socket hang up',
    ],
    [
        'a reset after both',
        system('socket hang up', { code: 'ECONNRESET' }),
        { connecting: false, secureConnecting: false },
        'maybe-sent',
        'ECONNRESET',
        'socket hang up',
    ],
    ['a code that is a number', system('odd', { code: 7 }), {}, 'maybe-sent', undefined, 'odd'],
    ['no words', {}, {}, 'maybe-sent', undefined, 'the connection failed'],
    ['empty words', system(''), undefined as never, 'maybe-sent', undefined, 'the connection failed'],
])('%s', (_what, error, socket, progress, code, message) => {
    expect(classify(error, socket)).toMatchObject({ kind: 'network', progress, code, message });
});

test.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed', /^self-signed\. If the server.*NODE_EXTRA_CA_CERTS/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'no issuer', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'no issuer', /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', 'certificate has expired', /^certificate has expired$/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ssl3_read\nmore', /^ssl3_read\. The server may want a client certificate/],
    ['ERR_SSL_X', 'tlsv1 alert unknown ca', /client certificate/],
    ['ERR_SSL_X', 'sslv3 alert bad certificate', /client certificate/],
    ['ERR_SSL_X', 'sslv3 alert handshake failure', /client certificate/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'C0\nlines', /^what answered does not speak TLS: are the scheme and the port right/],
    ['EPROTO', 'write EPROTO: packet length too long', /does not speak TLS/],
    ['ERR_SSL_HTTP_REQUEST', 'http request', /does not speak TLS/],
    ['EODD', '  odd words\nof OpenSSL\n', /^odd words$/],
])('%s (%j) is explained', (code, text, message) => {
    expect(classify(system(text, { code })).message).toMatch(message);
});

test.each<[string, Parameters<typeof awaitsConnection>[0], boolean]>([
    ['no socket yet', { socket: null }, true],
    ['connecting, the request held back', { socket: { connecting: true, writableLength: 9 } }, true],
    [
        'in its handshake, the request held back',
        { socket: { connecting: false, secureConnecting: true, writableLength: 9 } },
        true,
    ],
    ['seems to connect and holds nothing back', { socket: { connecting: true, writableLength: 0 } }, false],
    ['does not show what it holds', { socket: { connecting: true } }, false],
    ['connected', { socket: { connecting: false, secureConnecting: false, writableLength: 9 } }, false],
    ['a socket of somebody else', { socket: {} }, false],
])('a request with %s awaits its connection: %o', (_what, request, awaits) => {
    expect(awaitsConnection(request)).toBe(awaits);
});
