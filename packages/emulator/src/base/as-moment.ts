/** A moment in ms since the epoch, from what developers write one as; undefined when it is none (`null` and booleans are dates to JavaScript). */
export function asMoment(given: unknown): number | undefined {
    if (!(given instanceof Date || typeof given === 'number' || (typeof given === 'string' && given !== ''))) return undefined;
    const time = new Date(given).getTime();
    return Number.isNaN(time) ? undefined : time;
}
