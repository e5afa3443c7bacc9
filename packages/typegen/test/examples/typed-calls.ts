import { Nango } from '@x/node';
import type { Github } from '../compiled-folder/nango.gen.js';

const nango = new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

type CreateIssue = Github['actions']['createIssue'];

export async function titles(connectionId: string): Promise<string[]> {
    const config = { providerConfigKey: 'github', connectionId, model: 'Issue' };
    const titles: string[] = [];
    for await (const { title } of nango.iterateRecords<Github['models']['Issue']>(config)) titles.push(title);
    return titles;
}

export async function createIssue(connectionId: string, input: CreateIssue['input']): Promise<string> {
    const { url } = await nango.triggerAction<CreateIssue['input'], CreateIssue['output']>(
        'github',
        connectionId,
        'createIssue',
        input,
    );
    return url;
}

export async function watch(connectionId: string, metadata: Github['metadata']): Promise<void> {
    await nango.setMetadata('github', connectionId, metadata);
}
