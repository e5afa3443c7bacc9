import { readNewIssues } from './mirror.js';
import { nango } from './nango.js';

/** Run it every hour: it finds what the webhooks that never arrived would have reported. */
export async function reconcile(): Promise<void> {
    for await (const { provider_config_key: providerConfigKey, connection_id: connectionId } of nango.iterateConnections({
        integrationId: 'github',
    })) {
        const key = { providerConfigKey, connectionId, model: 'Issue' };
        // One that can't be read keeps none of the others from being read.
        await readNewIssues(key).catch((error) => console.error('could not read', key, error));
    }
}
