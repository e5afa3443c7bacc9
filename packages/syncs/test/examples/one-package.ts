import { Records, Syncs } from '@x/syncs';

const records = new Records({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });
const syncs = new Syncs(records); // shares its connections, rate limit and hooks

export async function titlesAfterSync(connectionId: string): Promise<string[]> {
    await syncs.triggerSync('github', ['issues'], connectionId);
    const issues = records.iterateRecords<{ title: string }>({ providerConfigKey: 'github', connectionId, model: 'Issue' });
    const titles: string[] = [];
    for await (const { title } of issues) titles.push(title);
    return titles;
}
