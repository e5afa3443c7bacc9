import { NangoWebhookError } from '../webhook-error.js';
import type { WebhookEvent } from '../webhook-event.js';
import type { WebhookHandlerOptions } from './options.js';
import { within } from './within.js';

const minute = 60_000;
/** A logger that hangs must not cost the answer. */
const longestReport = 1_000;

/**
 * Makes the function that reports what was refused and what failed: to `onError`, else to the console, where a refusal is written once
 * per reason and minute. A reporter that fails itself does not change the answer.
 */
export function createReporter({ onError }: Pick<WebhookHandlerOptions, 'onError'>) {
    const written = new Map<string, { until: number; left: number }>();

    function warn({ reason, message, cause }: NangoWebhookError): void {
        // The sender's own doing, nothing that the receiver could change.
        if (reason === 'body_incomplete') return;
        const last = written.get(reason);
        if (last && Date.now() < last.until) {
            last.left++;
            return;
        }
        written.set(reason, { until: Date.now() + minute, left: 0 });
        const because = cause instanceof Error ? ` (${cause})` : '';
        const left = last?.left ? ` And ${last.left} more since the last warning.` : '';
        console.warn(`@x/webhooks, ${reason}: ${message}${because}${left}`);
    }

    return async (error: unknown, event?: WebhookEvent): Promise<void> => {
        try {
            if (onError) await within<unknown>(longestReport, onError(error, event), () => {});
            else if (error instanceof NangoWebhookError) warn(error);
            else console.error('A webhook of Nango could not be handled:', error);
        } catch {}
    };
}
