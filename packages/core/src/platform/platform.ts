import type { NangoOptions } from '../types/options.js';
import type { Transport } from '../types/transport.js';

/** What differs between runtimes. Which one is built in is decided by the package's export conditions. */
export interface Platform {
    /** Name and version, e.g. `node.js/20.20.2`. */
    runtime(): string;
    /** The transport for a client's options; opens nothing. */
    createTransport(options: NangoOptions): Transport;
    /** Hexadecimal SHA-256 of a text. */
    sha256(text: string): string | Promise<string>;
    /**
     * Whether calls may wait for a promise of another call. Not on Workers: a promise of an ended request never settles
     * there.
     */
    readonly sharesPromises: boolean;
}
