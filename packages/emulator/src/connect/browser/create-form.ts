import { button, h, text } from './elements.js';
import { failureWords } from './failure-words.js';
import { type Field, fieldsOf, problem, typedValue } from './fields.js';
import type { Attempt, FieldGroup, Outcome, Provider } from './page-types.js';

export type FormValues = Record<FieldGroup, Record<string, string>>;

export interface FormOptions {
    /** What is connected, as the page calls it. */
    name: string;
    provider: Provider;
    /** Values of the connection's config that are decided already: they are not asked for. */
    preset: Record<string, unknown>;
    /** Where the person finds what is asked for. */
    docs: string | undefined;
    /** Whether the attempt goes on in a window. */
    popup: boolean;
    /** Called in the submit event itself, so that it may open a window. */
    submit(values: FormValues, outcome: Outcome): Attempt | undefined;
    succeeded: Outcome['done'];
    failed: Outcome['fail'];
    /** The person does not want to wait any longer. */
    cancelled(): void;
}

export interface ConnectForm {
    element: HTMLElement;
    /** Whether something would be lost with it: what was entered, or an attempt under way. */
    holds(): 'nothing' | 'values' | 'attempt';
    /** Gives up an attempt that is under way. */
    abandon(): void;
}

/** The form of one integration: checks what was entered, shows what is wrong, reports how it went. */
export function createForm(options: FormOptions): ConnectForm {
    const { provider, popup, docs, name } = options;
    const fields = fieldsOf(provider, options.preset);
    const untouched = fields.map(({ input }) => input.value);
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
            const wrong = visible(field) ? problem(field, typedValue(field)) : '';
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
            const value = visible(field) ? typedValue(field) : (field.schema.default_value ?? '');
            if (value !== '' || (field.group === 'credentials' && !field.schema.optional))
                values[field.group][field.name] = value;
        }
        return values;
    };

    const alert = h('p', { class: 'notice bad', role: 'alert', hidden: true });
    const status = h('div', { role: 'status' });
    const submit = h('button', { type: 'submit', class: 'button' }, 'Connect') as HTMLButtonElement;
    const reopen = button('Open the window again', () => attempt?.reopen(), 'button quiet');
    const cancel = button('Cancel', () => {
        abandon();
        submit.focus();
        options.cancelled();
    });
    cancel.className = 'button quiet';
    const choices = h('div', { class: 'stack', hidden: true }, reopen, cancel);
    const link = (href: string) =>
        h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, 'Where do I find these values?');
    const guide = docs && /^https?:\/\//.test(docs) && fields.some(visible) && h('p', { class: 'small' }, link(docs));
    const opens = popup && text('p', 'A window opens in which you allow the access.', 'muted small');
    const entered = h('fieldset', {}, ...fields.map(({ row }) => row), guide, opens) as HTMLFieldSetElement;
    entered.hidden = !guide && !opens && !fields.some(visible);
    const form = h('form', { novalidate: true }, alert, entered, status, choices, submit);

    let attempt: Attempt | undefined;
    let busy = false;
    /** Counts attempts: what one that was given up still brings is dropped. */
    let round = 0;
    const setBusy = (now: boolean, label: string) => {
        busy = now;
        entered.disabled = now;
        submit.textContent = label;
        submit.setAttribute('aria-disabled', String(now));
        const waits = now && popup;
        submit.hidden = waits;
        choices.hidden = !waits;
        if (opens) opens.hidden = waits;
        status.replaceChildren(...(now ? [popup ? waiting(name) : text('p', 'Connecting…', 'hide')] : []));
        if (waits) reopen.focus();
    };
    const abandon = () => {
        // What was posted can't be called back: its answer still counts.
        if (!busy || !popup) return;
        round++;
        attempt?.cancel();
        attempt = undefined;
        setBusy(false, 'Connect');
    };
    form.addEventListener('input', arrange);
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        if (busy) return;
        alert.hidden = true;
        if (!check()) return;
        const mine = ++round;
        const values = read();
        setBusy(true, 'Connecting…');
        attempt = options.submit(values, {
            done: (result) => {
                if (mine === round) options.succeeded(result);
            },
            fail: (type, message) => {
                if (mine !== round) return;
                const had = form.contains(document.activeElement) || document.activeElement === document.body;
                const { words, retry } = failureWords(type, message, name);
                setBusy(false, retry);
                alert.textContent = words;
                alert.hidden = false;
                if (had) submit.focus();
                options.failed(type, message);
            },
        });
    });
    return {
        element: form,
        holds: () =>
            busy && popup
                ? 'attempt'
                : fields.some(({ input }, index) => input.value !== untouched[index])
                  ? 'values'
                  : 'nothing',
        abandon,
    };
}

const waiting = (name: string): HTMLElement =>
    h(
        'div',
        { class: 'waiting' },
        h('span', { class: 'spinner', 'aria-hidden': 'true' }),
        h(
            'div',
            {},
            text('p', 'Waiting for the other window…', 'strong'),
            text('p', `Allow the access to ${name} there. This page goes on by itself.`, 'muted small'),
        ),
    );
