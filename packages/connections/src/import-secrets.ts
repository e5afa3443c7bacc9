import { NangoInputError } from '@x/core';

/** Every text among the credentials, so that no error repeats one. */
export function secretsOf(credentials: unknown): string[] {
    if (typeof credentials !== 'object' || credentials === null) {
        throw new NangoInputError("importConnection: `credentials` must be an object, e.g. { type: 'NONE' }", {
            operation: 'importConnection',
            parameter: 'credentials',
        });
    }
    return Object.entries(credentials).flatMap(([name, value]) =>
        name === 'type' ? [] : typeof value === 'string' ? [value] : value && !(value instanceof Date) ? secretsOf(value) : [],
    );
}
