import { ProxyCalls } from '@x/proxy';

const proxy = new ProxyCalls({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

export async function repositories(connectionId: string): Promise<string[]> {
    const { data } = await proxy.get<{ name: string }[]>({
        endpoint: '/user/repos',
        params: { per_page: 100, visibility: 'all' },
        providerConfigKey: 'github',
        connectionId,
    });
    return data.map(({ name }) => name);
}
