import { h, text } from './elements.js';
import { enteredValue, type Field, fieldsOf, problem } from './fields.js';
import type { FieldGroup, Outcome, Provider } from './page-types.js';

export type FormValues = Record<FieldGroup, Record<string, string>>;

export interface FormOptions {
    provider: Provider;
    /** Values of the connection's config that are decided already: they are not asked for. */
    preset: Record<string, unknown>;
    /** Where the person finds what is asked for. */
    docs: string | undefined;
    /** Whether the attempt goes on in a window. */
    popup: boolean;
    /** Called in the submit event itself, so that it may open a window. */
    submit(values: FormValues, outcome: Outcome): void;
    succeeded: Outcome['done'];
    failed: Outcome['fail'];
}

/** The form of one integration: checks what was entered, shows what is wrong, reports how it went. */
export function createForm(options: FormOptions): HTMLElement {
    const { provider, popup, docs } = options;
    const fields = fieldsOf(provider, options.preset);
    const visible = (field: Field) => {
        const { hidden, visible_when: when } = field.schema;
        const other = when && fields.find(({ group, name }) => group === field.group && name === when.field);
        return !hidden && (!other || other.input.value === when?.equals);
    };
    const arrange = () => {
        for (const field of fields) field.row.hidden = !visible(field);
    };
    arrange();

    /** Marks every wrong field and moves to the first; false when there is one. */
    const check = (): boolean => {
        let first: Field | undefined;
        for (const field of fields) {
            const wrong = visible(field) ? problem(field, enteredValue(field)) : '';
            field.error.textContent = wrong;
            field.error.hidden = wrong === '';
            field.input.setAttribute('aria-invalid', String(wrong !== ''));
            if (wrong && !first) first = field;
        }
        first?.input.focus();
        return first === undefined;
    };
    const read = (): FormValues => {
        const values: FormValues = { credentials: {}, params: {}, assertionOption: {} };
        for (const field of fields) {
            const value = visible(field) ? enteredValue(field) : (field.schema.default_value ?? '');
            if (value !== '' || (field.group === 'credentials' && !field.schema.optional))
                values[field.group][field.name] = value;
        }
        return values;
    };

    const alert = h('p', { class: 'notice bad', role: 'alert', hidden: true });
    const button = h('button', { type: 'submit', class: 'button' }, 'Connect');
    const link = (href: string) =>
        h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, 'Where do I find these values?');
    const guide = docs && /^https?:\/\//.test(docs) && fields.some(visible) && h('p', { class: 'small' }, link(docs));
    const opens = popup && text('p', 'A window opens in which you allow the access.', 'muted small');
    const form = h('form', { novalidate: true }, alert, ...fields.map(({ row }) => row), guide, opens, button);
    form.addEventListener('input', arrange);
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        if (button.getAttribute('aria-disabled') === 'true') return;
        alert.hidden = true;
        if (!check()) return;
        button.setAttribute('aria-disabled', 'true');
        button.textContent = popup ? 'Waiting for the other window…' : 'Connecting…';
        options.submit(read(), {
            done: options.succeeded,
            fail: (type, message) => {
                button.setAttribute('aria-disabled', 'false');
                button.textContent = 'Try again';
                alert.textContent = message;
                alert.hidden = false;
                options.failed(type, message);
            },
        });
    });
    return form;
}
