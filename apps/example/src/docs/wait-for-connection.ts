import { nango } from './nango.js';

/** For scripts and tests; a server gets a webhook instead. */
export async function connectionOf(userId: string): Promise<string> {
    const connection = await nango.waitForConnection('hubspot', userId, { timeout: 120_000, interval: 2_000 });
    return connection.connection_id;
}
