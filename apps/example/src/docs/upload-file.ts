import { nango } from './nango.js';

export async function upload(connectionId: string, file: File): Promise<string> {
    const form = new FormData();
    form.set('file', file);
    const { data } = await nango.post<{ id: string }>({
        endpoint: '/files/v3/files',
        providerConfigKey: 'hubspot',
        connectionId,
        data: form,
    });
    return data.id;
}
