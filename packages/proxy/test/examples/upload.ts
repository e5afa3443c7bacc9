import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { nango } from './nango.js';

/** A file of any size as part of a form: it is read while it is sent. */
export async function upload(connectionId: string, path: string): Promise<string> {
    const data = new FormData();
    data.set('title', 'Yearly report');
    data.set('file', await openAsBlob(path, { type: 'application/pdf' }), basename(path));
    const { data: answer } = await nango.post<{ id: string }>({
        endpoint: '/files',
        providerConfigKey: 'drive',
        connectionId,
        data,
        timeout: false, // the default ends an upload after 5 minutes
    });
    return answer.id;
}
