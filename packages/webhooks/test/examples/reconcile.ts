import { nango } from './nango.js';
import { readNewRecords } from './worker.js';

/** Run it every hour or so: it finds what the webhooks that never arrived would have told. */
export async function reconcile(): Promise<void> {
    for await (const { connection_id, provider_config_key } of nango.iterateConnections()) {
        await readNewRecords({ providerConfigKey: provider_config_key, connectionId: connection_id, model: 'Issue' });
    }
}
