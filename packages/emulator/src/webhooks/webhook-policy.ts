import { ValidationError } from '../errors/validation-error.js';
import type { ResolvedOptions } from '../options.js';
import { OutboundPolicy, upstreamOption } from '../outbound/outbound-policy.js';
import type { Store } from '../state/store.js';

/** What decides where requests may go. */
export interface OutboundRules {
    readonly options: ResolvedOptions;
    readonly store: Store;
}

/** Where webhooks may go: the upstreams, and the origins that the environments' own addresses name. */
export function webhookPolicy({ store, options }: OutboundRules): OutboundPolicy {
    const named = store
        .environments()
        .flatMap(({ settings }) => [settings.webhookUrl, settings.webhookUrlSecondary])
        .filter((url): url is string => typeof url === 'string' && /^https?:/.test(url) && URL.canParse(url));
    return new OutboundPolicy([...options.upstreams, ...named.map((url) => new URL(url).origin)], options.startedBy);
}

/** The addresses that a body asks webhooks to go to: its own, and the deprecated ones of a session's defaults (contract 15.1). */
function webhookUrlsIn(body: unknown): { url: unknown; path: string[] }[] {
    if (typeof body !== 'object' || body === null) return [];
    const { webhook_url_override, integrations_config_defaults: defaults } = body as {
        webhook_url_override?: unknown;
        integrations_config_defaults?: Record<string, { connection_config?: { webhook_url?: unknown } | undefined }>;
    };
    return [
        { url: webhook_url_override, path: ['webhook_url_override'] },
        ...Object.entries(defaults ?? {}).map(([key, { connection_config }]) => ({
            url: connection_config?.webhook_url,
            path: ['integrations_config_defaults', key, 'connection_config', 'webhook_url'],
        })),
    ];
}

/**
 * Refuses a body whose `webhook_url_override` is a loopback or private address that the emulator was not given (contract 14.6 and
 * 22). Other hosts may be stored; nothing is sent there unless they are listed.
 * @throws ValidationError 400 `invalid_body`
 */
export function checkWebhookOverride(rules: OutboundRules, body: unknown): void {
    for (const { url, path } of webhookUrlsIn(body)) {
        if (typeof url !== 'string' || url === '' || !URL.canParse(url) || webhookPolicy(rules).accepts(new URL(url))) continue;
        const option = upstreamOption(new URL(url).origin, rules.options.startedBy);
        const message = `Loopback and private addresses are refused. Start the emulator with ${option} to allow this one.`;
        throw new ValidationError('body', [{ code: 'custom', message, path }]);
    }
}
