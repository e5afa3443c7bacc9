/** What follows "there is no …" in a message: the known name that was probably meant, else all of them. */
export function suggestion(name: string, known: readonly string[]): string {
    const meant = known.reduce((best, one) => (likeness(name, one) > likeness(name, best) ? one : best));
    return likeness(name, meant) < 0.5 ? `, only ${known.join(', ')}` : `: did you mean ${meant}?`;
}

/** How many of the pairs of letters of two names are in both (Sørensen and Dice): 0 to 1. */
function likeness(a: string, b: string): number {
    const [pairs, others] = [pairsOf(a), pairsOf(b)];
    return (2 * [...pairs].filter((pair) => others.has(pair)).length) / (pairs.size + others.size);
}

/** The last letter stands alone. */
function pairsOf(name: string): Set<string> {
    const folded = name.replace(/[-_\s]/g, '').toLowerCase();
    return new Set(Array.from(folded, (_, i) => folded.slice(i, i + 2)));
}
