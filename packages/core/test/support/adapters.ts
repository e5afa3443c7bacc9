import { Client, type NangoSettings } from '@x/core';

/** The two transports of Node: what both must do alike is tested on both. */
export const adapters = [
    { name: 'node:http', options: {} },
    { name: 'fetch', options: { fetch: globalThis.fetch } },
] as const satisfies readonly { name: string; options: Partial<NangoSettings> }[];

export type Adapter = (typeof adapters)[number];

/** A key that stands out where it must not be. */
export const apiKey = '5f0e1a2b-0000-4000-8000-c0ffee5ec4e7';

/** A client that neither repeats nor waits, unless it is asked to. */
export function plainClient(adapter: Adapter, host: string, options: Partial<NangoSettings> = {}): Client {
    return new Client({ apiKey, host, retry: false, rateLimit: false, ...adapter.options, ...options });
}
