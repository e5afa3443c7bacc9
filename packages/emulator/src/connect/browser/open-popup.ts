import type { Attempt, Outcome } from './page-types.js';

export interface PopupRequest extends Outcome {
    /** The API's origin. */
    api: string;
    websocketsPath: string;
    /** Path and query of `/oauth/connect/…`; the id of the WebSocket is added to it. */
    target: string;
    beacon(event: string): void;
}

/**
 * Opens the window of an authorisation and waits for its end: on the WebSocket, by the callback page's message, or because someone
 * closes the window (contract 16.5). Call it in a click's own handler, or the browser blocks the window.
 */
export function openPopup({ api, websocketsPath, target, beacon, done, fail }: PopupRequest): Attempt {
    let popup = openWindow();
    let clientId: string | undefined;
    let closedFor = 0;
    let settled = false;
    let watch: ReturnType<typeof setInterval> | undefined;
    let socket: WebSocket | undefined;
    const settle = (end: () => void) => {
        if (settled) return;
        settled = true;
        clearInterval(watch);
        window.removeEventListener('message', onMessage);
        socket?.close();
        end();
    };
    const blocked = () => {
        beacon('popup:blocked_by_browser');
        settle(() => fail('blocked_by_browser', 'The browser blocked the window.'));
    };
    const lost = () =>
        settle(() => {
            popup?.close();
            fail('unknown_error', 'The page lost its connection. Try again.');
        });
    const go = () => {
        if (popup && clientId) popup.location = `${api}${target}&ws_client_id=${encodeURIComponent(clientId)}`;
    };
    const onMessage = (event: MessageEvent) => {
        if (event.origin !== api || event.source !== popup) return;
        const { type, payload } = event.data ?? {};
        if (type !== 'nango_oauth_callback_success' && type !== 'nango_oauth_callback_error') return;
        popup?.postMessage({ type: 'nango_oauth_callback_ack' }, api);
        if (type === 'nango_oauth_callback_error') {
            settle(() => fail(payload?.errorType ?? 'unknown_error', payload?.message ?? 'The access was not allowed.'));
        }
    };
    const attempt: Attempt = {
        reopen() {
            if (settled) return;
            popup?.close();
            popup = openWindow();
            closedFor = 0;
            if (popup) go();
            else blocked();
        },
        cancel() {
            settle(() => popup?.close());
        },
    };
    if (!popup) {
        blocked();
        return attempt;
    }
    window.addEventListener('message', onMessage);
    watch = setInterval(() => {
        closedFor = popup?.closed ? closedFor + 1 : 0;
        // The last word may still be on its way when the window closes.
        if (closedFor < 4) return;
        beacon('popup:closed_early');
        settle(() => fail('window_closed', 'The window was closed before the access was allowed.'));
    }, 250);
    socket = new WebSocket(new URL(websocketsPath, api.replace(/^http/, 'ws')));
    socket.addEventListener('message', (event) => {
        const data = JSON.parse(event.data);
        if (data.message_type === 'connection_ack') {
            clientId = data.ws_client_id;
            go();
        } else if (data.message_type === 'success') {
            const result = { providerConfigKey: data.provider_config_key, connectionId: data.connection_id };
            settle(() => done(data.is_pending ? { ...result, isPending: true } : result));
        } else if (data.message_type === 'error') {
            settle(() => fail(data.error_type, data.error_desc));
        }
    });
    socket.addEventListener('error', lost);
    socket.addEventListener('close', lost);
    return attempt;
}

function openWindow(): Window | null {
    const left = Math.max(0, (screen.width - 520) / 2);
    const top = Math.max(0, (screen.height - 680) / 2);
    return window.open('', '_blank', `popup=yes,width=520,height=680,left=${left},top=${top}`);
}
