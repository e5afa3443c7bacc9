import { isLoopback } from '../base/origins.js';
import { ForbiddenError } from '../errors/coded-error.js';

/**
 * Whether a browser sent this request from a page that is not the emulator's own, nor one of the origins that are let in by name. Such
 * pages must not drive the control surface or the proxy; programs send neither header.
 */
export function isForeignPage(request: Request, allowed: readonly string[]): boolean {
    const origin = request.headers.get('origin');
    if (origin !== null) return origin !== ownOrigin(request) && !allowed.includes(origin);
    const site = request.headers.get('sec-fetch-site');
    return site !== null && site !== 'same-origin' && site !== 'none';
}

/**
 * Refuses pages from anywhere but this machine: the default API key is known to all, so what takes one would be open to every page that
 * a developer visits, and so are the addresses for the webhooks of providers.
 * @throws ForbiddenError 403
 */
export function refuseStrangers(request: Request, allowed: readonly string[]): void {
    const origin = request.headers.get('origin');
    if (origin === null || isLoopback(origin) || !isForeignPage(request, allowed)) return;
    // Any page can open a frame that has no origin: that can't be named.
    if (origin === 'null' || /^file:/i.test(origin)) {
        throw new ForbiddenError(
            'A page without an origin (a file, a sandboxed frame) may not use the emulator: serve it from this machine, e.g. from ' +
                'http://localhost, or from an origin that --allow-origin (allowedOrigins) names.',
        );
    }
    throw new ForbiddenError(
        `A web page of ${shown(origin)} may not use the emulator. If it is yours, name it: --allow-origin ${shown(origin)} (allowedOrigins).`,
    );
}

const shown = (origin: string) => (origin.length > 200 ? `${origin.slice(0, 200)}…` : origin);

function ownOrigin(request: Request): string {
    const url = new URL(request.url);
    return `${url.protocol}//${request.headers.get('host') ?? url.host}`;
}
