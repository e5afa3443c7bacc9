import { Nango } from '@x/node';

const nango = new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

export async function greet(userId: string): Promise<string[]> {
    const { connections } = await nango.listConnections({ userId, integrationId: 'hubspot' });
    const names: string[] = [];
    for (const { provider_config_key: providerConfigKey, connection_id: connectionId } of connections) {
        const contacts = nango.iterateRecords<{ name: string }>({ providerConfigKey, connectionId, model: 'Contact' });
        for await (const { name } of contacts) names.push(name);
    }
    return names;
}
