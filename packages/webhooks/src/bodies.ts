/**
 * The bodies that Nango sends, as they are on the wire, under the names that `@nangohq/node` exports.
 * {@link WebhookEvent} is what `parseWebhook` makes of them.
 */

interface Body<Type extends string, I extends string> {
    type: Type;
    /** `nango`; the provider's name on a forwarded webhook. */
    from: string;
    connectionId: string;
    /** The integration's id. */
    providerConfigKey: I;
}

/** What failed, in words. */
export interface NangoWebhookFailure {
    type: string;
    description: string;
    payload?: Record<string, unknown> | unknown[];
}

/** How a connection is authorized. */
export type NangoWebhookAuthMode =
    | 'OAUTH1'
    | 'OAUTH2'
    | 'OAUTH2_CC'
    | 'BASIC'
    | 'API_KEY'
    | 'CUSTOM'
    | 'APP'
    | 'NONE'
    | 'TBA'
    | 'JWT'
    | 'BILL'
    | 'TWO_STEP'
    | 'SIGNATURE'
    | 'MCP_OAUTH2'
    | 'MCP_OAUTH2_GENERIC'
    | 'INSTALL_PLUGIN'
    | 'AWS_SIGV4'
    | 'unknown';

/** What happened to a connection's credentials. `deletion` comes only where the environment asks for it (`on_connection_deletion`). */
export type NangoWebhookAuthOperation = 'creation' | 'override' | 'refresh' | 'deletion' | 'unknown';

/** Where a sync's own progress stands: a flat object of the sync's making. */
export type NangoWebhookCheckpoint = Record<string, string | number | boolean>;

interface AuthBody<I extends string> extends Body<'auth', I> {
    authMode: NangoWebhookAuthMode;
    /** The provider's name, or `unknown`. */
    provider: string;
    /** Name of the environment, e.g. `prod`. */
    environment: string;
    /** A successful refresh sends nothing. A connection of which `deletion` is reported is gone. */
    operation: NangoWebhookAuthOperation;
    /** As the event says. A forged event may say anything: trust the tags of the connection that you read by its id. */
    tags?: Record<string, string> | undefined;
    /** Only for connections made through a connect session. As little to be trusted as `tags`. */
    endUser?: NangoWebhookEndUser | undefined;
}

/** The end user that a connect session was made for. */
export interface NangoWebhookEndUser {
    endUserId: string;
    endUserEmail?: string | null | undefined;
    organizationId?: string | undefined;
    tags: Record<string, string>;
}

/** A connection was created or deleted, or its credentials were replaced. */
export interface NangoAuthWebhookBodySuccess<I extends string = string> extends AuthBody<I> {
    success: true;
}

/** A connection could not be created, overridden or refreshed. */
export interface NangoAuthWebhookBodyError<I extends string = string> extends AuthBody<I> {
    success: false;
    error: NangoWebhookFailure;
}

export type NangoAuthWebhookBody<I extends string = string> = NangoAuthWebhookBodySuccess<I> | NangoAuthWebhookBodyError<I>;

interface SyncBody<I extends string, Model extends string, Sync extends string> extends Body<'sync', I> {
    syncName: Sync;
    /** `base` unless the sync has variants. */
    syncVariant: string;
    /** Of a failed run: all models of the sync, with commas between. */
    model: Model;
    syncType: 'INCREMENTAL' | 'INITIAL' | 'WEBHOOK';
    /** Where the run began and where it ended; `from` is null when it began at the beginning. */
    checkpoints?: { from: NangoWebhookCheckpoint | null; to: NangoWebhookCheckpoint | null } | null | undefined;
}

/** A run of a sync ended well, for one model. Sent for zero changes only if the environment asks for it. */
export interface NangoSyncWebhookBodySuccess<
    I extends string = string,
    Model extends string = string,
    Sync extends string = string,
> extends SyncBody<I, Model, Sync> {
    success: true;
    responseResults: { added: number; updated: number; deleted: number };
    /** ISO time. Resume from your saved cursor instead: after one missed delivery this time loses records. */
    modifiedAfter: string;
    /** @deprecated The older name of `modifiedAfter`. */
    queryTimeStamp: string | null;
}

/** A run of a sync failed. */
export interface NangoSyncWebhookBodyError<I extends string = string, Model extends string = string, Sync extends string = string>
    extends SyncBody<I, Model, Sync> {
    success: false;
    error: NangoWebhookFailure & { additional_properties?: Record<string, unknown> | undefined };
    /** ISO time. */
    startedAt: string;
    /** ISO time. */
    failedAt: string;
}

export type NangoSyncWebhookBody = NangoSyncWebhookBodySuccess | NangoSyncWebhookBodyError;

/** What `@nangohq/node` types: the two kinds that every environment gets. */
export type NangoWebhookBody = NangoAuthWebhookBody | NangoSyncWebhookBody;

/** An async action ended, well or not; its result is read by the id. */
export interface NangoAsyncActionWebhookBody<I extends string = string> extends Body<'async_action', I> {
    payload: { id: string; statusUrl: string };
}

/** A webhook of the provider, passed on for a connection that it matched. */
export interface NangoForwardWebhookBody<I extends string = string> extends Body<'forward', I> {
    /** The provider's body. */
    payload: unknown;
}
