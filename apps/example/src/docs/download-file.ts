import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { nango } from './nango.js';

/** Streamed: the file is never in memory as a whole. */
export async function download(connectionId: string, endpoint: string, path: string): Promise<void> {
    const { data } = await nango.get({ endpoint, providerConfigKey: 'hubspot', connectionId, responseType: 'stream' });
    await pipeline(data, createWriteStream(path));
}
