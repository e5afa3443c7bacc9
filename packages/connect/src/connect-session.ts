import type { Described, EndUser, EndUserInput, IfUntyped, IntegrationId, OrganizationInput } from '@x/core';

/** What an integration's connections start with, when they are made in a session. */
export interface IntegrationDefaults<Config = { [setting: string]: unknown }> {
    /** Scopes of the user, for Slack. */
    user_scopes?: string | undefined;
    /** Added to the address where the user authorizes. */
    authorization_params?: Record<string, string> | undefined;
    connection_config?:
        | ({
              /** In place of the integration's scopes; separated by commas. */
              oauth_scopes_override?: string | undefined;
          } & Config)
        | undefined;
}

type DefaultsById<T> = IfUntyped<
    T,
    Record<string, IntegrationDefaults>,
    {
        [I in keyof T]?: IntegrationDefaults<Partial<Described<T, I, 'connectionConfig', { [setting: string]: unknown }>>>;
    }
>;

type OverridesById<T> = IfUntyped<
    T,
    Record<string, { docs_connect?: string | undefined }>,
    { [I in keyof T]?: { docs_connect?: string | undefined } }
>;

interface SessionInput<T> {
    organization?: OrganizationInput | undefined;
    /** Defaults by integration id. */
    integrations_config_defaults?: DefaultsById<T> | undefined;
    /** By integration id: another address for the "how to" link of the Connect page. Needs a plan that has it. */
    overrides?: OverridesById<T> | undefined;
    /** Where webhooks about the connection go, in place of the environment's addresses. */
    webhook_url_override?: string | undefined;
}

/**
 * Who the session is for, and what it may connect. Pass `end_user`, `tags`, or both.
 *
 * @typeParam T types of your integrations
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export type ConnectSessionInput<T = any> = SessionInput<T> & {
    /** Ids of integrations to choose from. @default all */
    allowed_integrations?: readonly IntegrationId<T>[] | undefined;
} & (
        | { end_user: EndUserInput; tags?: Record<string, string> | undefined }
        /** Up to 10 tags. */
        | { tags: Record<string, string>; end_user?: EndUserInput | undefined }
    );

/**
 * The connection that gets new credentials.
 *
 * @typeParam T types of your integrations
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export interface ReconnectSessionInput<T = any> extends SessionInput<T> {
    connection_id: string;
    integration_id: IntegrationId<T>;
    /** Replaces the connection's. */
    end_user?: EndUserInput | undefined;
    /** Replace the connection's; with `keepTags` they are added to them. */
    tags?: Record<string, string> | undefined;
    /**
     * Reads the connection first and passes its tags, end user and organization on. Without it, and without `tags` or `end_user` here,
     * the server erases all tags of the connection when the user has finished. Is not sent itself. @default false
     */
    keepTags?: boolean | undefined;
}

/** A new session. Its token is for one user only. */
export interface NewConnectSession {
    /** For `@nangohq/frontend`. Good for 30 minutes. */
    token: string;
    /** Address of a page where the user connects. */
    connect_link: string;
    /** ISO time. */
    expires_at: string;
}

/** A session, as its own token sees it. */
export interface ConnectSession {
    endUser: EndUser | null;
    connectUISettings: {
        theme: { light: { primary: string }; dark: { primary: string } };
        defaultTheme: 'light' | 'dark' | 'system';
        showWatermark: boolean;
    };
    allowed_integrations?: string[];
    integrations_config_defaults?: Record<string, Omit<IntegrationDefaults, 'user_scopes'>>;
    isReconnecting?: boolean;
    overrides?: Record<string, { docs_connect?: string }>;
    /** Only of a server that is not Nango's cloud. */
    websocketsPath?: string;
}
