import { Actions } from '@x/actions';
import { ConnectSessions } from '@x/connect';
import { Connections } from '@x/connections';
import { type Client, compose, type LegacyOptions, type NangoOptions } from '@x/core';
import { EnvironmentVariables, Functions, Providers, ScriptsConfig } from '@x/integrations';
import { ProxyCalls } from '@x/proxy';
import { Records, Syncs } from '@x/syncs';
import { Webhooks } from '@x/webhooks';
import { LegacyIntegrations } from './legacy-integrations.js';
import { RawRequests } from './raw-requests.js';

/** What the client is made of. Its type names the same classes: `make` does not compile when one is missing here. */
const resources = [
    Providers,
    LegacyIntegrations,
    Functions,
    ScriptsConfig,
    EnvironmentVariables,
    Connections,
    ConnectSessions,
    Records,
    Syncs,
    Actions,
    ProxyCalls,
    Webhooks,
    RawRequests,
] as const;

/**
 * The fields of the client. They stand here once more, as plain members, so that a subclass may declare one with a value of its own:
 * `class GitHub extends Nango { override providerConfigKey = 'github' }`.
 */
interface Fields
    extends Pick<
        Client,
        | 'serverUrl'
        | 'apiKey'
        | 'secretKey'
        | 'webhookSigningKey'
        | 'connectionId'
        | 'providerConfigKey'
        | 'isSync'
        | 'isScript'
        | 'dryRun'
        | 'activityLogId'
        | 'userAgent'
    > {}

/**
 * The full client: every call of `@nangohq/node`, and what the packages it is made of add to it.
 *
 * @example
 * ```ts
 * const nango = new Nango({ apiKey: process.env.NANGO_API_KEY });
 * const { connections } = await nango.listConnections({ userId: 'user-1' });
 * console.log(connections.length);
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export interface Nango<T = any>
    extends Fields,
        Providers,
        LegacyIntegrations,
        Functions,
        ScriptsConfig,
        EnvironmentVariables,
        Connections<T>,
        ConnectSessions<T>,
        Records<T>,
        Syncs<T>,
        Actions<T>,
        ProxyCalls<T>,
        Webhooks<T>,
        RawRequests {
    untyped(): Nango;
}

/** Makes a {@link Nango}. The second argument is `@nangohq/node`'s, but for `interceptors`: use `hooks`. */
export const Nango: {
    // biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
    new <T = any>(options: NangoOptions, legacy?: LegacyOptions): Nango<T>;
    // biome-ignore lint/suspicious/noExplicitAny: as TypeScript types the prototype of a generic class
    readonly prototype: Nango<any>;
} = /* @__PURE__ */ make() as never;

// A call of its own: a bundler keeps what spreads a list, but drops a pure call that nobody uses.
function make(): { new (options: NangoOptions, legacy?: LegacyOptions): Nango<unknown> } {
    return compose(`@x/node/${__VERSION__}`, ...resources);
}
