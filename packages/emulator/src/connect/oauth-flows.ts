import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import type { ConnectRequest } from './connect-request.js';

/** Milliseconds until an authorisation that nobody finished is forgotten, as its cookie is. */
const lifetime = 3_600_000;

/** One authorisation between `/oauth/connect` and `/oauth/callback`. */
export interface OAuthFlow {
    /** `state`, and the name of the cookie. */
    id: string;
    /** What the consent page hands out on approval: the callback takes no other. */
    code: string;
    request: ConnectRequest;
    /** `credentials[…]` of the query. */
    overrides: Record<string, unknown>;
    socketId: string | undefined;
    expiresAt: number;
}

/** Authorisations under way. Their ids are random, not drawn from the seed: a page that guesses one could finish it. */
export class OAuthFlows {
    #flows = new Map<string, OAuthFlow>();

    readonly #clock: Clock;

    constructor(clock: Clock) {
        this.#clock = clock;
    }

    start(request: ConnectRequest, overrides: Record<string, unknown>, socketId: string | undefined): OAuthFlow {
        const now = this.#clock.now();
        for (const [id, flow] of this.#flows) if (flow.expiresAt <= now) this.#flows.delete(id);
        const id = randomUUID();
        const code = randomBytes(24).toString('base64url');
        const flow = { id, code, request, overrides, socketId, expiresAt: now + lifetime };
        this.#flows.set(id, flow);
        return flow;
    }

    find(id: string | undefined): OAuthFlow | undefined {
        const flow = id === undefined ? undefined : this.#flows.get(id);
        return flow && flow.expiresAt > this.#clock.now() ? flow : undefined;
    }

    /** Each can be finished once. */
    take(id: string): void {
        this.#flows.delete(id);
    }
}
