import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant: the same in another spelling, or a few letters from it. */
export function nearest(name: string, known: readonly string[]): string | undefined {
    const folded = fold(name);
    let best: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of known) {
        const other = fold(candidate);
        const edits = sorted(folded) === sorted(other) ? Math.min(1, distance(folded, other)) : distance(folded, other);
        const near = edits <= Math.min(3, Math.floor(Math.max(folded.length, other.length) / 3));
        const holds = Math.min(folded.length, other.length) >= 4 && (other.startsWith(folded) || folded.startsWith(other));
        if ((near || holds) && edits < least) [best, least] = [candidate, edits];
    }
    return best;
}

/** What follows the name of something unknown: `; did you mean port?`, or all that there is. */
export function suggestion(name: string, known: readonly string[]): string {
    const meant = nearest(name, known);
    if (meant !== undefined) return `; did you mean ${meant}?`;
    return known.length === 0 || known.length > 40 ? '' : `; there are ${known.join(', ')}`;
}

const fold = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase();
/** Letters that changed places. */
const sorted = (name: string) => [...name].sort().join('');
