/// <reference path="../../browser-script.d.ts" />
import type { AppContext } from '../../http/app-env.js';
import type { CallbackMessage } from '../browser/callback-page.js';
import script from '../browser/callback-page.js?script';
import { html, scriptJson } from './html.js';
import { pageResponse } from './page-response.js';
import { pageStyle } from './page-style.js';
import { popupEndWords } from './popup-end-words.js';

export type CallbackResult = { ok: true; provider: string } | { ok: false; errorType: string; message: string; status?: number };

/** The end of the popup: 200, or 400 unless the failure has a status of its own, as HTML. */
export function callbackPage(_c: AppContext, result: CallbackResult): Response {
    const message: CallbackMessage = result.ok
        ? { type: 'nango_oauth_callback_success' }
        : { type: 'nango_oauth_callback_error', payload: { message: result.message, errorType: result.errorType } };
    const { title, words } = result.ok ? { title: 'Connected', words: '' } : popupEndWords(result.errorType, result.message);
    const body = html`<main class="card">
<div class="content">
<div class="hero">
<span class="badge" aria-hidden="true">${result.ok ? '✓' : '!'}</span>
<div><h1>${title}</h1><p class="muted small">${result.ok ? `${result.provider} is connected.` : 'Nothing was changed.'}</p></div>
</div>
${result.ok ? html`<p role="status">You can close this window.</p>` : html`<p class="notice bad" role="alert">${words}</p>`}
<button class="button quiet" type="button">Close this window</button>
</div>
${result.ok ? null : html`<div class="foot">Error code: ${result.errorType}</div>`}
</main>
<script type="application/json" id="message">${scriptJson(message)}</script>`;
    return pageResponse({
        title,
        body,
        style: pageStyle,
        status: result.ok ? 200 : (result.status ?? 400),
        script,
    });
}
