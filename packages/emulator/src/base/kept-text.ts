/** How much of a body the log keeps, in characters. */
export const longestKept = 10_000;

/** A body as the log keeps it. */
export interface KeptText {
    readonly text: string;
    /** Of the whole body: characters, or bytes where it came as bytes. */
    readonly length: number;
}

type Body = string | Uint8Array;

/** Not a WeakMap: what is in one lives on until the next full garbage collection, and bodies can be long. */
const said = Symbol('said');

type Saying = { [said]?: Body };

/** Remember what a request or an answer said, for the log. Bodies that pass by as streams are never kept: nothing waits for the log. */
export function keepText<Message extends Request | Response>(message: Message, body: Body): Message {
    (message as Saying)[said] = body;
    return message;
}

/** What the log may keep of a message. */
export const bodyOf = (message: Request | Response): Body | null => (message as Saying)[said] ?? null;

const textOf = ({ buffer, byteOffset }: Uint8Array, length: number) =>
    Buffer.from(buffer, byteOffset, length).toString().slice(0, longestKept);

/**
 * Copies the beginnings of bodies, for a slice would hold on to the whole, however long. What was given back is used again: new memory for
 * each copy takes a fifth of all that is done for an answer of 60 kB.
 */
export class TextKeeper {
    #spare: Buffer[] = [];

    keep(body: Body): KeptText {
        const { length } = body;
        if (length <= longestKept) return { text: typeof body === 'string' ? body : textOf(body, length), length };
        const beginning = typeof body === 'string' ? body.slice(0, longestKept) : body.subarray(0, 2 * longestKept);
        const size = typeof beginning === 'string' ? Buffer.byteLength(beginning) : beginning.length;
        let copy = this.#spare.pop();
        if (!copy || copy.length < size) copy = Buffer.allocUnsafeSlow(size);
        if (typeof beginning === 'string') copy.write(beginning);
        else copy.set(beginning);
        return new CopiedText(copy, size, length);
    }

    /** A text that nobody looks at any more. */
    giveBack(kept: KeptText | null): void {
        if (kept instanceof CopiedText) this.#spare.push(kept.copy);
    }
}

class CopiedText implements KeptText {
    constructor(
        readonly copy: Buffer,
        readonly size: number,
        readonly length: number,
    ) {}

    get text(): string {
        return textOf(this.copy, this.size);
    }
}
