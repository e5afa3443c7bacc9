import { createHash, createHmac } from 'node:crypto';
import { type as osType, release } from 'node:os';
import { text } from 'node:stream/consumers';
import type { Clock } from '../base/clock.js';
import { maskQuery } from '../base/mask-query.js';
import { OutboundDeniedError } from '../outbound/outbound-policy.js';
import { isRetryableCode } from '../outbound/retryable-code.js';
import { OutboundNetworkError, sendRequest } from '../outbound/send-request.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { OutgoingWebhook } from './outgoing-webhook.js';
import { sortedJson } from './sorted-json.js';
import { type OutboundRules, webhookPolicy } from './webhook-policy.js';

/** Waits before the second and third attempt, ms (contract 17.1). */
const waits = [3000, 6000];
const timeout = 20_000;
const keep = 1000;
/** How much of a receiver's answer is logged. */
const longestAnswer = 300;
/** How much of it is kept with the attempt. */
const longestKeptAnswer = 5000;

/** One delivery and its attempts, as the control surface lists them. Signatures and keys are not part of it. */
export interface WebhookDelivery {
    id: string;
    url: string;
    type: string;
    body: unknown;
    status: 'pending' | 'delivered' | 'failed' | 'skipped';
    /** `answer`: the start of what the receiver said. */
    attempts: { at: string; status: number | null; error?: string; answer?: string; ms: number }[];
    createdAt: string;
}

/** What is needed to send a delivery again, beside what is shown of it. */
interface Queued {
    shown: WebhookDelivery;
    body: string;
    headers: Record<string, string>;
    signingKey: string;
    environmentId: number;
}

/** Delivers webhooks on the emulator's clock: signed, retried, logged (contract 17.1). */
export class WebhookSender {
    #queued: Queued[] = [];
    #breaker = new CircuitBreaker();
    #count = 0;
    /** An environment's addresses are tried one after the other; deliveries of one moment keep their order. */
    #line: Promise<unknown> = Promise.resolve();

    readonly #world: OutboundRules & { readonly clock: Clock; changed(): void };

    constructor(world: OutboundRules & { readonly clock: Clock; changed(): void }) {
        this.#world = world;
    }

