import type { ProxyConfiguration } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites, World } from './world.js';

interface Echo {
    method: string;
    path: string;
    query: [string, string][];
    contentType?: string;
    custom?: string;
    base64: string;
}

const client = ({ apiKey, host }: World) => new Nango({ apiKey, host, providerConfigKey: 'key-api', connectionId: 'k1' });
const body = ({ base64 }: Echo) => Buffer.from(base64, 'base64').toString();

/** A config is built step by step. */
function withVersion(config: ProxyConfiguration): ProxyConfiguration {
    config.headers = { ...config.headers, 'X-Custom': 'v2' };
    config.params = { ...(config.params as Record<string, string>), limit: 5 };
    config.retries = 0;
    config.method ??= 'GET';
    return config;
}

export const sites: Sites = {
    'a config is completed before it is sent': async (world) => {
        const { data } = await client(world).proxy<Echo>(
            withVersion({ endpoint: '/items', baseUrlOverride: world.upstream, params: { q: 'a' } }),
        );
        return [data.method, data.path, data.query, data.custom];
    },
    'each method has its own function': async (world) => {
        const nango = client(world);
        const config = { endpoint: '/items/1', baseUrlOverride: world.upstream, data: { name: 'x' } };
        const answers = [
            await nango.get<Echo>({ ...config, data: undefined }),
            await nango.post<Echo>(config),
            await nango.put<Echo>(config),
            await nango.patch<Echo>(config),
            await nango.delete<Echo>({ ...config, data: undefined }),
        ];
        return answers.map(({ data, status }) => [data.method, status, body(data)]);
    },
    'a POST without data is a JSON one': async (world) => {
        const { data } = await client(world).post<Echo>({ endpoint: '/ping', baseUrlOverride: world.upstream });
        return [body(data), data.contentType];
    },
    GraphQL: async (world) => {
        const response = await client(world).post<Echo>({
            endpoint: '/graphql',
            baseUrlOverride: world.upstream,
            data: { query: '{ me { id } }', variables: {} },
            headers: { 'Content-Type': 'application/json' },
        });
        return JSON.parse(body(response.data));
    },
    'a file is downloaded': async (world) => {
        const { data, headers } = await client(world).get<Buffer>({
            endpoint: '/bytes',
            baseUrlOverride: world.upstream,
            responseType: 'arraybuffer',
        });
        return [data.length, String(headers['content-type'])];
    },
    'a signed link is the whole URL': async (world) => {
        const { data } = await client(world).get<Echo>({ endpoint: '', baseUrlOverride: `${world.upstream}/signed` });
        return data.path.replace(/\/$/, '');
    },
    'text is asked for': async (world) => {
        const { data } = await client(world).get<string>({
            endpoint: '/text',
            baseUrlOverride: world.upstream,
            responseType: 'text',
        });
        return [typeof data, (JSON.parse(data) as Echo).path];
    },
    'pages by a number': async (world) => {
        const paths: string[] = [];
        const config: ProxyConfiguration = { endpoint: '/list', baseUrlOverride: world.upstream, params: {} };
        for (let page = 1; page < 4; page++) {
            (config.params as Record<string, string | number>).page = page;
            paths.push((await client(world).get<Echo>(config)).data.query.join());
        }
        return paths;
    },
};
