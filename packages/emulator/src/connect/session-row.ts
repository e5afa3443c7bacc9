import type { EndUser } from '../connections/connection-row.js';

export interface ConnectSessionRow {
    id: number;
    token: string;
    createdAt: number;
    expiresAt: number;
    endUser: EndUser | null;
    tags: Record<string, string>;
    allowedIntegrations: string[] | null;
    integrationsConfigDefaults: Record<
        string,
        {
            user_scopes?: string | undefined;
            authorization_params?: Record<string, string> | undefined;
            connection_config?: Record<string, unknown> | undefined;
        }
    > | null;
    overrides: Record<string, { docs_connect?: string | undefined }> | null;
    webhookUrlOverride: string | null;
    /** Set on reconnect sessions: the connection that the new credentials go to. */
    reconnect: { connectionId: string; integrationId: string } | null;
}
