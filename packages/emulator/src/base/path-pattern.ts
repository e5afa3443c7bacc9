/** A path in which `*` stands for anything; a slash at the end makes no difference. */
export function pathExpression(pattern: string): RegExp {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}/?$`);
}
