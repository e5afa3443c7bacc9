import { by, el } from './elements.js';
import { type ListName, lists, type Status } from './rows.js';

interface Shown {
    row: HTMLElement;
    json: string;
}
const shown = new Map<ListName, Map<string | number, Shown>>();

/**
 * Brings the rows of a list up to date. A row that stays is the same element and is not moved, so that focus and selection stay in it.
 * `fresh` marks rows that are new since the last time.
 */
export function showList<Name extends ListName>(
    name: Name,
    items: Status[Name][number][],
    { open, fresh }: { open?: ((item: Status[Name][number], row: HTMLElement) => void) | undefined; fresh: boolean },
): void {
    const list = lists[name];
    const body = by(name);
    const before = shown.get(name);
    const now = new Map<string | number, Shown>();
    const had = body.contains(document.activeElement) ? (document.activeElement as HTMLElement).closest('tr') : null;
    for (const item of items) {
        const key = list.key(item);
        const json = JSON.stringify(item);
        const known = before?.get(key);
        const row = known?.row ?? el('tr', fresh && before ? 'fresh' : '');
        if (known?.json !== json) row.replaceChildren(...list.cells(item, () => open?.(item, row)));
        now.set(key, { row, json });
    }
    for (const [key, { row }] of before ?? []) if (!now.has(key)) row.remove();
    let next = body.firstElementChild;
    for (const { row } of now.values()) {
        if (row === next) next = row.nextElementSibling;
        else body.insertBefore(row, next);
    }
    shown.set(name, now);
    const box = body.closest<HTMLElement>('.scroll');
    if (box) box.hidden = items.length === 0;
    if (!had || had.contains(document.activeElement)) return;
    // Its cells were renewed, or it fell off the end of the list.
    (had.isConnected ? had.querySelector<HTMLElement>('.open') : box)?.focus({ preventScroll: true });
}
