import type { Readable } from 'node:stream';
import { nango } from './nango.js';

/** From one provider to another, without keeping the file. */
export async function copy(from: string, to: string): Promise<void> {
    const { data, headers } = await nango.get<Readable>({
        endpoint: '/files/1/content',
        providerConfigKey: 'drive',
        connectionId: from,
        responseType: 'stream',
    });
    await nango.put({
        endpoint: '/objects/1',
        providerConfigKey: 'storage',
        connectionId: to,
        headers: { 'Content-Type': headers['content-type'] },
        data,
        timeout: false,
    });
}
