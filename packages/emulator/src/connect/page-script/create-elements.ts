export type Child = Node | string | null | undefined | false;

export type Elements = ReturnType<typeof createElements>;

/** Builds elements; text is always text, never markup. */
export function createElements() {
    const h = (tag: string, attributes: Record<string, string | boolean | undefined>, ...children: Child[]) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) {
            if (value === true) element.setAttribute(name, '');
            else if (typeof value === 'string') element.setAttribute(name, value);
        }
        for (const child of children) if (child) element.append(child);
        return element;
    };
    const text = (tag: string, content: string, className?: string) => h(tag, { class: className }, content);
    const button = (label: string, onClick: (event: Event) => void, className = 'button') => {
        const element = h('button', { type: 'button', class: className }, label);
        element.addEventListener('click', onClick);
        return element;
    };
    const badge = (name: string, className = 'badge') =>
        h('span', { class: className, 'aria-hidden': 'true' }, name.charAt(0).toUpperCase());
    return { h, text, button, badge };
}
