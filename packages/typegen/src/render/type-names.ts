/** A type's name for each integration id, in the order of the ids: `google-drive` is `GoogleDrive`; a second one of that name, `GoogleDrive2`. */
export function typeNames(ids: readonly string[]): Map<string, string> {
    const taken = new Set(['NangoTypes']);
    const names = new Map<string, string>();
    for (const id of ids) {
        const base = pascalCase(id);
        let name = base;
        for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
        taken.add(name);
        names.set(id, name);
    }
    return names;
}

function pascalCase(id: string): string {
    const joined = (id.match(/[A-Za-z0-9]+/g) ?? []).map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
    // `Record` and the like are names that the file itself uses.
    return /^[A-Z]/.test(joined) && joined !== 'Record' ? joined : `Integration${joined}`;
}
