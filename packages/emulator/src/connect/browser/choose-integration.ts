import { badge, type Child, h, text } from './elements.js';
import type { Integration } from './page-types.js';

/** The list of integrations with its search. Built once: whoever comes back finds it as it was left. */
export function chooseIntegration(integrations: Integration[], choose: (integration: Integration, entry: HTMLElement) => void) {
    const list = h('ul', { class: 'list' });
    for (const integration of integrations) {
        const entry = h(
            'button',
            { type: 'button', class: 'entry' },
            badge(integration.display_name),
            text('span', integration.display_name),
            h('span', { class: 'arrow', 'aria-hidden': 'true' }, '›'),
        );
        entry.addEventListener('click', () => choose(integration, entry));
        list.append(h('li', {}, entry));
    }
    const filter = h('input', { type: 'search', id: 'filter', placeholder: 'Search', autocomplete: 'off' }) as HTMLInputElement;
    const none = h('p', { class: 'muted', role: 'status' });
    filter.addEventListener('input', () => {
        const wanted = filter.value.trim().toLowerCase();
        integrations.forEach(({ display_name, unique_key }, index) => {
            (list.children[index] as HTMLElement).hidden = !`${display_name} ${unique_key}`.toLowerCase().includes(wanted);
        });
        const found = [...list.children].some((entry) => !(entry as HTMLElement).hidden);
        none.textContent = found ? '' : 'Nothing has this name.';
    });
    const search =
        integrations.length > 6 && h('div', { class: 'row' }, h('label', { for: 'filter', class: 'hide' }, 'Search'), filter);
    const empty = integrations.length === 0 && text('p', 'There is nothing to connect here yet.', 'notice');
    return [search, list, none, empty] satisfies Child[];
}
