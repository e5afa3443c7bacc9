/// <reference path="../../browser-script.d.ts" />
import type { AppContext } from '../../http/app-env.js';
import script from '../browser/connect-page.js?script';
import { html } from './html.js';
import { pageResponse } from './page-response.js';
import { pageStyle } from './page-style.js';

const style = `${pageStyle}
html[data-framed="true"], html[data-framed="true"] body { background: rgb(10 12 16 / 45%); }
html[data-framed="true"] .card { max-height: calc(100vh - 48px); overflow: auto; }
.bar { display: flex; min-height: 44px; padding: 8px 8px 0; }
.bar:empty { display: none; }
.bar + .content { padding-top: 8px; }
.bar:empty + .content { padding-top: 28px; }
.icon { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; font: inherit; font-size: 22px; line-height: 1;
  color: var(--muted); background: none; border: 0; border-radius: 10px; cursor: pointer; }
.icon:hover { background: var(--hover); color: var(--text); }
.icon.end { margin-left: auto; }
.badge.good { color: var(--good); }
.list { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
.entry { display: flex; align-items: center; gap: 14px; width: 100%; min-height: 60px; padding: 8px 12px; font: inherit; font-weight: 550;
  color: var(--text); text-align: left; background: none; border: 1px solid var(--line); border-radius: 12px; cursor: pointer; }
.entry:hover { background: var(--hover); }
.entry span:nth-child(2) { overflow-wrap: anywhere; }
.arrow { margin-left: auto; color: var(--muted); font-size: 20px; }
form, fieldset { display: grid; grid-template-columns: minmax(0, 1fr); gap: 18px; }
fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
fieldset:disabled { opacity: .6; }
form p { margin: 0; }
.row { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; }
label, .hint, .error { overflow-wrap: anywhere; }
.list + p, .row + .list { margin-top: 14px; }
[hidden] { display: none !important; }
label { font-weight: 600; font-size: 15px; }
.hint { font-size: 14px; color: var(--muted); }
.error { font-size: 14px; color: var(--bad); }
.control { display: flex; align-items: stretch; border: 1px solid var(--edge); border-radius: 10px; background: var(--field); overflow: hidden; }
.control:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.control:has([aria-invalid="true"]), select[aria-invalid="true"] { border-color: var(--bad); }
.control input, #filter, select { width: 100%; min-width: 0; min-height: 46px; padding: 10px 12px; font: inherit; color: var(--text);
  background: var(--field); border: 0; }
.control input { flex: 1 1 0; width: auto; min-width: 100px; }
.control input:focus { outline: none; }
#filter, select { border: 1px solid var(--edge); border-radius: 10px; }
::placeholder { color: var(--muted); opacity: 1; }
.fix { display: grid; place-items: center; padding: 0 10px; font-size: 14px; color: var(--muted); background: var(--hover);
  flex: 0 1 auto; max-width: 60%; overflow-wrap: anywhere; }
.reveal { flex: none; padding: 0 14px; font: inherit; font-size: 14px; color: var(--muted); background: none; border: 0; cursor: pointer; }
.reveal:hover { color: var(--text); }
.reveal:focus-visible { outline-offset: -4px; border-radius: 10px; }
.hide { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.strong { font-weight: 600; }
.waiting { display: flex; align-items: center; gap: 14px; padding: 14px; border: 1px solid var(--line); border-radius: 12px; background: var(--hover); }
.waiting .spinner { flex: none; }
[role="status"]:empty { position: absolute; }
dialog { width: calc(100% - 48px); max-width: 400px; padding: 24px; color: var(--text); background: var(--card);
  border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow); }
dialog::backdrop { background: rgb(10 12 16 / 50%); }
dialog h2 { margin: 0 0 6px; font-size: 18px; line-height: 1.3; }
.wait { display: grid; place-items: center; gap: 12px; min-height: 200px; }
.wait p { margin: 0; }
.spinner { width: 26px; height: 26px; border: 3px solid var(--line); border-top-color: var(--accent); border-radius: 50%; animation: turn 0.9s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (max-width: 520px) { html[data-framed="true"] .card { max-height: none; } }
`;

/** The page that `openConnectUI` puts in a frame, and that a `connect_link` opens (contract 16.2). */
export function connectPage(c: AppContext): Response {
    const { host } = new URL(c.req.url);
    const socketOrigin = /^[\w.:[\]-]+$/.test(host) ? `ws://${host}` : undefined;
    const body = html`<main class="card" id="app"></main><noscript>This page needs JavaScript.</noscript>`;
    return pageResponse({ title: 'Connect an account', body, style, script, framed: true, socketOrigin });
}
