import { requireId } from './require.js';

/**
 * A body with those of its ids that are whole numbers as their text. The caller's object stays as it is, and is the result where there is
 * no number; what else an id may be is for the server to say.
 *
 * @param ids where the ids are, e.g. `connection_id`, or `end_user.id`; one that holds a list is a list of ids
 * @throws {NangoInputError} for a number that is no id
 */
export function idsInBody<T extends object>(body: T, ids: readonly string[], operation: string): T {
    let changed = body as Record<string, unknown>;
    for (const place of ids) {
        const [member = '', inner] = place.split('.');
        const value = changed[member];
        const text = inner === undefined ? asText(value, place, operation) : inside(value, inner, place, operation);
        if (text !== value) changed = { ...changed, [member]: text };
    }
    return changed as T;
}

function inside(value: unknown, member: string, place: string, operation: string): unknown {
    const holder = value as Record<string, unknown> | null | undefined;
    const id = holder?.[member];
    return typeof id === 'number' ? { ...holder, [member]: requireId(id, place, operation) } : value;
}

function asText(value: unknown, place: string, operation: string): unknown {
    if (typeof value === 'number') return requireId(value, place, operation);
    const numbers = Array.isArray(value) && value.some((id) => typeof id === 'number');
    return numbers ? value.map((id) => asText(id, `${place}[]`, operation)) : value;
}
