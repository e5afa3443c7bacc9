import type { ApiKeyKind } from '../environments/environment-row.js';
import { defaultEnvironmentUuid } from '../options.js';
import { Environment } from '../state/environment.js';
import type { World } from '../world.js';

/** The state of a new emulator: one environment `dev`, its API key, an account key. */
export function initialState(world: World): void {
    const { options, store, ids } = world;
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
                on_connection_deletion: false,
                on_sync_completion_always: false,
                on_sync_error: true,
                on_async_action_completion: true,
            },
            variables: [],
            webhookBreaker: false,
            sharedCredentials: [],
            plan: { connections: null, syncVariants: 100, docsConnectOverride: false },
        }),
    );
    addKey(world, 'environment', options.apiKey, ['environment:*'], 'default', environment.settings.id);
    addKey(world, 'account', options.accountKey, ['account:*'], 'account', null);
}

/** Add a key; it replaces one of the same secret. */
export function addKey(
    world: World,
    kind: ApiKeyKind,
    secret: string,
    scopes: string[],
    displayName: string,
    environmentId: number | null,
) {
    return world.store.keys.set({
        id: world.ids.number('key'),
        secret,
        kind,
        scopes,
        display_name: displayName,
        environmentId,
        createdAt: world.clock.now(),
    });
}
