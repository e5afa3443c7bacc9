import type { WebhookHeaders } from './header-value.js';
import type { RawBody } from './raw-body.js';
import { verifyIncomingWebhookRequest, verifyWebhookSignature } from './verify.js';

/** Where every client of the @x packages keeps its state: a function that returns it and shows nothing when printed. */
const client = Symbol.for('nango.client.v1');

interface ClientState {
    readonly settings: WebhooksOptions;
}

/** The keys that {@link Webhooks} checks with. The API key is never used: it does not sign webhooks. */
export interface WebhooksOptions {
    /** The environment's webhook signing key. */
    readonly webhookSigningKey?: string | undefined;
    /**
     * The older name of the API key. Used only when there is no `webhookSigningKey`: it signed the webhooks of environments made before
     * 2026-04-20.
     * @see docs/webhooks.md
     */
    readonly secretKey?: string | undefined;
}

/**
 * The two methods of `@nangohq/node` that check webhooks. The full client has them too.
 *
 * Its methods are copied onto that client, so they hold no state of their own and read the key through the client's symbol.
 *
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
// biome-ignore lint/correctness/noUnusedVariables: as of the other classes; neither method depends on it
export class Webhooks<T = any> {
    /** @param options The keys, or another client of these packages whose keys it then shares. */
    constructor(options: WebhooksOptions | object) {
        const shared = (options as Record<symbol, unknown>)[client];
        const { webhookSigningKey, secretKey } = options as WebhooksOptions;
        const state = (): ClientState => ({ settings: { webhookSigningKey, secretKey } });
        Object.defineProperty(this, client, { value: shared ?? state });
    }

    /**
     * Whether a request comes from Nango: see the function of the same name. False when the client has neither `webhookSigningKey` nor
     * `secretKey`. Never throws.
     *
     * @param rawBody The body as received: text, `Buffer`, `Uint8Array` or `ArrayBuffer`.
     * @param headers The request's headers, in any form.
     */
    verifyIncomingWebhookRequest(rawBody: RawBody | object, headers: WebhookHeaders): boolean {
        return verifyIncomingWebhookRequest(rawBody, headers, { signingKey: signingKeyOf(this as never) });
    }

    /**
     * Whether `X-Nango-Signature` fits a parsed body. Never throws.
     *
     * @deprecated Use {@link Webhooks.verifyIncomingWebhookRequest} with the raw body.
     * @param signature The value of the `X-Nango-Signature` header.
     * @param json The parsed body.
     */
    verifyWebhookSignature(signature: unknown, json: unknown): boolean {
        return verifyWebhookSignature(signature, json, { signingKey: signingKeyOf(this as never) });
    }
}

// Contract 18: the webhook signing key, else the secret key, never the API key.
function signingKeyOf(instance: { [client]?: () => ClientState } | undefined): string | undefined {
    const settings = instance?.[client]?.().settings;
    return settings?.webhookSigningKey ?? settings?.secretKey;
}
