import { credentialForms } from '../auth-modes.js';
import { button, h, text } from './elements.js';
import { enteredValue } from './entered-value.js';
import { labelOf, shortened } from './label-of.js';
import type { FieldGroup, Provider, Schema } from './page-types.js';

export interface Field {
    group: FieldGroup;
    name: string;
    label: string;
    schema: Schema;
    input: HTMLInputElement | HTMLSelectElement;
    row: HTMLElement;
    error: HTMLElement;
}

const known: Record<string, Schema> = {
    apiKey: { title: 'API key', secret: true },
    username: { title: 'Username' },
    password: { title: 'Password', secret: true },
    client_id: { title: 'Client ID' },
    client_secret: { title: 'Client secret', secret: true },
    client_certificate: { title: 'Client certificate', secret: true },
    client_private_key: { title: 'Client private key', secret: true },
    token_id: { title: 'Token ID' },
    token_secret: { title: 'Token secret', secret: true },
    organization_id: { title: 'Organization ID' },
    dev_key: { title: 'Developer key', secret: true },
    role_arn: { title: 'IAM role ARN' },
};
function makeField(group: FieldGroup, name: string, schema: Schema, value: string): Field {
    const id = `${group}-${name}`;
    const title = labelOf(name, schema);
    const hint = schema.description && h('p', { class: 'hint', id: `${id}-hint` }, schema.description);
    const error = h('p', { class: 'error', id: `${id}-error`, hidden: true });
    const described = `${schema.description ? `${id}-hint ` : ''}${id}-error`;
    const secret = schema.secret || /password|secret|key|token/i.test(name);
    let input: HTMLInputElement | HTMLSelectElement;
    let control: HTMLElement;
    if (schema.enum) {
        input = h('select', { id, name: id, 'aria-describedby': described }) as HTMLSelectElement;
        if (!schema.default_value) input.append(h('option', { value: '' }, 'Choose…'));
        for (const option of schema.enum) input.append(h('option', { value: option }, option));
        control = input;
    } else {
        const type = secret && group !== 'params' ? 'password' : 'text';
        const attributes = {
            id,
            name: id,
            type,
            placeholder: schema.example,
            autocomplete: 'off',
            autocapitalize: 'none',
            spellcheck: 'false',
        };
        input = h('input', { ...attributes, 'aria-describedby': described }) as HTMLInputElement;
        control = h(
            'div',
            { class: 'control' },
            schema.prefix && text('span', schema.prefix, 'fix'),
            input,
            schema.suffix && text('span', schema.suffix, 'fix'),
        );
        if (type === 'password') control.append(reveal(input, title));
    }
    input.value = value;
    if (!schema.optional) input.setAttribute('aria-required', 'true');
    const label = h('label', { for: id }, title, schema.optional && text('span', ' optional', 'muted small'));
    return { group, name, label: title, schema, input, error, row: h('div', { class: 'row' }, label, hint, control, error) };
}

function reveal(input: HTMLInputElement, title: string): HTMLElement {
    const toggle = button(
        'Show',
        () => {
            const hidden = input.type === 'password';
            input.type = hidden ? 'text' : 'password';
            toggle.textContent = hidden ? 'Hide' : 'Show';
            toggle.setAttribute('aria-label', `${toggle.textContent} ${title}`);
        },
        'reveal',
    );
    toggle.setAttribute('aria-label', `Show ${title}`);
    return toggle;
}

/** The fields of a form, from what the provider says about itself (contract 5.1). */
export function fieldsOf(provider: Provider, preset: Record<string, unknown>): Field[] {
    const wanted: [FieldGroup, string, Schema][] = [];
    for (const [name, schema] of Object.entries(provider.connection_config ?? {})) {
        if (!schema.automated && !(name in preset)) wanted.push(['params', name, schema]);
    }
    const form = credentialForms[provider.auth_mode];
    const certificate = provider.auth_mode === 'OAUTH2_CC' && provider.require_client_certificate;
    const fixed = certificate ? ['client_id', 'client_certificate', 'client_private_key'] : (form?.fields ?? []);
    const names = fixed[0] === '*' ? Object.keys(provider.credentials ?? {}) : fixed;
    for (const name of names) wanted.push(['credentials', name, { ...known[name], ...provider.credentials?.[name] }]);
    for (const [name, schema] of Object.entries(provider.assertion_option ?? {})) wanted.push(['assertionOption', name, schema]);
    return wanted
        .sort((a, b) => (a[2].order ?? 99) - (b[2].order ?? 99))
        .map(([group, name, schema]) => makeField(group, name, schema, schema.default_value ?? ''));
}

/** What is wrong with a value; empty when nothing is. */
export function problem({ schema, label }: Field, value: string): string {
    if (value === '') return schema.optional || schema.hidden ? '' : `${label} is required.`;
    const example = schema.example ? ` It looks like ${shortened(schema.example)}.` : '';
    try {
        if (schema.pattern && !new RegExp(schema.pattern).test(value)) return `${label} is not in the expected form.${example}`;
    } catch {
        // A pattern that this browser can't read checks nothing.
    }
    if (schema.format === 'uri' && !/^https?:\/\/\S+$/.test(value)) return `${label} must start with http:// or https://.`;
    if (schema.format === 'hostname' && /[/\s]/.test(value)) return `${label} must be a host name, without a path.`;
    return '';
}

export const typedValue = ({ input, schema }: Field): string => enteredValue(input.value, schema);
