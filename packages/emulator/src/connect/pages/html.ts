/** Markup that is safe as it stands. */
export class Html {
    constructor(readonly text: string) {}
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] as string);

/** Markup in which every inserted value is escaped, unless it is {@link Html}; lists are joined, null and false vanish. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
    return new Html(strings.reduce((text, part, index) => text + (index === 0 ? '' : insert(values[index - 1])) + part, ''));
}

function insert(value: unknown): string {
    if (value instanceof Html) return value.text;
    if (Array.isArray(value)) return value.map(insert).join('');
    return value === null || value === undefined || value === false ? '' : escapeHtml(String(value));
}

/** JSON that can stand in a script element: it can't end the element. */
export const scriptJson = (value: unknown): Html => new Html(JSON.stringify(value).replaceAll('<', '\\u003c'));
