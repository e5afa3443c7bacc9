import type { AuthModeType, NangoAuthWebhookBodySuccess, NangoSyncWebhookBody, NangoWebhookBody } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites } from './world.js';

function handle(body: NangoWebhookBody): string {
    switch (body.type) {
        case 'auth':
            return body.success ? stored(body) : `failed: ${body.error.description}`;
        case 'sync':
            return synced(body);
    }
}

function stored({ operation, authMode, endUser, tags }: NangoAuthWebhookBodySuccess): string {
    const mode: AuthModeType | 'unknown' = authMode;
    if (operation === 'deletion') return `forget ${endUser?.endUserId}`;
    return `${operation} ${mode} ${endUser?.tags?.team ?? tags?.team ?? '-'}`;
}

function synced(body: NangoSyncWebhookBody): string {
    // Some projects bring the name into their own form before they go on.
    body.model = body.model.toLowerCase();
    if (!body.success) return `${body.model} failed: ${body.error.description}`;
    return `${body.model}: ${body.responseResults.added} new since ${body.modifiedAfter}`;
}

export const sites: Sites = {
    'a delivery is verified and handled': async ({ apiKey, signingKey, host, delivery }) => {
        const nango = new Nango({ apiKey, webhookSigningKey: signingKey, host });
        const genuine = nango.verifyIncomingWebhookRequest(delivery.body, delivery.headers);
        const forged = nango.verifyIncomingWebhookRequest(`${delivery.body} `, delivery.headers);
        return [genuine, forged, handle(JSON.parse(delivery.body) as NangoWebhookBody)];
    },
    'a failed refresh': async () =>
        handle({
            type: 'auth',
            from: 'nango',
            connectionId: 'c1',
            providerConfigKey: 'github',
            authMode: 'OAUTH2',
            provider: 'github',
            environment: 'dev',
            operation: 'refresh',
            success: false,
            error: { type: 'refresh_token_external_error', description: 'gone' },
        }),
};
