export function startLimitedServer(options: { limit: number; window: number; skew?: number; latency?: number }): Promise<{
    url: string;
    stats: { served: number; rejected: number; windows: number; order: string[]; firstAt: number; lastAt: number };
    close(): Promise<unknown>;
}>;
