import { isOriginOnly } from '../base/origins.js';
import type { StartedBy } from '../base/started-by.js';
import { isDeniedByDefault } from './denied-host.js';

/** An origin of `--upstream` that is not `*` and not an http(s) origin. */
export class UpstreamOptionError extends TypeError {
    override readonly name = 'UpstreamOptionError';
}

/** The option that lets an origin in, as whoever started the emulator writes it. */
export const upstreamOption = (origin: string, startedBy: StartedBy): string =>
    startedBy === 'command' ? `--upstream ${origin}` : `upstreams: ['${origin}']`;

/** A request was to go to a target that is not allowed. */
export class OutboundDeniedError extends Error {
    override readonly name = 'OutboundDeniedError';

    constructor(
        readonly target: string,
        startedBy: StartedBy = 'library',
    ) {
        super(
            `${target} is not an allowed target. Start the emulator with ${upstreamOption(target, startedBy)} to let it reach that origin.`,
        );
    }
}

/**
 * Where the emulator may send requests: nowhere but to the origins that it was given. The server's own rule (any public host, no
 * loopback or private address; contract 14.6) stays visible in {@link OutboundPolicy.accepts}.
 */
export class OutboundPolicy {
    readonly #any: boolean;
    readonly #origins: ReadonlySet<string>;

    /**
     * @param upstreams origins such as `http://127.0.0.1:4000`; `*` allows every target
     * @throws UpstreamOptionError when one is neither
     */
    constructor(
        upstreams: readonly string[],
        private readonly startedBy: StartedBy = 'library',
    ) {
        this.#any = upstreams.includes('*');
        this.#origins = new Set(upstreams.filter((upstream) => upstream !== '*').map(originOf));
    }

    /** Whether a request may go there. */
    reaches(url: URL): boolean {
        if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
        return this.#any || this.#origins.has(url.origin);
    }

    /** Whether a webhook URL may be stored: public hosts, as on the server, and every origin that the emulator was given. */
    accepts(url: URL): boolean {
        return this.reaches(url) || !isDeniedByDefault(url);
    }

    /** @throws OutboundDeniedError when a request must not go there */
    assertReaches(url: URL): void {
        if (!this.reaches(url)) throw new OutboundDeniedError(url.origin === 'null' ? url.protocol : url.origin, this.startedBy);
    }
}

function originOf(upstream: string): string {
    if (isOriginOnly(upstream)) return new URL(upstream).origin;
    throw new UpstreamOptionError(
        `An upstream must be an origin such as http://127.0.0.1:4000, without a path, or '*'; got ${JSON.stringify(upstream)}`,
    );
}
