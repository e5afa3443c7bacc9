import type { Metadata, MetadataChangeResponse, NangoProps } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites, World } from './world.js';

interface Settings {
    plan: string;
    seats: number;
}

/** One client for each region, made when it is first asked for. */
class Regions {
    private clients = new Map<string, Nango>();

    constructor(private defaults: NangoProps) {}

    in(region: string, host?: string): Nango {
        let nango = this.clients.get(region);
        if (!nango) {
            const props: NangoProps = { ...this.defaults };
            if (host) props.host = host;
            nango = new Nango(props);
            this.clients.set(region, nango);
        }
        return nango;
    }
}

class Tenant {
    constructor(
        private readonly nango: Nango,
        private readonly userId: string,
    ) {}

    async connectionIds(integrations: string[]): Promise<string[]> {
        const { connections } = await this.nango.listConnections({ userId: this.userId, integrationId: integrations });
        return connections.map((connection) => connection.connection_id);
    }

    async settings(id: string): Promise<Settings> {
        return this.nango.getMetadata<Settings>('key-api', id);
    }

    async upgrade(ids: string[], change: Metadata): Promise<MetadataChangeResponse> {
        const response = await this.nango.updateMetadata('key-api', ids, change);
        return response.data;
    }
}

const nango = ({ apiKey, host }: World) => new Regions({ apiKey }).in('eu', host);

export const sites: Sites = {
    'connections of one user': (world) => new Tenant(nango(world), 'user-1').connectionIds(['key-api']),
    'connections by tag, in the older form and by page': async (world) => {
        const client = nango(world);
        const tagged = await client.listConnections({ tags: { end_user_id: 'user-1' }, limit: 10 });
        const searched = await client.listConnections(undefined, 'one@example.com');
        const exact = await client.listConnections('k1');
        const queried = await client.listConnections(undefined, undefined, { endUserId: 'user-1', limit: 5 });
        return [tagged, searched, exact, queried].map(({ connections }) => connections.map(({ connection_id }) => connection_id));
    },
    'metadata of several connections': async (world) => {
        const client = nango(world);
        const set = await client.setMetadata('key-api', ['k1', 'k2'], { plan: 'free', seats: 1 });
        const changed = await new Tenant(client, 'user-1').upgrade(['k1'], { plan: 'pro' });
        return [set.status, set.data.connection_id, changed.metadata, await new Tenant(client, 'user-1').settings('k1')];
    },
    'an end user is renamed': async (world) => {
        const client = nango(world);
        const done = await client.patchConnection(
            { connectionId: 'k1', provider_config_key: 'key-api' },
            { end_user: { id: 'user-1', display_name: 'Ada' }, tags: { team: 'blue' } },
        );
        const { end_user, tags } = await client.getConnection('key-api', 'k1');
        return [done, end_user?.display_name, tags];
    },
};
