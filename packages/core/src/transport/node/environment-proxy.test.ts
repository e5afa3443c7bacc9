import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NangoConfigError } from '../../errors/config-error.js';
import { proxyFor } from './environment-proxy.js';

const variables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];
beforeEach(() => {
    for (const name of variables) {
        vi.stubEnv(name, undefined);
        vi.stubEnv(name.toUpperCase(), undefined);
    }
});
afterEach(() => void vi.unstubAllEnvs());

const set = (environment: Record<string, string>) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};

test.each<[string, Record<string, string>, string | undefined]>([
    ['https://h.example', {}, undefined],
    ['https://h.example', { HTTPS_PROXY: 'http://proxy:8080' }, 'http://proxy:8080/'],
    ['https://h.example', { https_proxy: 'https://u:p@proxy' }, 'https://u:p@proxy/'],
    ['https://h.example', { HTTP_PROXY: 'http://proxy:8080' }, undefined],
    ['http://h.example', { HTTP_PROXY: 'http://proxy:8080' }, 'http://proxy:8080/'],
    ['http://h.example', { ALL_PROXY: 'http://proxy:8080' }, 'http://proxy:8080/'],
    // A proxy without a scheme is reached by http:, whatever the server's scheme is.
    ['https://h.example', { HTTPS_PROXY: 'proxy:8080' }, 'http://proxy:8080/'],
    ['https://h.example', { all_proxy: 'proxy:8080' }, 'http://proxy:8080/'],
    ['http://h.example', { HTTP_PROXY: 'proxy:8080' }, 'http://proxy:8080/'],
    ['https://h.example', { HTTPS_PROXY: 'http-proxy:8080' }, 'http://http-proxy:8080/'],
    ['https://h.example', { HTTPS_PROXY: 'https://proxy:8080', MY_HTTPS_PROXY: 'proxy:8080' }, 'https://proxy:8080/'],
    ['https://h.example', { HTTPS_PROXY: 'https://proxy:8080', HTTPS_PROXY_OLD: 'proxy:8080' }, 'https://proxy:8080/'],
    ['https://h.example', { HTTPS_PROXY: 'https://proxy:8080', MY_PROXY: 'proxy:8080' }, 'https://proxy:8080/'],
    ['https://h.example', { HTTPS_PROXY: 'http://proxy:8080', NO_PROXY: 'h.example' }, undefined],
    ['https://h.example', { HTTPS_PROXY: 'http://proxy:8080', NO_PROXY: 'localhost' }, 'http://proxy:8080/'],
])('%s with %j goes by %s', (origin, environment, proxy) => {
    set(environment);
    expect(proxyFor(origin)?.href).toBe(proxy);
});

test.each([
    ['http://127.0.0.1:3003', 'localhost', true],
    ['http://localhost:3003', '127.0.0.1', true],
    ['http://[::1]:3003', 'localhost', true],
    ['http://localhost:3003', '::1', true],
    ['http://localhost:3003', '[::1]', true],
    ['http://127.8.9.1:3003', '0.0.0.0', true],
    ['http://127.18.19.21:3003', 'localhost', true],
    ['http://127.0.0.1:3003', 'a.example,  localhost', true],
    ['http://127.0.0.1:3003', 'localhost:3003x', false],
    ['http://0.0.0.0:3003', 'a.example, LOCALHOST', true],
    ['http://127.0.0.1:3003', 'a.example localhost', true],
    ['http://127.0.0.1:3003', 'localhost:3003', true],
    ['http://127.0.0.1:3003', '[::1]:3003', true],
    ['http://127.0.0.1:3003', 'localhost:3004', false],
    ['http://127.0.0.1', 'localhost:80', true],
    ['http://127.0.0.1', 'localhost:443', false],
    ['http://127.0.0.1:3003', 'a.example', false],
    ['http://127.0.0.1:3003', 'notlocalhost', false],
    ['http://127.0.0.1:3003', 'localhost.example', false],
    ['http://127.0.0.1:3003', '', false],
    ['http://127.0.0.1.example', 'localhost', false],
    ['http://mylocalhost', 'localhost', false],
    ['http://h.example', '127.0.0.1', false],
])('%s with NO_PROXY=%s is spared: %s', (origin, spared, direct) => {
    set({ HTTP_PROXY: 'http://proxy:8080', NO_PROXY: spared });
    expect(proxyFor(origin) === undefined).toBe(direct);
});

test('no_proxy in small letters counts, and first', () => {
    set({ HTTPS_PROXY: 'http://proxy:8080', no_proxy: 'localhost:443', NO_PROXY: 'a.example' });
    expect(proxyFor('https://127.0.0.1')).toBeUndefined();
});

test.each([
    [
        'https://h.example',
        'socks5://user:hunter2@proxy',
        'The proxy of HTTPS_PROXY (or ALL_PROXY) speaks socks5, which only an agent can',
    ],
    ['http://h.example', 'socks5://user:hunter2@proxy', 'The proxy of HTTP_PROXY (or ALL_PROXY) speaks socks5'],
    ['https://h.example', 'http://user:hunter2#@proxy:8080', 'is not a URL like http://user:password@proxy.example.com:8080'],
])('%s by %s is refused, without its password', (origin, proxy, words) => {
    set({ ALL_PROXY: proxy });
    expect(() => proxyFor(origin)).toThrow(NangoConfigError);
    expect(() => proxyFor(origin)).toThrow(words);
    expect(() => proxyFor(origin)).not.toThrow(/hunter2/);
});
