import Nango from '@nangohq/frontend';
import { call } from './api.js';

/** How opening Nango's Connect page ended. */
export type ConnectOutcome =
    | { readonly kind: 'connected' }
    | { readonly kind: 'refused'; readonly reason: string }
    | { readonly kind: 'closed' };

/**
 * Opens Nango's Connect page over this one. What it reports here is for the user's eyes alone: that a connection was made, and whose it
 * is, the back end learns from Nango.
 */
export async function connectAccount(integrationId: string, isReconnect: boolean): Promise<ConnectOutcome> {
    const path = `/connections/${integrationId}/${isReconnect ? 'reconnect-session' : 'session'}`;
    const { token, connectUrl, apiUrl } = await call<{ token: string; connectUrl: string; apiUrl: string }>('POST', path);
    return new Promise((resolve) => {
        let outcome: ConnectOutcome = { kind: 'closed' };
        new Nango({ host: apiUrl }).openConnectUI({
            sessionToken: token,
            baseURL: connectUrl,
            apiURL: apiUrl,
            detectClosedAuthWindow: true,
            onEvent(event) {
                if (event.type === 'connect') outcome = { kind: 'connected' };
                if (event.type === 'error') outcome = { kind: 'refused', reason: event.payload.errorMessage };
                if (event.type === 'close') resolve(outcome);
            },
        });
        // The frame has no name of its own: a screen reader would read its address.
        document.getElementById('connect-ui')?.setAttribute('title', 'Connect an account');
    });
}
