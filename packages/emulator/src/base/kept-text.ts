/** How much of a body the log keeps, in characters. */
export const longestKept = 10_000;

/** A body as the log keeps it. */
export interface KeptText {
    text: string;
    /** Of the whole body: characters, or bytes where it came as bytes. */
    length: number;
}

const texts = new WeakMap<Request | Response, KeptText>();

/** Remember what a request or an answer said, for the log. Bodies that pass by as streams are never kept: nothing waits for the log. */
export function keepText<Message extends Request | Response>(message: Message, body: string | Uint8Array): Message {
    const { length } = body;
    // A slice would hold on to the whole, however long.
    const whole = typeof body === 'string' ? (length > longestKept ? Buffer.from(body.slice(0, longestKept)) : body) : body;
    const text =
        typeof whole === 'string'
            ? whole
            : Buffer.from(whole.subarray(0, longestKept * 2))
                  .toString()
                  .slice(0, longestKept);
    texts.set(message, { text, length });
    return message;
}

export const keptText = (message: Request | Response): KeptText | null => texts.get(message) ?? null;
