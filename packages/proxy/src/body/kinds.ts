/**
 * What a body is, recognised by its shape and not by `instanceof`: in jest, and between two copies of a polyfill, the classes differ.
 */

import type { ReadableLike } from '@x/core';

const tag = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
const has = (value: unknown, ...methods: string[]): boolean =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');

/** The bytes of any view or buffer, not copied. */
export function asBytes(value: unknown): Uint8Array | undefined {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const name = tag(value);
    return name === 'ArrayBuffer' || name === 'SharedArrayBuffer' ? new Uint8Array(value as ArrayBuffer) : undefined;
}

export function isSearchParams(value: unknown): value is URLSearchParams {
    return tag(value) === 'URLSearchParams';
}

/** A `Blob` or a `File`. */
export function isBlob(value: unknown): value is Blob {
    return has(value, 'stream', 'arrayBuffer', 'slice') && typeof (value as Blob).size === 'number';
}

/** The platform's `FormData`. */
export function isFormData(value: unknown): value is FormData {
    return has(value, 'append', 'getAll', 'entries') && !isSearchParams(value);
}

/** The form of the npm package `form-data`: a stream that knows its boundary. */
export interface FormStream extends ReadableLike {
    getHeaders(): Record<string, string>;
    getBuffer?(): Uint8Array;
    hasKnownLength?(): boolean;
    getLengthSync?(): number;
}

export function isFormStream(value: unknown): value is FormStream {
    return has(value, 'pipe', 'getHeaders');
}

export function isWebStream(value: unknown): value is ReadableStream<Uint8Array> {
    return has(value, 'getReader');
}

export function isNodeStream(value: unknown): value is ReadableLike {
    return has(value, 'pipe', 'on');
}

/** E.g. what an async generator gives. */
export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
    return typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function';
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
    return has(value, 'then');
}
