/**
 * Whether the granted scopes cover `wanted`: by name, or by one that ends in `:*` and whose part up to the last colon is the beginning
 * of `wanted` (contract 2.4).
 */
export function hasScope(granted: readonly string[], wanted: string): boolean {
    return granted.some((scope) => scope === wanted || (scope.endsWith(':*') && wanted.startsWith(scope.slice(0, -1))));
}
