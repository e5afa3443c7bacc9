/**
 * Whether a browser sent this request from a page that is not the emulator's own. Such pages must not drive the control surface or the
 * proxy; programs send neither header.
 */
export function isForeignPage(request: Request): boolean {
    const origin = request.headers.get('origin');
    if (origin !== null) return origin !== ownOrigin(request);
    const site = request.headers.get('sec-fetch-site');
    return site !== null && site !== 'same-origin' && site !== 'none';
}

function ownOrigin(request: Request): string {
    const url = new URL(request.url);
    return `${url.protocol}//${request.headers.get('host') ?? url.host}`;
}
