export type Child = Node | string | null | undefined | false;

/** Builds an element; text is always text, never markup. */
export function h(tag: string, attributes: Record<string, string | boolean | undefined>, ...children: Child[]): HTMLElement {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === true) element.setAttribute(name, '');
        else if (typeof value === 'string') element.setAttribute(name, value);
    }
    for (const child of children) if (child) element.append(child);
    return element;
}

export const text = (tag: string, content: string, className?: string): HTMLElement => h(tag, { class: className }, content);

export function button(label: string, onClick: (event: Event) => void, className = 'button'): HTMLElement {
    const element = h('button', { type: 'button', class: className }, label);
    element.addEventListener('click', onClick);
    return element;
}

export const badge = (name: string, className = 'badge'): HTMLElement =>
    h('span', { class: className, 'aria-hidden': 'true' }, name.charAt(0).toUpperCase());
