import { NangoConfigError } from '../errors/config-error.js';

/** @throws {NangoConfigError} */
export function checkTimeout(value: unknown, name: string): void {
    if (value === undefined || value === false) return;
    if (typeof value !== 'number' || !(value > 0))
        throw new NangoConfigError(`\`${name}\` must be a number of milliseconds above 0, or false for none`);
}
