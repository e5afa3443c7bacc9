import { isReconnectRequired, NangoApiError, NangoNotFoundError, NangoProviderError, NangoRateLimitError } from '@x/node';
import { nango } from './nango.js';

export async function describeFailure(connectionId: string): Promise<string> {
    try {
        await nango.get({ endpoint: '/crm/v3/objects/contacts', providerConfigKey: 'hubspot', connectionId });
        return 'fine';
    } catch (error) {
        if (isReconnectRequired(error)) return 'ask the user to connect again';
        if (error instanceof NangoRateLimitError) return `the account's limit: again in ${error.retryAfter} s`;
        if (error instanceof NangoNotFoundError) return 'no such integration';
        // A failed proxied call: `source` says who failed, or is `unknown` where the answer does not show it.
        if (error instanceof NangoProviderError) return `${error.source} answered ${error.status}`;
        if (error instanceof NangoApiError) return `Nango answered ${error.status} ${error.code}`;
        throw error; // NangoTimeoutError, NangoNetworkError, or the reason of your own signal
    }
}
