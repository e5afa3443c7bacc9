import { isBlob } from './kinds.js';

/** Fields of a form, in order. */
export type FormField = readonly [name: string, value: string | Blob];

/**
 * The fields of an object that is to be sent as a form, named as axios names them: `a`, `list[]`, `object[member]`, and `list[0][member]`
 * where a list holds objects. `null` and `undefined` are left out.
 */
export function formFields(data: object): FormField[] {
    const fields: FormField[] = [];
    const add = (name: string, value: unknown): void => {
        if (value === null || value === undefined) return;
        if (isBlob(value)) fields.push([name, value]);
        else if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]')
            fields.push([name, (value as Date).toISOString()]);
        else if (Array.isArray(value)) {
            const flat = value.every((item) => typeof item !== 'object' || item === null || isBlob(item));
            for (const [index, item] of value.entries()) add(flat ? `${name}[]` : `${name}[${index}]`, item);
        } else if (typeof value === 'object') {
            for (const [member, inner] of Object.entries(value)) add(name === '' ? member : `${name}[${member}]`, inner);
        } else fields.push([name, String(value)]);
    };
    add('', data);
    return fields;
}
