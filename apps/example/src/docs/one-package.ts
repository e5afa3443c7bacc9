import { Connections } from '@x/connections';

const connections = new Connections({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

export async function hubSpotToken(connectionId: string) {
    return connections.getToken('hubspot', connectionId);
}
