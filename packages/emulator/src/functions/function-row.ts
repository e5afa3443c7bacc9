export type FunctionType = 'sync' | 'action' | 'on-event';

/** A deployed function: what is said about it, not its code (contract 7.1). */
export interface FunctionRow {
    id: number;
    integrationId: string;
    type: FunctionType;
    name: string;
    description: string;
    scopes: string[];
    input: string | null;
    returns: string[];
    jsonSchema: Record<string, unknown> | null;
    enabled: boolean;
    lastDeployed: number;
    source: 'catalog' | 'standalone' | 'repo';
    code: string | null;
    version: string;
    /** Where `/v1/*` answers with this function (contract 13.4). */
    endpoints: { method: string; path: string; group: string | null }[];
    /** Syncs only. */
    frequency: string | null;
    autoStart: boolean;
    trackDeletes: boolean;
    syncType: 'full' | 'incremental';
    /** On-event functions only. */
    event: 'post-connection-creation' | 'pre-connection-deletion' | 'validate-connection' | null;
}
