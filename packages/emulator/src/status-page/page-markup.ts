const section = (id: string, title: string, columns: string[], empty: string) => `
<section class="card ${id}" aria-labelledby="${id}-title">
  <header><h2 id="${id}-title">${title}</h2><span class="count" id="${id}-count" aria-live="off"></span></header>
  <div class="scroll">
    <table aria-labelledby="${id}-title">
      <thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>
      <tbody id="${id}"></tbody>
    </table>
  </div>
  <p class="empty" id="${id}-empty" hidden>${empty}</p>
</section>`;

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
<main id="main">
${section('faults', 'Faults', ['Fault', 'Strikes', 'Struck'], 'None. <code>control.fault({ type: "status", status: 503 })</code> sets one.')}
${section('requests', 'Requests', ['Time', 'Request', 'Status', 'Took'], 'No request yet. Point a client at this address.')}
${section('integrations', 'Integrations', ['Integration', 'Mode', 'Connections', 'Functions'], 'None yet. Create one through the API, or start with <code>--seed</code>.')}
${section('connections', 'Connections', ['Connection', 'End user', 'Created'], 'None yet. Import one, or open a connect session.')}
${section('syncs', 'Syncs', ['Sync', 'Status', 'Records', 'Next run'], 'None yet. <code>emulator.defineSync()</code> defines one.')}
${section('deliveries', 'Webhook deliveries', ['Webhook', 'To', 'Outcome'], 'None yet. <code>--webhook-url</code> says where webhooks go.')}
</main>
<footer><a href="/_emulator/openapi.json">OpenAPI description</a><span>Everything here is in memory, and gone when the emulator stops.</span></footer>
`;
