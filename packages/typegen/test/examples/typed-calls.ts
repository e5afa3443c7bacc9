import { Nango } from '@x/node';
import type { NangoTypes } from '../compiled-folder/nango.gen.js';

export const nango = new Nango<NangoTypes>({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

export async function titles(connectionId: string): Promise<string[]> {
    const titles: string[] = [];
    const issues = nango.iterateRecords({ providerConfigKey: 'github', connectionId, model: 'Issue' });
    for await (const { title } of issues) titles.push(title);
    return titles;
}

export async function report(connectionId: string, title: string): Promise<string> {
    const { url } = await nango.triggerAction('github', connectionId, 'createIssue', { title, parent: null });
    return url;
}

export async function watch(connectionId: string, owner: string): Promise<void> {
    await nango.setMetadata('github', connectionId, { owner });
    await nango.triggerSync('github', ['fetchIssues'], connectionId);
}
