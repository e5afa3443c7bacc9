import { runInNewContext } from 'node:vm';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseWebhook, type SignedWebhook, signWebhook, verifyIncomingWebhookRequest } from '../src/index.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';
const text = '{"type":"forward","from":"github","connectionId":"c","providerConfigKey":"p","payload":"ü"}';
const fromText = signWebhook(text, { signingKey });

/** The bytes of the text with others around them, as they are when a buffer comes from a pool. */
function inTheMiddle(): Uint8Array<ArrayBuffer> {
    const bytes = new TextEncoder().encode(text);
    const larger = new Uint8Array(bytes.length + 16).fill(7);
    larger.set(bytes, 8);
    return larger.subarray(8, 8 + bytes.length);
}
const { buffer, byteOffset, byteLength } = inTheMiddle();

describe('signWebhook', () => {
    it.each([
        ['a Buffer', Buffer.from(text)],
        ['a Uint8Array', new TextEncoder().encode(text)],
        ['a part of a buffer', inTheMiddle()],
        ['an Int8Array', new Int8Array(buffer, byteOffset, byteLength)],
        ['a Uint16Array', new Uint16Array(buffer, byteOffset, byteLength / 2)],
        ['a DataView', new DataView(buffer, byteOffset, byteLength)],
        ['an ArrayBuffer', inTheMiddle().slice().buffer],
        ['an ArrayBuffer of another realm', otherRealm()],
    ])('signs the bytes of %s, and gives the body back as it was passed', (_name, body) => {
        expect(byteLength % 2).toBe(0);
        const signed = signWebhook(body, { signingKey });
        expect(signed.headers).toEqual(fromText.headers);
        expect(signed.body).toBe(body);
    });

    it('gives a body that fetch sends byte for byte', async () => {
        for (const body of [inTheMiddle(), inTheMiddle().slice().buffer, new DataView(buffer, byteOffset, byteLength)]) {
            const request = new Request('http://localhost/', { method: 'POST', ...signWebhook(body, { signingKey }) });
            const received = await request.arrayBuffer();
            expect(new TextDecoder().decode(received)).toBe(text);
            expect(verifyIncomingWebhookRequest(received, request.headers, { signingKey })).toBe(true);
        }
    });

    it('writes what JSON can hold with sorted keys', () => {
        const made = (body: unknown) => signWebhook(body, { signingKey }).body;
        expect(made({ type: 'auth', b: 1, a: 'ü' })).toBe('{"a":"ü","b":1,"type":"auth"}');
        expect(made(Object.assign(Object.create(null), { b: [2, null], a: true }))).toBe('{"a":true,"b":[2,null]}');
        expect([made([1]), made(null), made(false), made(0)]).toEqual(['[1]', 'null', 'false', '0']);
        expect(made({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
        expect(made({ b: undefined, a: [undefined, () => 1, 2], c: () => 1 })).toBe('{"a":[null,null,2]}');
    });

    it.each([
        ['nothing', undefined, 'Undefined'],
        ['a promise', Promise.resolve(text), 'Promise'],
        ['a stream', new ReadableStream(), 'ReadableStream'],
        ['a Blob', new Blob([text]), 'Blob'],
        ['a form', new FormData(), 'FormData'],
        ['a Request', new Request('http://localhost/'), 'Request'],
        ['a Map', new Map([['type', 'auth']]), 'Map'],
        ['an iterator', [text].values(), 'Array Iterator'],
        ['what calls itself otherwise', { [Symbol.toStringTag]: 'BodyObject' }, 'BodyObject'],
        ['shared memory', new SharedArrayBuffer(2), 'SharedArrayBuffer'],
        ['a function', () => text, 'Function'],
        ['a symbol', Symbol('body'), 'Symbol'],
        ['a bigint', 1n, 'BigInt'],
        ['a bigint inside', { size: 1n }, 'Object'],
        ['a cycle', cycle(), 'Object'],
        ['bytes that went elsewhere', detached(), 'ArrayBuffer'],
        ['a view of bytes that went elsewhere', detached(true), 'Uint8Array'],
    ])('refuses %s, and says what it can sign', (_name, body, kind) => {
        expect(() => signWebhook(body, { signingKey })).toThrow(
            new TypeError(`signWebhook can't sign this ${kind}: pass text, bytes or what JSON can hold`),
        );
    });

    it('refuses to sign without a key', () => {
        expect(() => signWebhook(text, { signingKey: '' })).toThrow(new TypeError('signWebhook needs a signingKey'));
    });

    it('keeps the type of bytes; everything else becomes text', () => {
        expectTypeOf(signWebhook(Buffer.from(text), { signingKey })).toEqualTypeOf<SignedWebhook<Buffer<ArrayBuffer>>>();
        expectTypeOf(signWebhook(new ArrayBuffer(1), { signingKey })).toEqualTypeOf<SignedWebhook<ArrayBuffer>>();
        expectTypeOf(signWebhook(text, { signingKey })).toEqualTypeOf<SignedWebhook>();
        expectTypeOf(signWebhook({ type: 'auth' }, { signingKey }).body).toEqualTypeOf<string>();
    });

    it('makes what parseWebhook reads', () => {
        const signed = signWebhook(inTheMiddle().slice().buffer, { signingKey });
        expect(parseWebhook(signed.body, signed.headers, { signingKey })).toMatchObject({ type: 'forward', payload: 'ü' });
    });
});

function otherRealm(): ArrayBuffer {
    const made: ArrayBuffer = runInNewContext('new ArrayBuffer(size)', { size: byteLength });
    new Uint8Array(made).set(inTheMiddle());
    return made;
}

function cycle(): object {
    const made: Record<string, unknown> = {};
    made.self = made;
    return made;
}

function detached(view = false): ArrayBuffer | Uint8Array {
    const bytes = new Uint8Array(2);
    const { buffer } = bytes;
    structuredClone(buffer, { transfer: [buffer] });
    return view ? bytes : buffer;
}
