import type { AppContext } from '../../http/app-env.js';
import { html, scriptJson } from './html.js';
import { pageResponse } from './page-response.js';
import { pageStyle } from './page-style.js';

export type CallbackResult = { ok: true; provider: string } | { ok: false; errorType: string; message: string };

/** What `message` carries to the page that opened the popup (wire contract 16.5). */
type CallbackMessage =
    | { type: 'nango_oauth_callback_success' }
    | { type: 'nango_oauth_callback_error'; payload: { message: string; errorType: string } };

/** Runs in the browser: tells the opener how it ended, closes when it has heard, on success by itself after half a second. */
function announce(message: CallbackMessage): void {
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
}

/** The end of the popup: 200 or 400, as HTML. */
export function callbackPage(_c: AppContext, result: CallbackResult): Response {
    const message: CallbackMessage = result.ok
        ? { type: 'nango_oauth_callback_success' }
        : { type: 'nango_oauth_callback_error', payload: { message: result.message, errorType: result.errorType } };
    const title = result.ok ? 'Connected' : 'Not connected';
    const body = html`<main class="card">
<div class="content">
<div class="hero">
<span class="badge" aria-hidden="true">${result.ok ? '✓' : '!'}</span>
<div><h1>${title}</h1><p class="muted small">${result.ok ? `${result.provider} is connected.` : 'Nothing was changed.'}</p></div>
</div>
${result.ok ? html`<p>You can close this window.</p>` : html`<p class="notice bad" role="alert">${result.message}</p>`}
<button class="button quiet" type="button">Close this window</button>
</div>
${result.ok ? null : html`<div class="foot">Error: ${result.errorType}</div>`}
</main>`;
    return pageResponse({
        title,
        body,
        style: pageStyle,
        status: result.ok ? 200 : 400,
        script: `(${announce.toString()})(${scriptJson(message).text})`,
    });
}
