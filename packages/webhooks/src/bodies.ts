/**
 * The bodies that Nango sends, as they are on the wire, under the names that `@nangohq/node` exports.
 * {@link WebhookEvent} is what `parseWebhook` makes of them.
 */

interface Body<Type extends string> {
    readonly type: Type;
    /** `nango`; the provider's name on a forwarded webhook. */
    readonly from: string;
    readonly connectionId: string;
    /** The integration's id. */
    readonly providerConfigKey: string;
}

/** What failed, in words. */
export interface NangoWebhookFailure {
    readonly type: string;
    readonly description: string;
}

interface AuthBody extends Body<'auth'> {
    /** E.g. `OAUTH2`, `API_KEY`. */
    readonly authMode: string;
    /** The provider's name, or `unknown`. */
    readonly provider: string;
    /** Name of the environment, e.g. `prod`. */
    readonly environment: string;
    /** A successful refresh sends nothing. A connection of which `deletion` is reported is gone. */
    readonly operation: 'creation' | 'override' | 'refresh' | 'deletion' | (string & {});
    /** As the event tells them. A forged event tells what it likes: trust the tags of the connection that you read by its id. */
    readonly tags?: Readonly<Record<string, string>> | undefined;
    /** Only for connections made through a connect session. As little to be trusted as `tags`. */
    readonly endUser?: NangoWebhookEndUser | undefined;
}

/** The end user that a connect session was made for. */
export interface NangoWebhookEndUser {
    readonly endUserId: string;
    readonly endUserEmail?: string | null | undefined;
    readonly organizationId?: string | undefined;
    readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A connection was created or its credentials replaced. */
export interface NangoAuthWebhookBodySuccess extends AuthBody {
    readonly success: true;
}

/** A connection could not be created, overridden or refreshed. */
export interface NangoAuthWebhookBodyError extends AuthBody {
    readonly success: false;
    readonly error: NangoWebhookFailure;
}

export type NangoAuthWebhookBody = NangoAuthWebhookBodySuccess | NangoAuthWebhookBodyError;

interface SyncBody extends Body<'sync'> {
    readonly syncName: string;
    /** `base` unless the sync has variants. */
    readonly syncVariant: string;
    readonly model: string;
    readonly syncType: 'INCREMENTAL' | 'INITIAL' | 'WEBHOOK';
    /** Where the run began and where it ended; `from` is null when it began at the beginning. */
    readonly checkpoints?: { readonly from: unknown; readonly to: unknown } | null | undefined;
}

/** A run of a sync ended well, for one model. Sent for zero changes only if the environment asks for it. */
export interface NangoSyncWebhookBodySuccess extends SyncBody {
    readonly success: true;
    readonly responseResults: { readonly added: number; readonly updated: number; readonly deleted: number };
    /** ISO time. Resume from your saved cursor instead: after one missed delivery this time loses records. */
    readonly modifiedAfter: string;
    /** @deprecated The older name of `modifiedAfter`. */
    readonly queryTimeStamp?: string | null | undefined;
}

/** A run of a sync failed. */
export interface NangoSyncWebhookBodyError extends SyncBody {
    readonly success: false;
    readonly error: NangoWebhookFailure & {
        readonly payload?: unknown | undefined;
        readonly additional_properties?: Readonly<Record<string, unknown>> | undefined;
    };
    /** ISO time. */
    readonly startedAt: string;
    /** ISO time. */
    readonly failedAt: string;
}

export type NangoSyncWebhookBody = NangoSyncWebhookBodySuccess | NangoSyncWebhookBodyError;

/** What `@nangohq/node` types: the two kinds that every environment gets. */
export type NangoWebhookBody = NangoAuthWebhookBody | NangoSyncWebhookBody;

/** An async action ended, well or not; its result is read by the id. */
export interface NangoAsyncActionWebhookBody extends Body<'async_action'> {
    readonly payload: { readonly id: string; readonly statusUrl: string };
}

/** A webhook of the provider, passed on for a connection that it matched. */
export interface NangoForwardWebhookBody extends Body<'forward'> {
    /** The provider's body. */
    readonly payload: unknown;
}
