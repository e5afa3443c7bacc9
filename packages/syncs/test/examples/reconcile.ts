import { readNewIssues } from './mirror.js';
import { nango } from './nango.js';

/** Run it every hour: it finds what the webhooks that never arrived would have reported. */
export async function reconcile(): Promise<void> {
    for await (const { provider_config_key: providerConfigKey, connection_id: connectionId } of nango.iterateConnections({
        integrationId: 'github',
    })) {
        await readNewIssues({ providerConfigKey, connectionId, model: 'Issue' });
    }
}