    /** Queue a webhook; returns at once. Deliveries run on the emulator's clock and are tracked by it. */
    send(webhook: OutgoingWebhook): void {
        const { settings } = webhook.environment;
        const override = webhook.webhookUrlOverride || webhook.connection?.webhookUrlOverride;
        const body = webhook.raw === undefined ? webhook.body : webhook.raw;
        const urls = override ? [override] : [settings.webhookUrl, settings.webhookUrlSecondary];
        for (const url of urls) {
            if (!url) continue;
            this.#enqueue({
                shown: this.#delivery(url, webhook.body.type, body),
                body: sortedJson(body),
                headers: webhook.headers ?? {},
                signingKey: settings.webhookSigningKey,
                environmentId: settings.id,
            });
        }
    }

    deliveries(): WebhookDelivery[] {
        return this.#queued.map(({ shown }) => ({ ...shown, attempts: [...shown.attempts] }));
    }

    /** Send a delivery again; undefined when there is none of this id. */
    redeliver(id: string): WebhookDelivery | undefined {
        const known = this.#queued.find(({ shown }) => shown.id === id);
        if (!known) return undefined;
        const again = { ...known, shown: this.#delivery(known.shown.url, known.shown.type, known.shown.body) };
        this.#enqueue(again);
        return again.shown;
    }

    clear(): void {
        this.#breaker.clear();
        this.#queued = [];
    }

    #delivery(url: string, type: string, body: unknown): WebhookDelivery {
        this.#count += 1;
        const createdAt = new Date(this.#world.clock.now()).toISOString();
        return { id: `whd_${this.#count}`, url, type, body: structuredClone(body), status: 'pending', attempts: [], createdAt };
    }

    #enqueue(queued: Queued): void {
        this.#queued.push(queued);
        if (this.#queued.length > keep) this.#queued.shift();
        this.#world.changed();
        const sent = this.#line.then(() => this.#attempt(queued));
        this.#line = sent;
        void this.#world.clock.track(sent);
    }

    async #attempt(queued: Queued): Promise<void> {
        const { shown } = queued;
        const started = performance.now();
        const at = new Date(this.#world.clock.now()).toISOString();
        const outcome = this.#interrupted(queued) ?? (await this.#post(queued));
        if ('denied' in outcome) {
            shown.status = 'skipped';
            shown.attempts.push({ at, status: null, error: outcome.denied, ms: 0 });
        } else {
            const { retry, answer = '', ...attempt } = outcome;
            const said = this.#withoutKeys(queued, answer.slice(0, longestKeptAnswer));
            shown.attempts.push({ at, ...attempt, ...(said && { answer: said }), ms: Math.round(performance.now() - started) });
            const wait = waits[shown.attempts.length - 1];
            const delivered = attempt.status !== null && attempt.status < 300;
            if (delivered) this.#breaker.succeeded(shown.url);
            else this.#breaker.failed(shown.url, this.#world.clock.now());
            if (delivered) shown.status = 'delivered';
            else if (!retry || wait === undefined) shown.status = 'failed';
            else this.#world.clock.after(wait, () => this.#attempt(queued));
            if (shown.status !== 'delivered') this.#logRefusal(queued, attempt.status ?? attempt.error, said);
        }
        this.#world.changed();
    }

    /** What the circuit breaker says, where the environment has one. */
    #interrupted({ shown, environmentId }: Queued): { denied: string } | undefined {
        if (!this.#world.store.environmentById(environmentId)?.settings.webhookBreaker) return undefined;
        const until = this.#breaker.openUntil(shown.url, this.#world.clock.now());
        if (until === null) return undefined;
        return { denied: `This address kept failing: nothing goes there until ${new Date(until).toISOString()}.` };
    }

    /** One line with what the receiver said, so that a delivery that nobody took is not silent. */
    #logRefusal({ shown }: Queued, status: number | string | undefined, answer: string): void {
        const { origin, pathname, search } = new URL(shown.url);
        const line = answer.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
        const said = line.length > longestAnswer ? `${line.slice(0, longestAnswer)}…` : line;
        const again = shown.status === 'pending' ? ', to be tried again' : '';
        this.#world.options.log?.(
            `webhook ${shown.type} refused by ${origin}${pathname}${maskQuery(search)}: ${status}${again}${said && ` ${said}`}`,
        );
    }

    /** A receiver that echoes what it knows must not bring keys into the log. */
    #withoutKeys({ signingKey }: Queued, answer: string): string {
        return [signingKey, this.#world.options.apiKey].reduce((text, key) => text.replaceAll(key, '***'), answer);
    }

    async #post({ shown, body, headers, signingKey }: Queued): Promise<{ denied: string } | Outcome> {
        if (!URL.canParse(shown.url)) return { denied: 'This is not a URL.' };
        const url = new URL(shown.url);
        try {
            const response = await sendRequest(
                {
                    method: 'POST',
                    url,
                    headers: {
                        ...headers,
                        'content-type': 'application/json',
                        'user-agent': userAgent,
                        ...signatureHeaders(signingKey, body),
                    },
                    body: Buffer.from(body),
                    timeout,
                },
                webhookPolicy(this.#world),
            );
            const { status } = response;
            const answer = await text(response.body).catch(() => undefined);
            return { status, retry: status >= 500, answer };
        } catch (error) {
            if (error instanceof OutboundDeniedError) return { denied: error.message };
            if (!(error instanceof OutboundNetworkError)) throw error;
            return { status: null, error: error.code, retry: isRetryableCode(error.code) };
        }
    }
}

interface Outcome {
    status: number | null;
    error?: string;
    retry: boolean;
    /** What the receiver answered, for the log. */
    answer?: string | undefined;
}

/** `nango/<version> (<os>/<release>; node.js/<version>)`. */
const userAgent = `nango/emulator (${osType().toLowerCase()}/${release()}; node.js/${process.versions.node})`;

/** Both signatures over the raw body (contract 17.1): HMAC, and the older hash of key and body. */
function signatureHeaders(signingKey: string, body: string): Record<string, string> {
    return {
        'x-nango-signature': createHash('sha256')
            .update(signingKey + body)
            .digest('hex'),
        'x-nango-hmac-sha256': createHmac('sha256', signingKey).update(body).digest('hex'),
    };
}
