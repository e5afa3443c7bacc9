/*
 * Fills the status page and keeps it up to date. It asks for everything again when the stream says that something changed: simple, and
 * quick enough on loopback. While somebody reads closely (details are open, text is selected) it waits.
 */
import { Details } from './details.js';
import { by } from './elements.js';
import { Filters, type LogName } from './filters.js';
import type { Status } from './rows.js';
import { showList } from './show-list.js';

const rate = ({ limit, windowMs }: { limit: number; windowMs: number }) =>
    `${limit.toLocaleString('en')}${windowMs === 60_000 ? ' a minute' : ` in ${windowMs / 1000} s`}`;

let offset = 0;
let frozenAt: number | null = null;
function tick(): void {
    const now = frozenAt ?? Date.now() + offset;
    by('now').textContent = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
setInterval(tick, 1000);

/** The filters by which the rows on the page were chosen: rows that another filter brings are not news. */
let shownBy: string | undefined;

function fill(status: Status, query: string): void {
    by('origin').textContent = status.origin;
    by('environment').textContent = status.environment;
    offset = Date.parse(status.now) - Date.now();
    frozenAt = status.frozen ? Date.parse(status.now) : null;
    by('clock').textContent = status.frozen ? 'frozen' : Math.abs(offset) > 2000 ? 'moved' : '';
    by('rate-limit').textContent = status.rateLimit ? rate(status.rateLimit) : 'off';
    by('webhook-url').textContent = status.webhookUrl || 'nowhere';
    tick();
    const fresh = shownBy === query;
    shownBy = query;
    filters.statuses(status.statuses);
    const { totals } = status;
    for (const name of ['faults', 'integrations', 'syncs'] as const) showList(name, status[name], { fresh });
    showList('connections', status.connections, { fresh, open: ({ id }) => showConnection(id) });
    showList('requests', status.requests, { fresh, open: ({ id }) => void details.request(id) });
    showList('deliveries', status.deliveries, { fresh, open: ({ id }) => void details.delivery(id) });
    const faults = by('faults').closest<HTMLElement>('.card');
    if (faults) faults.hidden = status.faults.length === 0;
    counted('faults', status.faults.length, status.faults.length);
    counted('integrations', status.integrations.length, totals.integrations);
    counted('connections', status.connections.length, totals.connections);
    counted('syncs', status.syncs.length, totals.syncs);
    for (const name of ['requests', 'deliveries'] as const) countLog(name, status);
}

function counted(name: string, shown: number, total: number): void {
    by(`${name}-count`).textContent = total > shown ? `${shown} of ${total}` : String(total || '');
    by(`${name}-empty`).hidden = total > 0;
}

function countLog(name: LogName, status: Status): void {
    const shown = status[name].length;
    const matching = status.matching[name];
    const kept = status.kept[name];
    const total = status.totals[name];
    const filtered = filters.active(name);
    const of = total > kept ? `${kept} kept of ${total}` : String(kept);
    by(`${name}-count`).textContent = filtered
        ? `${matching} of ${of} match`
        : shown < kept
          ? `last ${shown} of ${of}`
          : String(kept || '');
    by(`${name}-empty`).hidden = filtered || kept > 0;
    by(`${name}-unmatched`).hidden = !filtered || matching > 0;
    const more = by(`${name}-more`).parentElement;
    if (more) more.hidden = matching <= shown;
}

/** Why the page waits; null when it does not. */
let reading: string | null = null;
let missed = false;
function consider(): void {
    const now = details.open ? 'paused: details open' : hasSelection() ? 'paused: text selected' : null;
    if (now === reading) return;
    reading = now;
    if (now !== null) live(now, 'warn');
    else {
        live('live', 'good');
        if (missed) void load();
    }
}

function hasSelection(): boolean {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.toString() === '') return false;
    return !(document.activeElement instanceof HTMLInputElement) && by('main').contains(selection.anchorNode);
}

function showConnection(id: string): void {
    filters.connection(id);
    by('requests').closest('.card')?.scrollIntoView({ block: 'nearest' });
    by<HTMLFormElement>('requests-filters').querySelector<HTMLElement>('[name=connection]')?.focus();
}

let loading = false;
let again = false;
async function load(): Promise<void> {
    if (loading) {
        again = true;
        return;
    }
    loading = true;
    missed = false;
    const { query } = filters;
    try {
        const response = await fetch(`/_emulator/status?${query}`);
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        const status = (await response.json()) as Status;
        // Someone may have begun to read meanwhile.
        if (reading === null || shownBy !== query) fill(status, query);
        else missed = true;
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

const filters = new Filters(() => void load());
const details = new Details({ toggled: consider, connection: showConnection });
for (const box of document.querySelectorAll<HTMLElement>('.scroll')) box.tabIndex = 0;
document.addEventListener('selectionchange', consider);
by('main').addEventListener('click', ({ target }) => {
    const row = (target as HTMLElement).closest?.('tr');
    if (row && !(target as HTMLElement).closest('button') && !hasSelection()) row.querySelector<HTMLElement>('.open')?.click();
});
by('main').addEventListener('keydown', (event) => {
    const row = (event.target as HTMLElement).closest?.('.open')?.closest('tr');
    const to = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
    if (!to) return;
    event.preventDefault();
    to.querySelector<HTMLElement>('.open')?.focus();
});
const events = new EventSource('/_emulator/events');
events.onopen = events.onmessage = () => {
    if (reading === null) {
        live('live', 'good');
        void load();
        return;
    }
    live(reading, 'warn');
    missed = true;
    void details.refresh();
};
events.onerror = () => live('not reachable', 'bad');
void load();
