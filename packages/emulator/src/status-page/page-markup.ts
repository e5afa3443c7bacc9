const section = (id: string, title: string, columns: string[], empty: string, filters = '') => `
<section class="card ${id}" aria-labelledby="${id}-title">
  <header><h2 id="${id}-title">${title}</h2><span class="count" id="${id}-count" aria-live="off"></span></header>
  ${filters}
  <div class="scroll">
    <table aria-labelledby="${id}-title">
      <thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>
      <tbody id="${id}"></tbody>
    </table>
  </div>
  <p class="empty" id="${id}-empty" hidden>${empty}</p>
  ${filters && `<p class="empty" id="${id}-unmatched" hidden>Nothing that is kept matches the filter.</p><p class="more" hidden><button type="button" class="plain" id="${id}-more">Show more</button></p>`}
</section>`;

const filters = (id: string, what: string, statuses: string, path: string) => `
<form class="filters" id="${id}-filters" role="search" aria-label="Filter ${what}">
  <label>Status <select name="status"><option value="">all</option>${statuses}</select></label>
  <label>${path} <input name="path" type="search" autocomplete="off" spellcheck="false"></label>
  <label>Connection <input name="connection" type="search" autocomplete="off" spellcheck="false"></label>
  <button type="reset" class="plain" hidden>Clear</button>
</form>`;

const option = (value: string, text = value) => `<option value="${value}">${text}</option>`;
const classes = option('error', '4xx and 5xx') + ['2xx', '3xx', '4xx', '5xx'].map((value) => option(value)).join('');
const states = ['delivered', 'pending', 'failed', 'skipped'].map((value) => option(value)).join('');
const answers = ['2xx', '3xx', '4xx', '5xx'].map((value) => option(value, `answered ${value}`)).join('');

/** The body of the status page, empty until its script fills it. */
export const pageMarkup = `
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
  <div class="brand">
    <svg viewBox="0 0 16 16" width="28" height="28" aria-hidden="true"><circle cx="8" cy="8" r="7.5"/><path d="M5 11V5l6 6V5"/></svg>
    <div><h1>Nango emulator</h1><p id="origin"></p></div>
  </div>
  <dl class="facts">
    <div><dt>Environment</dt><dd id="environment">–</dd></div>
    <div><dt>Clock</dt><dd><time id="now">–</time> <span class="tag" id="clock"></span></dd></div>
    <div><dt>Rate limit</dt><dd id="rate-limit">–</dd></div>
    <div><dt>Webhooks to</dt><dd id="webhook-url">–</dd></div>
    <div><dt>Updates</dt><dd><span class="tag" id="live" role="status">connecting</span></dd></div>
  </dl>
</header>
<noscript><p class="notice">This page needs JavaScript to show the emulator's state. The same is at <a href="/_emulator/status">/_emulator/status</a>.</p></noscript>
<main id="main" tabindex="-1">
${section('faults', 'Faults', ['Fault', 'Strikes', 'Struck'], 'None. <code>control.fault({ type: "status", status: 503 })</code> sets one.')}
${section('requests', 'Requests', ['Time', 'Request', 'Status', 'Took'], 'No request yet. Point a client at this address.', filters('requests', 'requests', classes, 'Path'))}
${section('deliveries', 'Webhook deliveries', ['Webhook', 'Outcome'], 'None yet. <code>--webhook-url</code> says where webhooks go.', filters('deliveries', 'webhook deliveries', states + answers, 'Type or address'))}
${section('integrations', 'Integrations', ['Integration', 'Mode', 'Connections', 'Functions'], 'None yet. Create one through the API, or start with <code>--seed</code>.')}
${section('connections', 'Connections', ['Connection', 'End user', 'Created'], 'None yet. Import one, or open a connect session.')}
${section('syncs', 'Syncs', ['Sync', 'Status', 'Records', 'Next run'], 'None yet. <code>emulator.defineSync()</code> defines one.')}
</main>
<dialog id="details" aria-labelledby="details-title"></dialog>
<footer><a href="/_emulator/openapi.json">OpenAPI description</a><span>Everything here is in memory, and gone when the emulator stops.</span></footer>
`;
