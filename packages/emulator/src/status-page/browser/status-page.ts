/*
 * Fills the status page and keeps it up to date. It asks for everything again when the stream says that something changed: simple, and
 * quick enough on loopback.
 */
import { by, el } from './elements.js';
import { type ListName, lists, type Status } from './rows.js';

const known = new Map<ListName, Set<string | number>>();

function show<Name extends ListName>(name: Name, items: Status[Name][number][], total: number): void {
    const list = lists[name];
    const before = known.get(name);
    known.set(name, new Set(items.map((item) => list.key(item))));
    const rows = items.map((item) => {
        // Not when the page is opened: then everything is new.
        const row = el('tr', before && !before.has(list.key(item)) ? 'fresh' : '');
        row.append(...list.cells(item));
        return row;
    });
    by(name).replaceChildren(...rows);
    by(`${name}-count`).textContent = total > items.length ? `last ${items.length} of ${total}` : String(total || '');
    by(`${name}-empty`).hidden = items.length > 0;
    const box = by(name).closest<HTMLElement>('.scroll');
    if (box) box.hidden = items.length === 0;
}

const rate = ({ limit, windowMs }: { limit: number; windowMs: number }) =>
    `${limit.toLocaleString('en')}${windowMs === 60_000 ? ' a minute' : ` in ${windowMs / 1000} s`}`;

let offset = 0;
let frozenAt: number | null = null;
function tick(): void {
    const now = frozenAt ?? Date.now() + offset;
    by('now').textContent = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
setInterval(tick, 1000);

function fill(status: Status): void {
    by('origin').textContent = status.origin;
    by('environment').textContent = status.environment;
    offset = Date.parse(status.now) - Date.now();
    frozenAt = status.frozen ? Date.parse(status.now) : null;
    by('clock').textContent = status.frozen ? 'frozen' : Math.abs(offset) > 2000 ? 'moved' : '';
    by('rate-limit').textContent = status.rateLimit ? rate(status.rateLimit) : 'off';
    by('webhook-url').textContent = status.webhookUrl || 'nowhere';
    tick();
    const { totals } = status;
    show('faults', status.faults, status.faults.length);
    const faults = by('faults').closest<HTMLElement>('.card');
    if (faults) faults.hidden = status.faults.length === 0;
    show('requests', status.requests, totals.requests);
    show('integrations', status.integrations, totals.integrations);
    show('connections', [...status.connections], totals.connections);
    show('syncs', status.syncs, totals.syncs);
    show('deliveries', status.deliveries, totals.deliveries);
}

let loading = false;
let again = false;
async function load(): Promise<void> {
    if (loading) {
        again = true;
        return;
    }
    loading = true;
    try {
        const response = await fetch('/_emulator/status');
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        fill((await response.json()) as Status);
    } catch {
        live('not reachable', 'bad');
    } finally {
        loading = false;
        if (again) {
            again = false;
            void load();
        }
    }
}

function live(text: string, kind: string): void {
    const node = by('live');
    if (node.textContent === text) return;
    node.textContent = text;
    node.className = `tag ${kind}`;
}

for (const box of document.querySelectorAll<HTMLElement>('.scroll')) box.tabIndex = 0;
const events = new EventSource('/_emulator/events');
events.onopen = events.onmessage = () => {
    live('live', 'good');
    void load();
};
events.onerror = () => live('not reachable', 'bad');
void load();
