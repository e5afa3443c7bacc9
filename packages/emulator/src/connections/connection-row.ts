/** Who a connection or session belongs to (contract 8.1). */
export interface EndUser {
    id: string;
    display_name: string | null;
    email: string | null;
    tags: Record<string, string> | null;
    organization: { id: string; display_name: string | null } | null;
}

/** Credentials as `GET /connections/:id` shows them (contract 8.3), secrets included; dates are ISO strings. */
export type ConnectionCredentials = Record<string, unknown>;

export interface ConnectionRow {
    id: number;
    connectionId: string;
    /** The unique key of its integration. */
    providerConfigKey: string;
    provider: string;
    endUser: EndUser | null;
    tags: Record<string, string>;
    metadata: Record<string, unknown> | null;
    connectionConfig: Record<string, unknown>;
    webhookUrlOverride: string | null;
    credentials: ConnectionCredentials;
    /** `sync` says which one failed: its own success takes the error away (contract 8.1). */
    errors: { type: 'auth' | 'sync'; log_id: string; sync?: string }[];
    createdAt: number;
    updatedAt: number;
    lastFetchedAt: number | null;
    /**
     * Token refresh: when the last attempt failed, and on how many days in a row. `failing` rehearses failures: the next so many
     * refreshes fail, or all of them.
     */
    refresh: { failedAt: number | null; failures: number; exhausted: boolean; failing?: boolean | number | undefined };
    /** Waiting for someone else's approval (outbound installs). */
    pending: boolean;
}
