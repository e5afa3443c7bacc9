import type { BodySource } from '@x/core';
import type { FormField } from './form-fields.js';
import { isBlob } from './kinds.js';

/** A form as it goes over the wire, with the boundary that its `Content-Type` must name. */
export interface Multipart {
    readonly boundary: string;
    readonly source: BodySource;
}

/**
 * Writes a form as `multipart/form-data` (RFC 7578), a file at a time: files are read as they are sent, and again when the request has to be
 * repeated.
 */
export function multipart(fields: Iterable<FormField>): Multipart {
    const boundary = `nango-${crypto.randomUUID()}`;
    const parts: (Uint8Array | Blob)[] = [];
    const encoder = new TextEncoder();
    const write = (text: string) => void parts.push(encoder.encode(text));
    for (const [name, value] of fields) {
        const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name.replace(/\r\n?|\n/g, '\r\n'))}"`;
        if (isBlob(value)) {
            const file = quote((value as Partial<File>).name ?? 'blob');
            const type = value.type.replace(/[\r\n]/g, '') || 'application/octet-stream';
            write(`${disposition}; filename="${file}"\r\nContent-Type: ${type}\r\n\r\n`);
            parts.push(value);
            write('\r\n');
        } else {
            write(`${disposition}\r\n\r\n${value.replace(/\r\n?|\n/g, '\r\n')}\r\n`);
        }
    }
    write(`--${boundary}--\r\n`);
    const length = parts.reduce((sum, part) => sum + (isBlob(part) ? part.size : part.byteLength), 0);
    // The fields, without the files.
    const peek = () => parts.map((part) => (isBlob(part) ? '' : new TextDecoder().decode(part))).join('');
    return { boundary, source: { replayable: true, open: () => ({ body: read(parts), headers: {}, length }), peek } };
}

/** A field's name must not end its quotes or its line: escaped as browsers do. */
function quote(name: string): string {
    return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

function read(parts: readonly (Uint8Array | Blob)[]): ReadableStream<Uint8Array> {
    let next = 0;
    let file: ReadableStreamDefaultReader<Uint8Array> | undefined;
    return new ReadableStream<Uint8Array>(
        {
            async pull(stream) {
                while (true) {
                    if (file) {
                        const { done, value } = await file.read();
                        if (!done) return stream.enqueue(value);
                        file = undefined;
                    }
                    const part = parts[next++];
                    if (!part) return stream.close();
                    if (!isBlob(part)) return stream.enqueue(part);
                    file = (part.stream() as ReadableStream<Uint8Array>).getReader();
                }
            },
            cancel: (reason) => file?.cancel(reason),
        },
        { highWaterMark: 0 },
    );
}
