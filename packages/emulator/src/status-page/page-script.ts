/**
 * Fills the status page and keeps it up to date. It asks for everything again when the stream says that something changed: simple, and
 * quick enough on loopback. All that comes from outside goes in as text.
 */
export const pageScript = `
const by = (id) => document.getElementById(id);
const el = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
};
const cell = (content, { label, wide, num } = {}) => {
  const td = el('td', [wide && 'wide', num && 'num'].filter(Boolean).join(' '));
  if (label) td.dataset.label = label;
  td.append(...[content].flat().map((part) => (part instanceof Node ? part : document.createTextNode(String(part)))));
  return td;
};
const stacked = (main, sub, mono) => [el('div', mono ? 'main mono' : 'main', main), ...(sub ? [el('div', 'sub', sub)] : [])];
const tag = (text, kind) => el('span', 'tag ' + (kind || ''), text);
const clockTime = (iso) => (iso ? iso.slice(11, 19) : '–');
const dayTime = (iso) => (iso ? iso.slice(0, 10) + ' ' + iso.slice(11, 16) : '–');
const byStatus = (status) => (status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good');
const rate = ({ limit, windowMs }) => limit.toLocaleString('en') + (windowMs === 60000 ? ' a minute' : ' in ' + windowMs / 1000 + ' s');
const plural = (count, one) => count + ' ' + one + (count === 1 ? '' : 's');
const syncKinds = { SUCCESS: 'good', RUNNING: 'warn', ERROR: 'bad', PAUSED: '', STOPPED: '' };
const deliveryKinds = { delivered: 'good', failed: 'bad', pending: 'warn', skipped: '' };

const rows = {
  faults: (f) => [
    cell([tag(f.what, 'bad')]),
    cell(stacked(f.where, null, true)),
    cell(f.times === null ? plural(f.struck, 'time') : f.struck + ' of ' + f.times, { num: true }),
  ],
  requests: (r) => {
    const line = el('div', 'main mono');
    line.append(el('span', 'method', r.method), r.path, el('span', 'query', r.query));
    const status = [tag(r.status, byStatus(r.status))];
    if (r.fault) status.push(' ', tag('fault: ' + r.fault, 'bad'));
    return [
      cell(clockTime(r.at), { num: true }),
      cell([line, ...(r.code ? [el('div', 'sub', r.code)] : [])], { wide: true }),
      cell(status),
      cell(r.ms + ' ms', { num: true }),
    ];
  },
  integrations: (i) => [
    cell(stacked(i.key, i.name + ' · ' + i.provider), { wide: true }),
    cell(i.mode),
    cell(i.connections, { label: 'Connections', num: true }),
    cell(i.functions, { label: 'Functions', num: true }),
  ],
  connections: (c) => [
    cell([...stacked(c.id, c.integration), ...c.errors.map((type) => tag(type + ' error', 'bad'))], { wide: true }),
    cell(c.endUser || '–', { label: 'End user' }),
    cell(dayTime(c.created), { num: true }),
  ],
  syncs: (s) => [
    cell(stacked(s.name, s.integration + ' · ' + s.connection + (s.frequency ? ' · every ' + s.frequency : '')), { wide: true }),
    cell([tag(s.status.toLowerCase(), syncKinds[s.status])]),
    cell(s.records, { label: 'Records', num: true }),
    cell(dayTime(s.next), { label: 'Next run', num: true }),
  ],
  deliveries: (d) => [
    cell(stacked(d.type, clockTime(d.at) + ' · ' + plural(d.attempts, 'attempt')), { wide: true }),
    cell(stacked(d.url, null, true)),
    cell([tag(d.answer === null ? d.status : d.status + ' (' + d.answer + ')', deliveryKinds[d.status])]),
  ],
};
const keys = {
  faults: (f) => f.id, requests: (r) => r.id, integrations: (i) => i.key, deliveries: (d) => d.id,
  connections: (c) => c.integration + '/' + c.id, syncs: (s) => s.integration + '/' + s.connection + '/' + s.name,
};
const known = {};

function show(id, items, total) {
  const first = !known[id];
  const before = known[id] || new Set();
  known[id] = new Set(items.map(keys[id]));
  by(id).replaceChildren(...items.map((item) => {
    const row = el('tr', !first && !before.has(keys[id](item)) ? 'fresh' : '');
    row.append(...rows[id](item));
    return row;
  }));
  by(id + '-count').textContent = total > items.length ? 'last ' + items.length + ' of ' + total : total || '';
  by(id + '-empty').hidden = items.length > 0;
  by(id).closest('.scroll').hidden = items.length === 0;
}

let offset = 0;
let frozenAt = null;
function tick() {
  const now = frozenAt === null ? Date.now() + offset : frozenAt;
  by('now').textContent = new Date(now).toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
}
setInterval(tick, 1000);

let loading = false;
let again = false;
async function load() {
  if (loading) { again = true; return; }
  loading = true;
  try {
    const response = await fetch('/_emulator/status');
    if (!response.ok) throw new Error('HTTP ' + response.status);
    const s = await response.json();
    by('origin').textContent = s.origin;
    by('environment').textContent = s.environment;
    offset = Date.parse(s.now) - Date.now();
    frozenAt = s.frozen ? Date.parse(s.now) : null;
    by('clock').textContent = s.frozen ? 'frozen' : Math.abs(offset) > 2000 ? 'moved' : '';
    by('rate-limit').textContent = s.rateLimit ? rate(s.rateLimit) : 'off';
    by('webhook-url').textContent = s.webhookUrl || 'nowhere';
    tick();
    const total = s.totals;
    show('faults', s.faults, s.faults.length);
    by('faults').closest('.card').hidden = s.faults.length === 0;
    show('requests', s.requests, total.requests);
    show('integrations', s.integrations, total.integrations);
    show('connections', s.connections, total.connections);
    show('syncs', s.syncs, total.syncs);
    show('deliveries', s.deliveries, total.deliveries);
  } catch {
    live('not reachable', 'bad');
  } finally {
    loading = false;
    if (again) { again = false; load(); }
  }
}

function live(text, kind) {
  const node = by('live');
  if (node.textContent === text) return;
  node.textContent = text;
  node.className = 'tag ' + kind;
}

for (const box of document.querySelectorAll('.scroll')) box.tabIndex = 0;
const events = new EventSource('/_emulator/events');
events.onopen = () => { live('live', 'good'); load(); };
events.onmessage = () => { live('live', 'good'); load(); };
events.onerror = () => live('not reachable', 'bad');
load();
`;
