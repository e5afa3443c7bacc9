/** An element with a text: what comes from outside goes in as text, never as markup. */
export function el(tag: string, className?: string, text?: string | number | null, ...children: Content[]): HTMLElement {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = String(text);
    append(node, children);
    return node;
}

export type Content = Node | string | number;

function append(node: HTMLElement, contents: Content[]): void {
    node.append(...contents.map((part) => (part instanceof Node ? part : String(part))));
}

/** A cell of a table; on a phone `label` stands before it, and a `wide` one has a line of its own. */
export function cell(
    content: Content | Content[],
    { label, wide, num }: { label?: string; wide?: boolean; num?: boolean } = {},
): HTMLElement {
    const td = el('td', [wide && 'wide', num && 'num'].filter(Boolean).join(' '));
    if (label) td.dataset.label = label;
    append(td, [content].flat());
    return td;
}

export const stacked = (main: string, sub?: string | null, mono = false): Node[] => [
    el('div', mono ? 'main mono' : 'main', main),
    ...(sub ? [el('div', 'sub', sub)] : []),
];

export const tag = (text: string | number, kind = ''): HTMLElement => el('span', `tag ${kind}`, text);

export function button(label: string, className: string, onClick: () => void, ...children: Content[]): HTMLButtonElement {
    const node = el('button', className, children.length > 0 ? null : label, ...children) as HTMLButtonElement;
    node.type = 'button';
    if (children.length > 0 && label) node.setAttribute('aria-label', label);
    node.addEventListener('click', onClick);
    return node;
}

export function by<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
    const found = document.getElementById(id);
    if (!found) throw new Error(`The page has no #${id}.`);
    return found as Kind;
}
