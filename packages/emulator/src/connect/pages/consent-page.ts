import type { AppContext } from '../../http/app-env.js';
import { denialDescription } from '../denial.js';
import type { OAuthFlow } from '../oauth-flows.js';
import { html } from './html.js';
import { pageResponse } from './page-response.js';
import { pageStyle } from './page-style.js';

const style = `${pageStyle}
ul { display: flex; flex-wrap: wrap; gap: 6px; margin: 0; padding: 0; list-style: none; }
code { padding: 2px 8px; border-radius: 6px; background: var(--hover); overflow-wrap: anywhere;
  font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 6px 16px; margin: 0 0 20px; font-size: 15px; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
`;

/** Stands where the provider's own page would ask for consent. Both answers are plain links to the callback. */
export function consentPage(_c: AppContext, flow: OAuthFlow): Response {
    const { provider, integration, scopes, session } = flow.request;
    const name = provider.display_name;
    const answer = (params: Record<string, string>) => callbackUrl(flow, { state: flow.id, ...params });
    const who = session.endUser && (session.endUser.display_name ?? session.endUser.email ?? session.endUser.id);
    const asked = scopes.split(/[\s,]+/).filter(Boolean);
    const body = html`<main class="card">
<div class="content">
<div class="hero">
<span class="badge" aria-hidden="true">${name.charAt(0).toUpperCase()}</span>
<div><h1>Allow access to ${name}?</h1><p class="muted small">Consent page of the Nango emulator</p></div>
</div>
<dl>
<dt>Integration</dt><dd>${integration.displayName ?? integration.uniqueKey}</dd>
${who ? html`<dt>For</dt><dd>${who}</dd>` : null}
<dt>Scopes</dt><dd>${asked.length === 0 ? 'none asked for' : html`<ul>${asked.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`}</dd>
</dl>
<div class="stack">
<a class="button" id="approve" href="${answer({ code: flow.code })}">Approve</a>
<a class="button quiet" id="deny" href="${answer({ error: 'access_denied', error_description: denialDescription })}">Deny</a>
</div>
</div>
<div class="foot">${name} is not asked. Approving creates a connection with made-up credentials.</div>
</main>`;
    return pageResponse({ title: `Allow access to ${name}?`, body, style });
}

/** The environment's own callback address, which is to send the browser on to the server's, or the server's at once. */
function callbackUrl(flow: OAuthFlow, params: Record<string, string>): string {
    const own = flow.request.environment.settings.callbackUrl;
    if (!own || !/^https?:/.test(own) || !URL.canParse(own)) return `/oauth/callback?${new URLSearchParams(params)}`;
    const url = new URL(own);
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    return url.href;
}
