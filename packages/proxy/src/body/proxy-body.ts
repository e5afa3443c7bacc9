import type { BodySource, NangoInputError } from '@x/core';
import { inputError, jsonBody, oneShotBody } from '@x/core/internal';
import { formFields } from './form-fields.js';
import {
    asBytes,
    type FormStream,
    isAsyncIterable,
    isBlob,
    isFormData,
    isFormStream,
    isNodeStream,
    isPromise,
    isSearchParams,
    isWebStream,
} from './kinds.js';
import { multipart } from './multipart.js';

/** A body on its way through the proxy. */
export interface ProxyBody {
    readonly source?: BodySource;
    /** How Nango reads the body. */
    readonly contentType: string | undefined;
    /**
     * What it is, for the provider. Without it, what is not JSON arrives as a form, and a form without its files unless
     * this is `multipart/form-data` to the letter.
     */
    readonly forwardedType: string | undefined;
}

const form = 'application/x-www-form-urlencoded';
const files = 'multipart/form-data';
const bytes = 'application/octet-stream';

/**
 * Makes a request's body of what the caller passes as `data`.
 *
 * @param type the caller's own `Content-Type`
 * @throws {NangoInputError} for what can't be sent
 */
export function proxyBody(data: unknown, type: string | undefined, operation: string): ProxyBody {
    if (data === undefined || data === null) return { contentType: undefined, forwardedType: type };
    if (typeof data === 'string') return typed(fixed(data), type ?? form, operation);
    if (typeof data !== 'object') {
        throw refuse(`\`data\` can't be a ${typeof data}: pass an object, an array, text, bytes, a form or a stream`, operation);
    }
    if (isSearchParams(data)) return typed(fixed(data.toString()), type ?? form, operation);
    if (isFormData(data)) return encoded(data.entries());
    if (isFormStream(data)) return streamedForm(data, operation);
    if (isBlob(data)) {
        const blob: BodySource = {
            replayable: true,
            open: () => ({ body: data.stream() as ReadableStream<Uint8Array>, headers: {}, length: data.size }),
        };
        return typed(blob, type ?? (data.type || bytes), operation);
    }
    const view = asBytes(data);
    if (view) return typed(fixed(view), type ?? bytes, operation);
    if (isWebStream(data) || isNodeStream(data)) return typed(oneShotBody(data, operation), type ?? bytes, operation);
    // JSON would make {} of both.
    if (isAsyncIterable(data)) {
        throw refuse(
            "`data` can't be an async iterable: make a stream of it, e.g. with Readable.from(data) of node:stream",
            operation,
        );
    }
    if (isPromise(data)) throw refuse("`data` can't be a promise: await it first", operation);
    return object(data, type, operation);
}

/** Plain objects and arrays: JSON, or a form if the caller's type says so, as with axios. */
function object(data: object, type: string | undefined, operation: string): ProxyBody {
    const kind = essence(type);
    if (kind === files) return encoded(formFields(data));
    if (kind === form) {
        const fields = formFields(data).map(([name, value]) => [name, String(value)]);
        return typed(fixed(new URLSearchParams(fields).toString()), type as string, operation);
    }
    return { source: jsonBody(data, operation), contentType: undefined, forwardedType: type };
}

function typed(source: BodySource, type: string, operation: string): ProxyBody {
    const kind = essence(type);
    if (kind === files) {
        if (!/;\s*boundary=/i.test(type)) throw refuse('a multipart body without its boundary; pass a FormData', operation);
        return { source, contentType: type, forwardedType: files };
    }
    // The server reads JSON only under its plain name (contract 1).
    return { source, contentType: kind.endsWith('+json') ? 'application/json' : type, forwardedType: type };
}

function encoded(fields: Iterable<readonly [string, string | Blob]>): ProxyBody {
    const { boundary, source } = multipart(fields);
    return { source, contentType: `${files}; boundary=${boundary}`, forwardedType: files };
}

function streamedForm(data: FormStream, operation: string): ProxyBody {
    const own = Object.entries(data.getHeaders()).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    if (own === undefined) throw refuse("the form's getHeaders() names no Content-Type", operation);
    const length = data.hasKnownLength?.() ? data.getLengthSync?.() : undefined;
    return typed({ ...oneShotBody(data, operation, length), peek: () => fieldsOf(data) }, own, operation);
}

/** The fields of a form that is a stream, where it shows them: the `form-data` package does, unless there are files among them. */
function fieldsOf(data: FormStream): string | Uint8Array {
    try {
        return data.getBuffer?.() ?? '';
    } catch {
        return '';
    }
}

function fixed(body: string | Uint8Array): BodySource {
    const opened = { body, headers: {} };
    return { replayable: true, open: () => opened, peek: () => body };
}

/** What a write without `data` carries: the server would label an empty body as a form. */
export function emptyBody(type: string | undefined, operation: string): ProxyBody {
    const kind = essence(type);
    return kind === '' || kind === 'application/json'
        ? object({}, type, operation)
        : { contentType: undefined, forwardedType: type };
}

function essence(type: string | undefined): string {
    return type?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function refuse(message: string, operation: string): NangoInputError {
    return inputError(operation, 'data', message);
}
