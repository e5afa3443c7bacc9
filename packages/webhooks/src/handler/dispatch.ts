import { NangoWebhookError } from '../webhook-error.js';
import { isDeletion, type WebhookEvent } from '../webhook-event.js';
import type { ConfirmableEvent, WebhookContext, WebhookHandlerOptions } from './options.js';
import { within } from './within.js';

/** A `confirm` that hangs must not hold the delivery until Nango gives it up. */
const longestConfirm = 10_000;

type AnyHandler = (event: WebhookEvent, context: Pick<WebhookContext<unknown>, 'header'>) => unknown;

/** Hands a parsed event to the caller's code. Throws what that throws; an error that is returned is why it was not handled. */
export async function dispatch<Confirmed, Types extends ConfirmableEvent['type']>(
    options: WebhookHandlerOptions<Confirmed, Types>,
    event: WebhookEvent,
    header: WebhookContext['header'],
): Promise<'handled' | 'ignored' | NangoWebhookError> {
    const handlers = {
        auth: isDeletion(event) ? options.onConnectionDeleted : options.onAuth,
        sync: options.onSync,
        async_action: options.onAsyncAction,
        forward: options.onForward,
        unknown: options.onUnknown,
    };
    const handler = handlers[event.type] as AnyHandler | undefined;
    if (!handler) return 'ignored';
    const { confirm } = options;
    let confirmed: unknown;
    if (confirm && event.type !== 'unknown' && (confirm.confirms?.(event.type as Types) ?? true)) {
        confirmed = await within<unknown>(longestConfirm, confirm.call(options, event), () => {
            throw new NangoWebhookError('confirm_failed', 'confirm took longer than 10 s.');
        });
        // Of a confirm that catches what the client throws, and of one that looks for connections.
        if (confirmed instanceof Error) throw confirmed;
        if (!confirmed || (Array.isArray(confirmed) && !confirmed.length))
            return new NangoWebhookError(
                'unconfirmed',
                `confirm dropped an event of type ${event.type}. It is forged or outdated, or the client of confirm has the API key of another environment.`,
            );
    }
    await handler.call(options, event, isDeletion(event) ? { header } : ({ confirmed, header } as WebhookContext<unknown>));
    return 'handled';
}
