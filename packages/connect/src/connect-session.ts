import type { EndUser, EndUserInput, OrganizationInput } from '@x/core';

/** What an integration's connections start with, when they are made in a session. */
export interface IntegrationDefaults {
    /** Scopes of the user, for Slack. */
    user_scopes?: string | undefined;
    /** Added to the address where the user authorizes. */
    authorization_params?: Record<string, string> | undefined;
    connection_config?:
        | {
              /** In place of the integration's scopes; separated by commas. */
              oauth_scopes_override?: string | undefined;
              [setting: string]: unknown;
          }
        | undefined;
}

interface SessionInput {
    organization?: OrganizationInput | undefined;
    /** Defaults by integration id. */
    integrations_config_defaults?: Record<string, IntegrationDefaults> | undefined;
    /** By integration id: another address for the "how to" link of the Connect page. Needs a plan that has it. */
    overrides?: Record<string, { docs_connect?: string | undefined }> | undefined;
    /** Where webhooks about the connection go, in place of the environment's addresses. */
    webhook_url_override?: string | undefined;
}

/** For whom and for what a session is. Give `end_user`, `tags`, or both. */
export type ConnectSessionInput = SessionInput & {
    /** Ids of integrations to choose from. @default all */
    allowed_integrations?: readonly string[] | undefined;
} & (
        | { end_user: EndUserInput; tags?: Record<string, string> | undefined }
        /** Up to 10 tags. */
        | { tags: Record<string, string>; end_user?: EndUserInput | undefined }
    );

/** Which connection is to get new credentials. */
export interface ReconnectSessionInput extends SessionInput {
    connection_id: string;
    integration_id: string;
    /** Replaces the connection's. */
    end_user?: EndUserInput | undefined;
    /** Replace the connection's. */
    tags?: Record<string, string> | undefined;
}

/** A new session. Its token is for one user: hand it to nobody else. */
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
