/** An origin as it is compared and sent: `https://editor.example`. @throws TypeError when it is none */
export function asOrigin(text: string): string {
    const { origin, protocol } = URL.canParse(text) ? new URL(text) : { origin: 'null', protocol: '' };
    if (!/^https?:$/.test(protocol) || ![origin, `${origin}/`].includes(text.toLowerCase())) {
        throw new TypeError(
            `An allowed origin has a scheme and a host, e.g. https://editor.example, not ${JSON.stringify(text)}.`,
        );
    }
    return origin;
}

/** Whether an origin is that of a page of this machine. */
export function isLoopback(origin: string): boolean {
    if (!URL.canParse(origin)) return false;
    const { hostname, protocol } = new URL(origin);
    return /^https?:$/.test(protocol) && /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
