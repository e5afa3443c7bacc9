import { by, el } from './elements.js';

/** The logs that can be filtered, and how their filters are called in the address. */
const prefixes = { requests: '', deliveries: 'delivery_' } as const;
export type LogName = keyof typeof prefixes;
const step = 50;

/** The filters of both logs: read from the page's address, kept there, and asked for with every look at the state. */
export class Filters {
    #rows: Record<LogName, number> = { requests: step, deliveries: step };
    readonly #changed: () => void;

    constructor(changed: () => void) {
        this.#changed = changed;
        const given = new URLSearchParams(location.search);
        for (const name of Object.keys(prefixes) as LogName[]) {
            const form = this.#form(name);
            for (const field of this.#fields(name)) {
                const value = given.get(prefixes[name] + field.name) ?? '';
                if (field instanceof HTMLSelectElement) this.#offer(field, value);
                field.value = value;
            }
            form.addEventListener('submit', (event) => event.preventDefault());
            form.addEventListener('input', () => this.#update(name));
            form.addEventListener('reset', () => {
                // The address gave them values that a reset would bring back.
                for (const field of this.#fields(name)) field.value = '';
                queueMicrotask(() => {
                    for (const field of this.#fields(name)) field.value = '';
                    this.#update(name);
                    this.#fields(name)[0]?.focus();
                });
            });
            by(`${name}-more`).addEventListener('click', () => {
                this.#rows[name] += step * 2;
                this.#changed();
            });
            this.#showClear(name);
        }
    }

    /** What is asked of the emulator. */
    get query(): string {
        const query = this.#values();
        for (const [name, prefix] of Object.entries(prefixes)) query.set(`${prefix}rows`, String(this.#rows[name as LogName]));
        return query.toString();
    }

    active(name: LogName): boolean {
        return this.#fields(name).some(({ value }) => value !== '');
    }

    /** Show what is about one connection. */
    connection(id: string): void {
        for (const name of Object.keys(prefixes) as LogName[]) {
            for (const field of this.#fields(name)) field.value = field.name === 'connection' ? id : '';
            this.#update(name);
        }
    }

    /** Offers the statuses that were answered. */
    statuses(statuses: number[]): void {
        const select = this.#fields('requests')[0] as HTMLSelectElement;
        for (const status of statuses) this.#offer(select, String(status));
    }

    #offer(select: HTMLSelectElement, value: string): void {
        if ([...select.options].some((option) => option.value === value)) return;
        const option = el('option', '', value) as HTMLOptionElement;
        const exact = [...select.options].filter((other) => /^\d{3}$/.test(other.value));
        select.add(option, exact.find((other) => other.value > value) ?? null);
    }

    #form(name: LogName): HTMLFormElement {
        return by<HTMLFormElement>(`${name}-filters`);
    }

    #fields(name: LogName): (HTMLInputElement | HTMLSelectElement)[] {
        return [...this.#form(name).querySelectorAll<HTMLInputElement | HTMLSelectElement>('select, input')];
    }

    #values(): URLSearchParams {
        const query = new URLSearchParams();
        for (const name of Object.keys(prefixes) as LogName[]) {
            for (const field of this.#fields(name)) if (field.value !== '') query.set(prefixes[name] + field.name, field.value);
        }
        return query;
    }

    #update(name: LogName): void {
        this.#rows[name] = step;
        this.#showClear(name);
        const query = this.#values().toString();
        history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
        this.#changed();
    }

    #showClear(name: LogName): void {
        const clear = this.#form(name).querySelector<HTMLElement>('button');
        if (clear) clear.hidden = !this.active(name);
    }
}
