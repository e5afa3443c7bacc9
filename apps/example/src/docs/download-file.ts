import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { nango } from './nango.js';

/** Never holds more than a few kB of the file. */
export async function download(connectionId: string, endpoint: string, path: string): Promise<void> {
    const { data } = await nango.get({ endpoint, providerConfigKey: 'hubspot', connectionId, responseType: 'stream' });
    await pipeline(data, createWriteStream(path));
}
