import { formatNow } from './format-date.js';

/** A function that a template may call, such as `base64(…)`; arguments come already filled in. */
export type TemplateFunction = (...args: string[]) => string;

export interface TemplateScope {
    /** What dotted names such as `connectionConfig.subdomain` are looked up in. */
    values: Record<string, unknown>;
    functions?: Record<string, TemplateFunction>;
    /** One moment for the whole request: several headers of one signature must agree on it. */
    now?: Date;
}

/**
 * Fills `${name}`, `${name.path}`, `${now:FORMAT}` and `${function(arg, arg)}` in a provider's template.
 * A placeholder without a value stays as it is. `a || b` is the first alternative in which nothing stays.
 */
export function fillTemplate(template: string, scope: TemplateScope): string {
    const alternatives = template.split(' || ').map((alternative) => fill(alternative, scope));
    return (alternatives.find(({ complete }) => complete) ?? (alternatives.at(-1) as Filled)).text;
}

/** Whether filling left a placeholder behind. */
export function hasPlaceholder(text: string): boolean {
    return text.includes('${');
}

interface Filled {
    text: string;
    complete: boolean;
}

function fill(template: string, scope: TemplateScope): Filled {
    let text = '';
    let complete = true;
    let at = 0;
    for (;;) {
        const start = template.indexOf('${', at);
        const end = start < 0 ? -1 : closing(template, start + 2);
        if (end < 0) return { text: text + template.slice(at), complete };
        const value = evaluate(template.slice(start + 2, end), scope);
        complete &&= value !== undefined;
        text += template.slice(at, start) + (value ?? template.slice(start, end + 1));
        at = end + 1;
    }
}

/** The index of the brace that ends the placeholder whose inside begins at `from`. */
function closing(text: string, from: number): number {
    let depth = 1;
    for (let at = from; at < text.length; at++) {
        if (text.startsWith('${', at)) depth++;
        else if (text[at] === '}' && --depth === 0) return at;
    }
    return -1;
}

function evaluate(expression: string, scope: TemplateScope): string | undefined {
    const call = /^([A-Za-z0-9]+)\(([\s\S]*)\)$/.exec(expression);
    if (call) {
        const run = scope.functions?.[call[1] as string];
        const args = splitArguments(call[2] as string).map((part) => fill(part, scope));
        return run && args.every(({ complete }) => complete) ? run(...args.map(({ text }) => text)) : undefined;
    }
    const value = lookup(scope.values, expression);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return formatNow(expression, scope.now ?? new Date());
}

function lookup(values: unknown, path: string): unknown {
    return path.split('.').reduce<unknown>((value, key) => {
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
        return (value as Record<string, unknown>)[key];
    }, values);
}

/** Splits at the commas that are outside of nested placeholders, calls and quotes. */
function splitArguments(text: string): string[] {
    const parts: string[] = [];
    let depth = 0;
    let start = 0;
    for (let at = 0; at < text.length; at++) {
        if (text.startsWith('${', at) || text[at] === '(') depth++;
        else if (text[at] === '}' || text[at] === ')') depth--;
        else if (text[at] === ',' && depth === 0) {
            parts.push(text.slice(start, at));
            start = at + 1;
        }
    }
    parts.push(text.slice(start));
    return parts.map((part) => part.trim());
}
