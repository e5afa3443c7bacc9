import { type RunningEmulator, startEmulator } from '@x/emulator';
import { defineHubFunctions } from './functions.js';
import { providersYaml } from './stand-ins.js';

/** An emulator that has what this product needs at Nango: its integrations, and what is deployed to them. */
export async function startHubEmulator(providers: string): Promise<RunningEmulator> {
    const credentials = {
        type: 'OAUTH2' as const,
        client_id: 'hub',
        client_secret: 'demo',
        scopes: 'crm.objects.contacts.read,files',
    };
    const emulator = await startEmulator({
        port: 0,
        providers: providersYaml(providers),
        upstreams: [providers],
        seed: {
            environment: { webhooks: { on_connection_deletion: true, on_sync_completion_always: true } },
            integrations: [
                { provider: 'hubspot', unique_key: 'hubspot', credentials },
                { provider: 'folk', unique_key: 'folk' },
            ],
        },
    });
    defineHubFunctions(emulator, providers);
    return emulator;
}
