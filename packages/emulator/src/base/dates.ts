/** ISO with a `+00:00` offset, as the database renders dates (contract 8.1). */
export const offsetDate = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

/** ISO ending in `Z`. */
export const zuluDate = (ms: number): string => new Date(ms).toISOString();

/** ISO with microseconds and an offset, as records carry it (contract 10.1). */
export function microDate(micros: number): string {
    if (micros !== last.micros) {
        const ms = Math.floor(micros / 1000);
        const rest = String(micros - ms * 1000).padStart(3, '0');
        last = { micros, text: `${new Date(ms).toISOString().slice(0, -1)}${rest}+00:00` };
    }
    return last.text;
}

/** Records that were saved together have one date, and each shows it three times. */
let last = { micros: Number.NaN, text: '' };
