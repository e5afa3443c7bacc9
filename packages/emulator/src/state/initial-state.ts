import type { EmulatorContext } from '../context.js';
import { defaultEnvironmentUuid } from '../options.js';
import { Environment } from './environment.js';
import type { ApiKeyKind } from './rows.js';

/** The state of a new emulator: one environment `dev`, its API key, an account key. */
export function initialState(context: EmulatorContext): void {
    const { options, store, ids } = context;
    store.clear();
    const environment = store.addEnvironment(
        new Environment({
            id: ids.number('environment'),
            uuid: defaultEnvironmentUuid,
            name: 'dev',
            isProduction: false,
            callbackUrl: null,
            webhookUrl: options.webhookUrl,
            webhookUrlSecondary: null,
            webhookSigningKey: options.webhookSigningKey,
            webhooks: {
                on_auth_creation: true,
                on_auth_refresh_error: true,
                on_sync_completion_always: false,
                on_sync_error: true,
                on_async_action_completion: true,
            },
            variables: [],
            plan: { connections: null, syncVariants: 100, docsConnectOverride: false },
        }),
    );
    addKey(context, 'environment', options.apiKey, ['environment:*'], 'default', environment.settings.id);
    addKey(context, 'account', options.accountKey, ['account:*'], 'account', null);
}

/** Add a key; it replaces one of the same secret. */
export function addKey(
    context: EmulatorContext,
    kind: ApiKeyKind,
    secret: string,
    scopes: string[],
    displayName: string,
    environmentId: number | null,
) {
    return context.store.keys.set({
        id: context.ids.number('key'),
        secret,
        kind,
        scopes,
        display_name: displayName,
        environmentId,
        createdAt: context.clock.now(),
    });
}
