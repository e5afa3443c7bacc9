/** Marks every error of these packages, whichever copy of the package made it. */
const brand = Symbol.for('nango.error');

/**
 * Base of all errors that these packages throw. `instanceof` and {@link NangoError.isInstance} work across copies of the
 * package (an ESM and a CJS one, or two versions), because they read a brand instead of comparing classes.
 *
 * No error holds a key, a token or a request: it is safe to log as it is.
 */
export class NangoError extends Error {
    /** The name that marks instances of this class; each class has its own. */
    protected static readonly kind: string = 'NangoError';

    /** @param message more than 2,000 bytes of it are cut off */
    constructor(message: string, options?: { cause?: unknown }) {
        super(bounded(message), options);
        const kinds: string[] = [];
        for (let type: unknown = new.target; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
            if (Object.hasOwn(type, 'kind')) kinds.push((type as typeof NangoError).kind);
        }
        hide(this, 'name', new.target.kind);
        hide(this, brand, kinds);
    }

    /** What a log line keeps of it: name, message, its own fields, and no stack. `JSON.stringify` calls it. */
    toJSON(): Record<string, unknown> {
        const { name, message } = this;
        return Object.assign({ name, message } as Record<string, unknown>, this);
    }

    /** Whether a value is an error of this class (or of one derived from it), from any copy of the package. */
    static isInstance<T extends NangoError>(this: abstract new (...args: never[]) => T, value: unknown): value is T {
        return isOfKind(this, value);
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
        return isOfKind(this, value);
    }
}

function isOfKind(type: Function, value: unknown): boolean {
    // A class that a user derives has no kind of its own: only the ordinary check distinguishes it from its parent.
    if (!Object.hasOwn(type, 'kind')) return Function.prototype[Symbol.hasInstance].call(type, value);
    if (typeof value !== 'object' || value === null || !(brand in value)) return false;
    const kind = (type as unknown as { kind: string }).kind;
    const kinds = (value as Record<symbol, unknown>)[brand];
    return kind === 'NangoError' || (Array.isArray(kinds) && kinds.includes(kind));
}

/** Sets a property that neither `JSON.stringify` nor `console.log` shows. */
export function hide(target: object, name: string | symbol, value: unknown): void {
    Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}

const longestMessage = 2_000;

/** A message that a log line can hold. What was cut off is in `response` or in the error's fields. */
function bounded(message: string): string {
    // Three bytes at most for each unit of UTF-16.
    if (typeof message !== 'string' || message.length * 3 <= longestMessage) return message;
    const { read } = new TextEncoder().encodeInto(message, new Uint8Array(longestMessage - 3));
    return read >= message.length ? message : `${message.slice(0, read)}…`;
}
