import { expect, test } from 'vitest';
import { handshakeFailed, isUnsent } from './unsent.js';

test.each([
    ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT'],
    ...['ConnectionRefused', 'FailedToOpenSocket', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EPROTO'],
    ...['ERR_SSL_WRONG_VERSION_NUMBER', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN'],
])('%s: nothing was written', (code) => {
    expect(isUnsent(code)).toBe(true);
});

test.each(['connect', 'getaddrinfo', 'queryA', 'queryAaaa'])('in the system call %s nothing was written', (syscall) => {
    expect(isUnsent('ETIMEDOUT', syscall)).toBe(true);
});

test.each([
    ['ECONNRESET', 'read'],
    ['EPIPE', 'write'],
    ['ETIMEDOUT', undefined],
    ['XECONNREFUSED', undefined],
    ['ECONNREFUSEDX', undefined],
    ['NOT_EPROTO', undefined],
    ['EPROTOTYPE', undefined],
    ['MY_ERR_TLS_X', undefined],
    ['MY_ERR_SSL_X', undefined],
    [undefined, undefined],
    [7, undefined],
])('%s in %s: it may have been', (code, syscall) => {
    expect(isUnsent(code, syscall)).toBe(false);
});

test('a connection that was refused may be made later, a certificate is refused again', () => {
    expect(handshakeFailed.test('ECONNREFUSED')).toBe(false);
    expect(handshakeFailed.test('CERT_HAS_EXPIRED')).toBe(true);
});
