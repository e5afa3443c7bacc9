/** Nothing but these: a path or a `*` would never be equal to what a browser sends. */
const schemeAndHost = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*\\]+\/?$/i;

/**
 * An origin as browsers send it: `https://editor.example`, `chrome-extension://<id>`.
 * @throws TypeError when it is none, or one that any page may have
 */
export function asOrigin(text: string): string {
    const url = schemeAndHost.test(text) && URL.canParse(text) ? new URL(text) : undefined;
    if (url && /^https?:$/.test(url.protocol)) return url.origin;
    // Of the schemes that the URL standard knows, no others have pages. Of all others it gives no origin.
    if (url?.host && url.origin === 'null' && url.protocol !== 'file:') return `${url.protocol}//${url.host.toLowerCase()}`;
    throw new TypeError(
        `An allowed origin has a scheme and a host, e.g. https://editor.example, and no *; it is not ${JSON.stringify(text)}.`,
    );
}

/** Whether a text is the origin of an http(s) address, and nothing more. */
export function isOriginOnly(text: string): boolean {
    return schemeAndHost.test(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * A host's name as it is compared: without port and final dot.
 * @throws TypeError when it is none
 */
export function asHost(text: string): string {
    const url = /^[^\s/?#@*\\]+$/.test(text) && URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined;
    if (url) return hostName(url.hostname);
    throw new TypeError(
        `An allowed host is a name, e.g. my.tunnel.example, without scheme, path and *; it is not ${JSON.stringify(text)}.`,
    );
}

/** The name in a `Host` header, without port and final dot. */
export const hostName = (header: string): string => header.toLowerCase().replace(/\.?(?::\d+)?$/, '');

/** Whether an origin is that of a page of this machine. */
export function isLoopback(origin: string): boolean {
    if (!URL.canParse(origin)) return false;
    const { hostname, protocol } = new URL(origin);
    return /^https?:$/.test(protocol) && /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
