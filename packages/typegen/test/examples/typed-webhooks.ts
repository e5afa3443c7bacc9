import { confirmConnection, createWebhookHandler } from '@x/webhooks/fetch';
import type { NangoTypes } from '../compiled-folder/nango.gen.js';
import { nango } from './typed-calls.js';

const cursors = new Map<string, string>();

export const receive = createWebhookHandler<NangoTypes>({
    signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
    confirm: confirmConnection(nango),
    onAuth: (_event, { confirmed }) => {
        if (confirmed.provider_config_key === 'github') console.log(confirmed.metadata?.owner);
    },
    onSync: async (event) => {
        if (event.providerConfigKey !== 'github' || event.model !== 'Issue') return;
        await nango.recordsFromWebhook(event, {
            load: ({ connectionId }) => cursors.get(connectionId),
            save: (cursor, { connectionId }) => cursors.set(connectionId, cursor),
            handle: ({ added }) => console.log(added.map(({ title }) => title)),
        });
    },
});
