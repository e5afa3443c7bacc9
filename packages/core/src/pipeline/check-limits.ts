import { NangoConfigError } from '../errors/config-error.js';

/** @throws {NangoConfigError} */
export function checkTimeout(value: unknown, name: string): void {
    if (value === undefined || value === false) return;
    if (typeof value !== 'number' || !(value > 0))
        throw new NangoConfigError(`\`${name}\` must be a number of milliseconds above 0, or false for none`);
}

/** @throws {NangoConfigError} */
export function checkSize(value: unknown): void {
    if (value === undefined || (typeof value === 'number' && value > 0)) return;
    throw new NangoConfigError('`maxResponseSize` must be a number of bytes above 0, or Infinity for any');
}
