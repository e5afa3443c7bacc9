import type { EndUser } from '@x/core';
import type { AllAuthCredentials } from './credentials.js';

/** Metadata of any shape. */
export type Metadata = Record<string, unknown>;

/** What a type of metadata may be: an interface too. */
// biome-ignore lint/suspicious/noExplicitAny: an interface is assignable to Record<string, any>, not to Record<string, unknown>
export type AnyMetadata = Record<string, any>;

/** A problem of a connection; `type` is `auth` or `sync`. */
export interface ConnectionIssue {
    type: string;
    log_id: string;
}

interface ConnectionBase<M, I extends string> {
    /** Nango's own number; calls take `connection_id`. */
    id: number;
    connection_id: string;
    /** Id of its integration. */
    provider_config_key: I;
    /** Name of its provider, e.g. `github`. */
    provider: string;
    errors: ConnectionIssue[];
    /** The end user; null for a connection made without a connect session, or with tags alone. */
    end_user: EndUser | null;
    tags: Record<string, string>;
    metadata: M | null;
}

/** A connection in a list: without credentials. */
export interface ListedConnection<M = Metadata, I extends string = string> extends ConnectionBase<M, I> {
    /** ISO time. */
    created: string;
}

/** Settings that connections of every provider may have. A type alias: it may go where a type with an index signature is asked for. */
export type CommonConnectionConfig = {
    oauth_scopes_override?: string[] | undefined;
    oauth_scopes?: string | undefined;
    authorization_params?: Record<string, string> | undefined;
};

/** Settings of a connection, e.g. a subdomain. */
export interface ConnectionConfig extends CommonConnectionConfig {
    // biome-ignore lint/suspicious/noExplicitAny: differs by provider
    [setting: string]: any;
}

/** A connection with its credentials. */
export interface Connection<M = Metadata, I extends string = string, Config = ConnectionConfig> extends ConnectionBase<M, I> {
    connection_config: Config;
    /** Where webhooks about it go, in place of the environment's addresses. */
    webhook_url_override: string | null;
    /** ISO time. */
    created_at: string;
    /** ISO time. */
    updated_at: string;
    /** ISO time; null before the first time. */
    last_fetched_at: string | null;
    /** Empty without the scope `environment:connections:read_credentials`. */
    credentials: AllAuthCredentials;
}
