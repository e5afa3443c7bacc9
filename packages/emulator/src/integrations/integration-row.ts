/** The integration's own credentials as they were sent (contract 6.4). */
export interface IntegrationCredentials {
    type: string;
    client_id?: string | undefined;
    client_secret?: string | undefined;
    scopes?: string | undefined;
    webhook_secret?: string | undefined;
    app_id?: string | undefined;
    app_link?: string | undefined;
    private_key?: string | undefined;
}

export interface IntegrationRow {
    id: number;
    uniqueKey: string;
    provider: string;
    displayName: string | null;
    forwardWebhooks: boolean;
    credentials: IntegrationCredentials | null;
    /** Made by quickstart: its developer app is Nango's, so its secrets are never shown. */
    sharedCredentials: boolean;
    integrationConfig: Record<string, string>;
    custom: Record<string, string>;
    createdAt: number;
    updatedAt: number;
}
