import { signWebhook } from '@x/webhooks';

export function sendSyncWebhook(url: string): Promise<Response> {
    const body = {
        type: 'sync',
        from: 'nango',
        connectionId: 'c1',
        providerConfigKey: 'github',
        syncName: 'issues',
        syncVariant: 'base',
        model: 'Issue',
        syncType: 'INCREMENTAL',
        success: true,
        responseResults: { added: 1, updated: 0, deleted: 0 },
        modifiedAfter: new Date().toISOString(),
    };
    return fetch(url, { method: 'POST', ...signWebhook(body, { signingKey: 'the-key-of-your-test' }) });
}
