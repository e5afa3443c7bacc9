import type { EmulatorContext } from '../context.js';
import { ValidationError } from '../errors/validation-error.js';
import { OutboundPolicy } from '../outbound/outbound-policy.js';

/** Where webhooks may go: the upstreams, and the origins that the environments' own addresses name. */
export function webhookPolicy(context: EmulatorContext): OutboundPolicy {
    const named = context.store
        .environments()
        .flatMap(({ settings }) => [settings.webhookUrl, settings.webhookUrlSecondary])
        .filter((url): url is string => typeof url === 'string' && /^https?:/.test(url) && URL.canParse(url));
    return new OutboundPolicy([...context.options.upstreams, ...named]);
}

/**
 * Refuses a body whose `webhook_url_override` is a loopback or private address that the emulator was not given (wire contract 14.6 and
 * 22). Other hosts may be stored; nothing is sent there unless they are listed.
 * @throws ValidationError 400 `invalid_body`
 */
export function checkWebhookOverride(context: EmulatorContext, body: unknown): void {
    const url = (body as { webhook_url_override?: unknown } | null | undefined)?.webhook_url_override;
    if (typeof url !== 'string' || url === '' || !URL.canParse(url) || webhookPolicy(context).accepts(new URL(url))) return;
    const message = `Loopback and private addresses are refused. Start the emulator with --upstream ${new URL(url).origin} to allow this one.`;
    throw new ValidationError('body', [{ code: 'custom', message, path: ['webhook_url_override'] }]);
}
