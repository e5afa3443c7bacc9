import { utf8 } from '../raw-body.js';
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
        add(chunk: Uint8Array | string): void {
            const bytes = typeof chunk === 'string' ? utf8(chunk) : chunk;
            size += bytes.byteLength;
            if (size > limit) throw tooLarge();
            chunks.push(bytes);
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
