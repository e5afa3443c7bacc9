import { Connections } from '@x/connections';
import { Records } from '@x/syncs';

const connections = new Connections({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });
// Shares the connections' sockets, rate limit and hooks.
const records = new Records(connections);

export async function countContacts(): Promise<number> {
    let count = 0;
    for await (const { connection_id: connectionId } of connections.iterateConnections({ integrationId: 'hubspot' })) {
        const contacts = records.iterateRecords({ providerConfigKey: 'hubspot', connectionId, model: 'Contact' });
        for await (const _contact of contacts) count++;
    }
    return count;
}
