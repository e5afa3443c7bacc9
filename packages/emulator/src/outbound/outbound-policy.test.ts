import { expect, test } from 'vitest';
import { isDeniedByDefault } from './denied-host.js';
import { OutboundDeniedError, OutboundPolicy, UpstreamOptionError } from './outbound-policy.js';

test.each([
    'http://localhost',
    'http://LOCALHOST.:80',
    'http://app.localhost',
    'http://127.0.0.1',
    'http://127.1',
    'http://0x7f.0.0.1',
    'http://2130706433',
    'http://0',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:a9fe:a9fe]',
    'http://169.254.169.254',
    'http://metadata.google.internal',
    'http://10.1.2.3',
    'http://172.31.0.1',
    'http://192.168.1.1',
    'http://[fd00::1]',
    'http://[fe80::1]',
    'ftp://example.com',
    'file:///etc/passwd',
])('%s is denied by default', (target) => {
    expect(isDeniedByDefault(new URL(target))).toBe(true);
});

test.each([
    'https://example.com',
    'http://172.32.0.1',
    'http://8.8.8.8',
    'https://localhost.example.com',
    'http://[2606:4700::1]',
])('%s is not', (target) => {
    expect(isDeniedByDefault(new URL(target))).toBe(false);
});

test('reaches the listed origins only: scheme, host and port', () => {
    const policy = new OutboundPolicy(['http://127.0.0.1:4000/']);
    expect(policy.reaches(new URL('http://127.0.0.1:4000/x'))).toBe(true);
    for (const target of ['http://127.0.0.1:4001', 'https://127.0.0.1:4000', 'http://localhost:4000', 'https://example.com']) {
        expect(policy.reaches(new URL(target)), target).toBe(false);
        expect(() => policy.assertReaches(new URL(target))).toThrow(OutboundDeniedError);
    }
});

test("'*' reaches everything over http and https", () => {
    const policy = new OutboundPolicy(['*']);
    expect(policy.reaches(new URL('http://127.0.0.1:1'))).toBe(true);
    expect(policy.reaches(new URL('file:///etc/passwd'))).toBe(false);
});

test('accepts public webhook URLs without reaching them', () => {
    const policy = new OutboundPolicy([]);
    expect(policy.accepts(new URL('https://example.com'))).toBe(true);
    expect(policy.reaches(new URL('https://example.com'))).toBe(false);
    expect(policy.accepts(new URL('http://127.0.0.1'))).toBe(false);
});

test.each(['localhost:4000', 'ftp://a', 'nonsense'])('refuses %s as an upstream', (upstream) => {
    expect(() => new OutboundPolicy([upstream])).toThrow(UpstreamOptionError);
});
