/** An asynchronous action. */
export interface AsyncActionRow {
    id: string;
    connection: number;
    integrationId: string;
    name: string;
    input: unknown;
    state: 'queued' | 'running' | 'succeeded' | 'failed';
    runAt: number;
    attempts: number;
    maxRetries: number;
    output: unknown;
    failure: { status: number; body: unknown } | null;
}
