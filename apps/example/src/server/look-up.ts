import { ProxyCalls } from '@x/proxy';
import { integrationOf, type LiveAnswer } from './integrations.js';
import type { ConnectionKey } from './jobs.js';

/**
 * One contact as the provider has it now. Of all packages this file needs `@x/proxy` alone: `client` may be a whole `Nango`, whose limits
 * and connections it then shares, or the options of a client of its own. So it can move to an edge function as it is.
 */
export async function lookUp(
    client: object,
    { integrationId: providerConfigKey, connectionId }: ConnectionKey,
    id: string,
    signal: AbortSignal,
): Promise<{ label: string; value: string }[]> {
    const live = integrationOf(providerConfigKey)?.live;
    if (!live) return [];
    const { data } = await new ProxyCalls(client as ConstructorParameters<typeof ProxyCalls>[0]).get<LiveAnswer>({
        endpoint: live.endpoint(id),
        providerConfigKey,
        connectionId,
        signal,
        totalTimeout: 15_000,
    });
    return Object.entries(live.read(data)).map(([label, value]) => ({ label, value: value ? String(value) : '–' }));
}
