/** What follows "there is no …" in a message: the known name that was probably meant, else all of them. */
export function suggestion(name: string, known: readonly string[]): string {
    const folded = fold(name);
    const candidates = known.map((one) => [one, fold(one)] as const);
    for (let edits = 0; edits <= Math.min(3, folded.length / 3); edits++) {
        const meant = candidates.find(([, other]) => isNear(folded, other, edits));
        if (meant) return `: did you mean ${meant[0]}?`;
    }
    const related = candidates.find(([, other]) => folded.includes(other) || (folded.length > 3 && other.includes(folded)));
    return related ? `: did you mean ${related[0]}?` : `, only ${known.join(', ')}`;
}

const fold = (name: string) => name.replace(/[-_\s]/g, '').toLowerCase();

/** Whether at most so many letters are added, left out or changed. */
function isNear(a: string, b: string, edits: number): boolean {
    if (a === b) return true;
    const [shorterA, shorterB] = [a.slice(1), b.slice(1)];
    if (a[0] === b[0]) return isNear(shorterA, shorterB, edits);
    return (
        edits > 0 &&
        (isNear(shorterA, shorterB, edits - 1) || isNear(shorterA, b, edits - 1) || isNear(a, shorterB, edits - 1))
    );
}
