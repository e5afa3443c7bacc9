/** What `message` carries to the page that opened the popup (contract 16.5). */
type CallbackMessage =
    | { type: 'nango_oauth_callback_success' }
    | { type: 'nango_oauth_callback_error'; payload: { message: string; errorType: string } };

/** Tells the opener how it ended, closes when it has heard, on success by itself after half a second. */
const message = JSON.parse(document.getElementById('message')?.textContent ?? '{}') as CallbackMessage;
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('nango-oauth-callback');
const close = (data: unknown) => {
    if ((data as { type?: unknown } | null)?.type === 'nango_oauth_callback_ack') window.close();
};
window.addEventListener('message', (event) => close(event.data));
channel?.addEventListener('message', (event) => close(event.data));
// Nothing secret: whoever opened this window may know how it ended.
window.opener?.postMessage(message, '*');
channel?.postMessage(message);
if (message.type === 'nango_oauth_callback_success') setTimeout(() => window.close(), 500);
document.querySelector('button')?.addEventListener('click', () => window.close());

export type { CallbackMessage };
