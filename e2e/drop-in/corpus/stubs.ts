import type { ApiPublicConnectionFull } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites } from './world.js';

type Tokens = Pick<Nango, 'getConnection' | 'getToken' | 'getIntegration'>;
type Full = Awaited<ReturnType<Nango['getConnection']>>;
type Listed = Awaited<ReturnType<Nango['listConnections']>>['connections'][number];

/** What a test puts in the client's place. */
const fake = (metadata: Record<string, unknown>): Tokens => ({
    getConnection: async (providerConfigKey: string, connectionId: string) =>
        connection(providerConfigKey, connectionId, metadata),
    getToken: async () => 'token',
    getIntegration: async (params: { uniqueKey: string }) => ({
        data: {
            unique_key: params.uniqueKey,
            provider: 'github',
            display_name: 'GitHub',
            logo: '',
            forward_webhooks: true,
            created_at: '',
            updated_at: '',
        },
    }),
});

function connection(
    provider_config_key: string,
    connection_id: string,
    metadata: Record<string, unknown>,
): ApiPublicConnectionFull {
    return {
        id: 1,
        connection_id,
        provider_config_key,
        provider: 'github',
        connection_config: {},
        webhook_url_override: null,
        created_at: '',
        updated_at: '',
        last_fetched_at: null,
        metadata,
        errors: [],
        end_user: null,
        tags: {},
        credentials: { type: 'API_KEY', apiKey: 'k' },
    };
}

async function planOf(nango: Tokens, id: string): Promise<string> {
    const { metadata } = await nango.getConnection('github', id);
    return String(metadata?.plan ?? 'free');
}

/** As jest.fn and vi.fn are typed. */
function fn<A extends unknown[], R>(implementation: (...args: A) => R) {
    const calls: A[] = [];
    return Object.assign((...args: A): R => (calls.push(args), implementation(...args)), { calls });
}

export const sites: Sites = {
    'a plain object stands in for some methods': async () => [
        await planOf(fake({ plan: 'pro' }), 'c1'),
        await fake({}).getToken('a', 'b'),
    ],
    'a mock function stands in for one': async () => {
        const getConnection = fn(async (key: string, id: string) => connection(key, id, {}));
        const nango: Pick<Nango, 'getConnection'> = { getConnection };
        await nango.getConnection('github', 'c1');
        return getConnection.calls;
    },
    'a method of the prototype is spied upon': async ({ apiKey, host }) => {
        const original = Nango.prototype.getToken;
        const seen: Parameters<Nango['getToken']>[] = [];
        Nango.prototype.getToken = async function (this: Nango, ...args: Parameters<Nango['getToken']>) {
            seen.push(args);
            return original.apply(this, args);
        };
        try {
            await new Nango({ apiKey, host }).getToken('key-api', 'k1', false);
        } finally {
            Nango.prototype.getToken = original;
        }
        return seen;
    },
    'arguments are passed on by a wrapper': async ({ apiKey, host }) => {
        const nango = new Nango({ apiKey, host });
        const read = async (...args: Parameters<Nango['getConnection']>): Promise<Full> => nango.getConnection(...args);
        const [, , force]: Parameters<Nango['getConnection']> = ['key-api', 'k1', true];
        const flag: boolean | undefined = force;
        return [(await read('key-api', 'k1', false)).provider_config_key, flag];
    },
    'a partial client is cast': async () => {
        const client = { listConnections: async () => ({ connections: [] as Listed[] }) } as Partial<Nango> as Nango;
        return (await client.listConnections({ userId: 'u' })).connections;
    },
    'one instance’s method is replaced': async ({ apiKey, host }) => {
        const nango = new Nango({ apiKey, host });
        nango.triggerAction = async <In, Out>(): Promise<Out> => ({ replaced: true }) as unknown as Out;
        return nango.triggerAction('key-api', 'k1', 'greet');
    },
};
