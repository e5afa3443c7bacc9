import { argumentError } from '../errors/input-error.js';
import { requireId } from './require.js';

const compiled = new Map<string, readonly string[]>();

/**
 * Fills an operation's path template. Every value is encoded so that the server decodes exactly that value; one that no
 * URL can carry as a single segment is refused before anything is sent.
 *
 * @param template e.g. `/connections/{connectionId}`
 * @throws {NangoInputError} when a value is no id, is `.` or `..`, or is not well-formed Unicode
 */
export function buildPath(template: string, values: Readonly<Record<string, unknown>> | undefined, operation: string): string {
    // Odd entries are parameter names: 'a/{b}/c' splits into ['a/', 'b', '/c'].
    let parts = compiled.get(template);
    if (!parts) {
        parts = template.split(/[{}]/);
        // A caller of `rawRequest` who writes ids into templates must not fill the memory.
        if (compiled.size < 1_000) compiled.set(template, parts);
    }
    let path = parts[0] as string;
    for (let i = 1; i < parts.length; i += 2) {
        const name = parts[i] as string;
        path += encodeSegment(values?.[name], name, operation) + parts[i + 1];
    }
    return path;
}

/** Encodes one value as one path segment; see {@link buildPath}. */
export function encodeSegment(value: unknown, name: string, operation: string): string {
    const id = requireId(value, name, operation);
    // URL parsers fold these two away even when percent-encoded, so the request would reach another resource.
    if (id === '.' || id === '..') {
        throw argumentError(operation, name, `can't be '${id}': no URL can carry it as a path segment`);
    }
    return encodeWellFormed(id, name, operation);
}

/** `encodeURIComponent` that names the parameter when the text holds half a surrogate pair. */
export function encodeWellFormed(value: string, name: string, operation: string): string {
    try {
        return encodeURIComponent(value);
    } catch {
        throw argumentError(operation, name, 'is not well-formed Unicode (it holds half of a surrogate pair)');
    }
}
