import { tooLarge } from './receiver.js';

/**
 * Puts the chunks of a body together, up to a limit.
 *
 * @param limit Bytes. `add` throws a {@link NangoWebhookError} when the body gets longer.
 */
export function bodyCollector(limit: number) {
    const chunks: Uint8Array[] = [];
    let size = 0;
    return {
        add(chunk: Uint8Array): void {
            size += chunk.byteLength;
            if (size > limit) throw tooLarge();
            chunks.push(chunk);
        },
        bytes(): Uint8Array {
            const all = new Uint8Array(size);
            let offset = 0;
            for (const chunk of chunks) {
                all.set(chunk, offset);
                offset += chunk.byteLength;
            }
            return all;
        },
    };
}
