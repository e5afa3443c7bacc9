import { utf8 } from '../raw-body.js';
import { tooLarge } from './receiver.js';

/** Puts the chunks of a body together, up to a limit. */
export class BodyCollector {
    readonly #chunks: Uint8Array[] = [];
    #size = 0;

    readonly #limit: number;

    /** @param limit Bytes. */
    constructor(limit: number) {
        this.#limit = limit;
    }

    /** @throws {NangoWebhookError} When the body gets longer than the limit. */
    add(chunk: Uint8Array | string): void {
        const bytes = typeof chunk === 'string' ? utf8(chunk) : chunk;
        this.#size += bytes.byteLength;
        if (this.#size > this.#limit) throw tooLarge();
        this.#chunks.push(bytes);
    }

    bytes(): Uint8Array {
        const all = new Uint8Array(this.#size);
        let offset = 0;
        for (const chunk of this.#chunks) {
            all.set(chunk, offset);
            offset += chunk.byteLength;
        }
        return all;
    }
}
