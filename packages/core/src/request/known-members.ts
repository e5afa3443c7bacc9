/** The members that an object of type `T` may have; the compiler asks for each. */
export type KnownMembers<T> = { readonly [Name in keyof Required<T>]: true };

/**
 * Looks for a member that nobody reads, such as a misspelled one. Of a plain object every own member counts that has a value; of a class
 * instance, and of what is inherited, only a name that is nearly a known one: it may well have others of its own.
 *
 * @param what the object, as the message calls it, e.g. "the client's options"
 * @param mayHaveOthers only near misses of a plain object count, too: it may keep things of its own
 * @returns what is wrong and the nearest known name, or undefined
 */
export function unknownMember(
    value: object,
    known: Readonly<Record<string, true>>,
    what: string,
    mayHaveOthers = !isPlain(value),
): string | undefined {
    const plain = isPlain(value);
    for (const name of plain ? Object.keys(value) : allNames(value)) {
        if (Object.hasOwn(known, name)) continue;
        if (plain && (value as Record<string, unknown>)[name] === undefined) continue;
        if (mayHaveOthers && nearest(name, known, false) === undefined) continue;
        const meant = nearest(name, known, true);
        const fix = meant === undefined ? `there are ${Object.keys(known).join(', ')}` : `did you mean \`${meant}\`?`;
        return `\`${name}\` is none of ${what}; ${fix}`;
    }
    return undefined;
}

/** The known members of an object, own or inherited, each read once. */
export function readMembers<T extends object>(value: T, known: KnownMembers<T>): T {
    const read: Record<string, unknown> = {};
    for (const name in known) {
        const member = value[name as keyof T];
        if (member !== undefined) read[name] = member;
    }
    return read as T;
}

function isPlain(value: object): boolean {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Own and inherited names, those of getters too, without methods. */
function allNames(value: object): Set<string> {
    const names = new Set<string>();
    for (let holder = value; !isRoot(holder); holder = Object.getPrototypeOf(holder)) {
        for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(holder)))
            if (typeof value !== 'function') names.add(name);
    }
    return names;
}

const isRoot = (holder: object | null) => holder === null || Object.getPrototypeOf(holder) === null;

/** @param loosely also takes a name that holds the other, as `endUserId` does `userId` */
function nearest(name: string, known: Readonly<Record<string, true>>, loosely: boolean): string | undefined {
    const folded = fold(name);
    let best: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate in known) {
        const other = fold(candidate);
        const allowed = other.length >= 6 ? 2 : other.length >= 4 ? 1 : 0;
        const near = distance(folded, other);
        const holds = loosely && other.length >= 4 && (folded.includes(other) || isPartOf(folded, other));
        if ((near <= allowed || holds) && near < least) [best, least] = [candidate, near];
    }
    return best;
}

/** The beginning of a name, or a long enough end: `integration`, `userId` of `endUserId`; `limit` of `rateLimit` means another thing. */
const isPartOf = (part: string, name: string) =>
    (part.length >= 4 && name.startsWith(part)) || (part.length >= 6 && name.endsWith(part));

const fold = (name: string) => name.replace(/[_-]/g, '').toLowerCase();

/** How many letters are added, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
    if (Math.abs(a.length - b.length) > 8) return Number.POSITIVE_INFINITY;
    let before: number[] = [];
    let above = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const changed = (above[column - 1] as number) + Number(a[row - 1] !== b[column - 1]);
            let cost = Math.min(changed, (above[column] as number) + 1, (current[column - 1] as number) + 1);
            if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
                cost = Math.min(cost, (before[column - 2] as number) + 1);
            current.push(cost);
        }
        before = above;
        above = current;
    }
    return above[b.length] as number;
}
