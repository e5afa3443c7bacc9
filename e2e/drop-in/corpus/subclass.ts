import type { NangoProps, ProxyConfiguration } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites, World } from './world.js';

/** Overrides, each in the form in which the vendor declares the method. */
class AuditedNango extends Nango {
    readonly log: string[] = [];

    constructor(props: NangoProps) {
        super(props, { userAgent: 'audited' });
    }

    override async getConnection(providerConfigKey: string, connectionId: string, forceRefresh?: boolean) {
        this.log.push(`read ${connectionId}`);
        return super.getConnection(providerConfigKey, connectionId, forceRefresh);
    }

    override async getToken(providerConfigKey: string, connectionId: string, forceRefresh?: boolean) {
        this.log.push(`token ${connectionId}`);
        return super.getToken(providerConfigKey, connectionId, forceRefresh);
    }

    override listConnections(connectionId?: string, search?: string): ReturnType<Nango['listConnections']>;
    override listConnections(params: {
        userId?: string;
        integrationId?: string | string[];
    }): ReturnType<Nango['listConnections']>;
    override async listConnections(first?: string | { userId?: string; integrationId?: string | string[] }, search?: string) {
        this.log.push(`list ${typeof first === 'object' ? first.userId : first}`);
        return typeof first === 'object' ? super.listConnections(first) : super.listConnections(first, search);
    }

    override async deleteConnection(providerConfigKey: string, connectionId: string) {
        this.log.push(`delete ${connectionId}`);
        return super.deleteConnection(providerConfigKey, connectionId);
    }

    override async getIntegration(params: { uniqueKey: string }, queries?: { include?: ('webhook' | 'credentials')[] }) {
        this.log.push(`integration ${params.uniqueKey}`);
        return super.getIntegration(params, queries);
    }

    override async triggerSync(providerConfigKey: string, syncs?: string[], connectionId?: string) {
        this.log.push(`sync ${syncs?.join()}`);
        return super.triggerSync(providerConfigKey, syncs, connectionId);
    }

    override async setMetadata(providerConfigKey: string, connectionId: string | string[], metadata: Record<string, unknown>) {
        this.log.push(`metadata ${Object.keys(metadata).join()}`);
        return super.setMetadata(providerConfigKey, connectionId, metadata);
    }

    override async proxy<T = any>(config: ProxyConfiguration) {
        this.log.push(`${config.method} ${config.endpoint}`);
        return super.proxy<T>(config);
    }
}

/** One integration's client: the fields that the vendor's class has as plain members. */
class KeyApi extends Nango {
    override providerConfigKey = 'key-api';
    override connectionId = 'k1';
}

const audited = ({ apiKey, host }: World) => new AuditedNango({ apiKey, host });

export const sites: Sites = {
    'a subclass sees the calls that it overrides': async (world) => {
        const nango = audited(world);
        const connection = await nango.getConnection('key-api', 'k1');
        await nango.getToken('key-api', 'k1', false);
        const { connections } = await nango.listConnections({ userId: 'user-1' });
        const { data } = await nango.getIntegration({ uniqueKey: 'key-api' });
        await nango.triggerSync('key-api', ['contacts'], 'k1');
        await nango.setMetadata('key-api', 'k1', { plan: 'pro' });
        return [nango.log, connection.connection_id, connections.length, data.unique_key];
    },
    'get, post and their like go through an overridden proxy': async (world) => {
        const nango = audited(world);
        const target = { providerConfigKey: 'key-api', connectionId: 'k1', baseUrlOverride: world.upstream };
        await nango.get({ ...target, endpoint: '/a' });
        await nango.post({ ...target, endpoint: '/b', data: { n: 1 } });
        await nango.delete({ ...target, endpoint: '/c' });
        return nango.log;
    },
    'a deletion is logged and done': async (world) => {
        const nango = audited(world);
        const { status } = await nango.deleteConnection('key-api', 'k3');
        return [status, nango.log];
    },
    'fields declared anew are defaults of the proxy': async ({ apiKey, host, upstream }) => {
        const nango = new KeyApi({ apiKey, host });
        const { data } = await nango.get<{ path: string }>({ endpoint: '/who', baseUrlOverride: upstream });
        return [data.path, nango.providerConfigKey];
    },
    'the key may come under its older name, and fields be set later': async ({ apiKey, host, upstream }) => {
        const nango = new Nango({ secretKey: apiKey, host });
        nango.connectionId = 'k1';
        nango.providerConfigKey = 'key-api';
        return (await nango.get({ endpoint: '/later', baseUrlOverride: upstream })).data.path;
    },
};
