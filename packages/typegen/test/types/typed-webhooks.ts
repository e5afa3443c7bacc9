import { type ListedConnection, type Nango, parseWebhook } from '@x/node';
import type { AuthEvent } from '@x/webhooks';
import { confirmConnection, createWebhookHandler } from '@x/webhooks/fetch';
import { createWebhookHandler as createNodeHandler } from '@x/webhooks/node';
import type { NangoTypes } from '../compiled-folder/nango.gen.js';

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
const is = <Expected>() => ({
    of: <Actual>(_value: Actual, ..._equal: Equal<Expected, Actual> extends true ? [] : [never]) => {},
});
/** Webhooks about one's own integrations; compiled by typed-client.test.ts. */

declare const nango: Nango<NangoTypes>;
declare const plain: Nango;
const consumer = { load: () => undefined, save: () => undefined };
export async function parsed() {
    const event = parseWebhook<NangoTypes>('', {}, { signingKey: 'k' });
    if (event.type === 'sync') {
        is<'github'>().of(event.providerConfigKey);
        await nango.recordsFromWebhook(event, { ...consumer, handle: ({ records }) => records.map(({ id }) => id) });
        if (event.providerConfigKey === 'github' && event.model === 'Issue') {
            is<'fetchIssues'>().of(event.syncName);
            await nango.recordsFromWebhook(event, {
                ...consumer,
                handle: ({ added }) => added.map(({ state }) => is<'open' | 'closed'>().of(state)),
            });
        }
    }
    if (event.type === 'auth') is<'github' | 'google-drive'>().of(event.providerConfigKey);
    if (event.type === 'async_action') is<unknown>().of(await nango.waitForActionResult(event));
}
export const explicit = createWebhookHandler<NangoTypes>({
    signingKey: 'k',
    onSync(event) {
        if (event.providerConfigKey === 'github' && event.success) is<'Issue' | 'Tree'>().of(event.model);
    },
});
export const both = createWebhookHandler<NangoTypes>({
    signingKey: 'k',
    confirm: confirmConnection(nango),
    onSync: (event) => is<'github'>().of(event.providerConfigKey),
    onAuth: (_event, { confirmed }) => {
        if (confirmed.provider_config_key === 'github') is<string | undefined>().of(confirmed.metadata?.owner);
    },
});
/** A function of one's own is asked about all events. */
export const own = createWebhookHandler<NangoTypes, { user: string } | null>({
    signingKey: 'k',
    confirm: ({ providerConfigKey }) => (providerConfigKey === 'github' ? { user: 'ada' } : null),
    onAuth: (_event, { confirmed }) => is<{ user: string }>().of(confirmed),
    onSync: (_event, { confirmed }) => is<{ user: string }>().of(confirmed),
    onForward: (_event, { confirmed }) => is<{ user: string }>().of(confirmed),
});
export const ownOfRequest = createNodeHandler<NangoTypes, { user: string }>({
    confirm: async () => ({ user: 'ada' }),
    onAsyncAction: (_event, { confirmed }) => is<{ user: string }>().of(confirmed),
});
export const untyped = createWebhookHandler({
    signingKey: 'k',
    confirm: confirmConnection(plain),
    onSync: (event) => is<string>().of(event.providerConfigKey),
    onAuth: (_event, { confirmed }) => {
        is<ListedConnection>().of(confirmed);
    },
});
export const none = createWebhookHandler({
    signingKey: 'k',
    onAuth: (_event, { confirmed }) => {
        is<undefined>().of(confirmed);
    },
});
function linked(event: AuthEvent<NangoTypes>): void {
    is<'github' | 'google-drive'>().of(event.providerConfigKey);
}
export const separate = createWebhookHandler<NangoTypes>({ signingKey: 'k', onAuth: linked });
