/** The server's URL, taken apart once. */
export interface ServerBase {
    readonly origin: string;
    readonly protocol: 'http:' | 'https:';
    /** Without the brackets of an IPv6 address. */
    readonly hostname: string;
    readonly port: string;
    /** The URL's own path with no slash at its end: `''` for most. */
    readonly path: string;
}
