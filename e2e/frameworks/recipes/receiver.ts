import type { WebhookHandlerOptions } from '@x/webhooks/fetch';

/** What the recipes hand events to: here it notes them where the test looks. */
export const receiver: WebhookHandlerOptions = {
    signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
    onSync: async (event) => {
        const { status } = await fetch(`${process.env.LEDGER_URL}`, { method: 'POST', body: JSON.stringify({ event }) });
        if (status !== 200) throw new Error(`the ledger answered ${status}`);
    },
};
