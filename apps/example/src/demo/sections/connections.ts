import { count, fields, masked } from '../describe.js';
import type { Tour } from '../tour.js';
import { ada, type World } from '../world.js';
import type { Connected } from './connect.js';

/** Connections, tokens, metadata. */
export async function connectionsSection(tour: Tour, { nango }: World, { hubspot, other }: Connected): Promise<void> {
    const owners = (connections: readonly { provider_config_key: string; tags: Record<string, string> }[]) =>
        count(
            'connection',
            connections.map(({ provider_config_key, tags }) => `${provider_config_key} of ${tags.end_user_id}`),
        );

    tour.section('Connections and tokens');
    await tour.step(
        'listConnections()',
        () => nango.listConnections(),
        ({ connections }) => owners(connections),
    );
    await tour.step(
        'listConnections({ userId })',
        () => nango.listConnections({ userId: ada.id, integrationId: 'hubspot' }),
        ({ connections }) => owners(connections),
    );
    await tour.step(
        'getConnection(id, connectionId)',
        () => nango.getConnection('hubspot', hubspot),
        ({ credentials, connection_config }) => `${credentials.type}, config ${fields(connection_config)}`,
    );
    await tour.step(
        'getConnection(…, forceRefresh)',
        () => nango.getConnection('hubspot', hubspot, true),
        ({ credentials }) =>
            credentials.type === 'OAUTH2' ? `new token, until ${String(credentials.expires_at).slice(11, 16)} UTC` : '',
    );
    await tour.step(
        'getToken(id, connectionId)',
        () => nango.getToken('hubspot', hubspot),
        (token) => (typeof token === 'string' ? masked(token) : ''),
    );
    await tour.step(
        'getRawTokenResponse(…)',
        () => nango.getRawTokenResponse('hubspot', hubspot),
        (raw) => `the provider's answer: ${Object.keys(raw).slice(0, 3).join(', ')}`,
    );

    tour.section('Metadata');
    await tour.step(
        'setMetadata(id, connectionId, …)',
        () => nango.setMetadata('hubspot', hubspot, { team: 'blue', tier: 'free' }),
        ({ data }) => fields(data.metadata),
    );
    await tour.step(
        'updateMetadata(id, connectionId, …)',
        () => nango.updateMetadata('hubspot', hubspot, { tier: 'gold' }),
        ({ data }) => `changes ${fields(data.metadata)}`,
    );
    await tour.step(
        'getMetadata<T>(id, connectionId)',
        () => nango.getMetadata<{ team: string; tier: string }>('hubspot', hubspot),
        ({ team, tier }) => fields({ team, tier }),
    );
    await tour.step(
        'setMetadata(id, [two ids], …)',
        () => nango.setMetadata('hubspot', [hubspot, other], { team: 'green' }),
        ({ data }) => `${data.connection_id.length} connections`,
    );
    await tour.step(
        'updateMetadata(id, [two ids], …)',
        () => nango.updateMetadata('hubspot', [hubspot, other], { tier: 'gold' }),
        ({ data }) => `${data.connection_id.length} connections`,
    );
}
