/** `3 providers: github, hubspot, slack`. */
export function count(what: string, names: readonly string[]): string {
    const shown = names.slice(0, 3).join(', ');
    return `${names.length} ${what}${names.length === 1 ? '' : 's'}${shown && `: ${shown}`}${names.length > 3 ? ', …' : ''}`;
}

/** Enough of a token to see that there is one. */
export function masked(secret: string): string {
    return `${secret.slice(0, 6)}… (${secret.length} characters)`;
}

/** `{ team: blue, tier: gold }`. */
export function fields(object: object): string {
    return `{ ${Object.entries(object)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ')} }`;
}
