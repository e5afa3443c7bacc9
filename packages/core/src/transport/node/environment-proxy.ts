import { getProxyForUrl } from 'proxy-from-env';
import { NangoConfigError } from '../../errors/config-error.js';

const loopback = /^(?:localhost|0\.0\.0\.0|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/**
 * The proxy that `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` name for a server, read as axios reads them.
 *
 * @throws {NangoConfigError} never repeats the proxy's URL, which may hold a password
 */
export function proxyFor(origin: string): URL | undefined {
    const named = getProxyForUrl(origin);
    if (named === '' || sparesLoopback(new URL(origin))) return undefined;
    const url = parse(hasOwnScheme(named) ? named : named.replace(/^https?/, 'http'));
    if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
    const variable = `${origin.startsWith('https:') ? 'HTTPS' : 'HTTP'}_PROXY (or ALL_PROXY)`;
    throw new NangoConfigError(
        url
            ? `The proxy of ${variable} speaks ${url.protocol.slice(0, -1)}, which only an agent can: pass one as \`httpsAgent\` and \`httpAgent\`, e.g. a SocksProxyAgent of the package socks-proxy-agent`
            : `The proxy of ${variable} is not a URL like http://user:password@proxy.example.com:8080; are @ : / # % and spaces of the password percent-encoded?`,
    );
}

/** As axios has it, and `proxy-from-env` has not: a loopback name in `NO_PROXY` stands for all of them. */
function sparesLoopback({ hostname, port, protocol }: URL): boolean {
    if (!loopback.test(hostname)) return false;
    const spared = (process.env.no_proxy || process.env.NO_PROXY || '').toLowerCase().split(/[\s,]+/);
    return spared.some((entry) => {
        const [, name = entry, only] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
        return loopback.test(name) && (only === undefined || only === (port || (protocol === 'https:' ? '443' : '80')));
    });
}

/** `proxy-from-env` gives a bare `proxy:8080` the scheme of the server; everybody else takes it for an `http:` proxy. */
function hasOwnScheme(named: string): boolean {
    const bare = named.replace(/^https?:\/\//, '');
    return !Object.entries(process.env).some(([name, value]) => value === bare && /^(?:https?|all)_proxy$/i.test(name));
}

function parse(url: string): URL | undefined {
    try {
        return new URL(url);
    } catch {
        return undefined;
    }
}
