import { nango } from './nango.js';

interface HubSpotContact {
    id: string;
    properties: { firstname: string; lastname: string };
}

export async function firstContacts(connectionId: string, count: number): Promise<HubSpotContact[]> {
    const { data } = await nango.get<{ results: HubSpotContact[] }>({
        endpoint: '/crm/v3/objects/contacts',
        providerConfigKey: 'hubspot',
        connectionId,
        params: { limit: String(count) },
        retries: 2, // by the server; its waits are added to the time limit
    });
    return data.results;
}
