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
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    const [x, y] = [a.slice(same), b.slice(same)];
    if (x === y || edits === 0) return x === y;
    const [shorterX, shorterY] = [x.slice(1), y.slice(1)];
    return isNear(shorterX, shorterY, edits - 1) || isNear(shorterX, y, edits - 1) || isNear(x, shorterY, edits - 1);
}
