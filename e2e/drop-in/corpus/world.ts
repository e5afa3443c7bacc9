/** What a call site knows of the world: an emulator of its own, and a provider's API. */
export interface World {
    host: string;
    apiKey: string;
    signingKey: string;
    upstream: string;
    /** A signed delivery of a webhook, as the emulator would send it. */
    delivery: { body: string; headers: Record<string, string> };
}

/** Call sites by name. What each resolves to must be the same with both clients. */
export type Sites = Record<string, (world: World) => Promise<unknown>>;
