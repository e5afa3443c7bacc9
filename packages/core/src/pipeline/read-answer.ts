import { toCallError } from '../errors/to-call-error.js';
import { NangoResponseError, NangoTimeoutError } from '../errors/transport-errors.js';
import { unreadError } from '../errors/unread-error.js';
import { loadRedaction } from '../redaction/redactor.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { NangoResponse, ResponseType } from '../types/response.js';
import { type SizeLimit, TransportFailure, type TransportResponse } from '../types/transport.js';
import type { CallControl } from './call-control.js';

/** How much of an error's body is read: enough for any message, not enough to hurt. */
const errorBodyLimit = 1024 * 1024;

/** Reads an answer into what the call promised, or throws the error that the answer is. */
export async function readAnswer<T>(
    call: PreparedCall,
    control: CallControl,
    response: TransportResponse,
): Promise<NangoResponse<T>> {
    const { status, statusText, headers } = response;
    if (status < 200 || status >= 300) throw await errorOf(call, control, response);
    const { responseType, operation } = call;
    if (responseType !== undefined && responseType !== 'json')
        return { data: (await readAs(responseType, call, control, response)) as T, status, statusText, headers };
    const text = await response.text(sizeLimit(call, response));
    const data = operation.proxied ? parseLoosely(text) : parseStrictly(text, call, status);
    if (data === notJson) throw await notJsonError(call, response);
    return { data: data as T, status, statusText, headers };
}

async function errorOf(call: PreparedCall, control: CallControl, response: TransportResponse): Promise<unknown> {
    const { status, statusText, headers } = response;
    const text = call.method === 'HEAD' ? '' : await readErrorText(response, control);
    const raw = { status, statusText, headers, data: parseLoosely(text) };
    // What makes an error of an answer is loaded with the first one.
    const module = import('../errors/answer-error.js').catch((reason) => ({ answerError: undefined, reason }));
    const [loaded] = await Promise.all([module, loadRedaction()]);
    if (!loaded.answerError) return unreadError(call, raw, loaded.reason);
    return loaded.answerError(call, raw, asAsked(call, headers, text));
}

/**
 * The status says what to do, and it is there: a body that breaks off, can't be decompressed, or does not come within the attempt's time
 * (undici's never ends if it can't be decompressed and ends with its connection) takes nothing of it away.
 */
async function readErrorText(response: TransportResponse, control: CallControl): Promise<string> {
    try {
        return new TextDecoder().decode(await response.bytes({ most: errorBodyLimit }));
    } catch (failure) {
        if (failure instanceof TransportFailure || (NangoTimeoutError.isInstance(failure) && !control.cancelled)) return '';
        throw failure;
    }
}

function readAs(
    type: Exclude<ResponseType, 'json'>,
    call: PreparedCall,
    control: CallControl,
    response: TransportResponse,
): Promise<unknown> | unknown {
    switch (type) {
        case 'stream': {
            control.endAttempt();
            return response.stream({
                idleTimeout: call.timeout,
                timedOut: () => call.timedOut('attempt', call.timeout ?? 0, 'maybe-sent'),
                failed: (failure) => toCallError(failure, call, control),
                ended() {
                    control.release();
                    call.source?.discard?.();
                },
            });
        }
        case 'text':
            return response.text(sizeLimit(call, response));
        case 'arraybuffer':
            return response.bytes(sizeLimit(call, response));
        case 'blob': {
            const type = String(response.headers['content-type'] ?? '');
            return response
                .bytes(sizeLimit(call, response))
                .then((bytes) => new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
        }
    }
}

/** A few hundred compressed bytes may stand for gigabytes. */
function sizeLimit(call: PreparedCall, { status }: TransportResponse): SizeLimit {
    const most = call.maxResponseSize;
    return {
        most,
        exceeded: () =>
            new NangoResponseError(
                `${call.info.operation}: the server answered ${status} with more than ${most} bytes. Raise \`maxResponseSize\` if it may, or read it as a stream (\`responseType: 'stream'\`)`,
                { ...call.info, status, reason: 'too_large' },
            ),
    };
}

/** The body of a failure as the call asked for its bodies, as axios gives it; undefined for JSON, and for a stream, which is read here. */
function asAsked({ responseType, redactor }: PreparedCall, headers: TransportResponse['headers'], text: string): unknown {
    if (responseType === 'text') return redactor.text(text);
    if (responseType !== 'arraybuffer' && responseType !== 'blob') return undefined;
    const bytes = new TextEncoder().encode(redactor.text(text));
    if (responseType === 'blob') return new Blob([bytes], { type: String(headers['content-type'] ?? '') });
    const { Buffer } = globalThis as { Buffer?: { from(bytes: ArrayBufferLike): Uint8Array } };
    return Buffer ? Buffer.from(bytes.buffer) : bytes;
}

/** As axios does for a body of unknown kind: JSON where it parses, else the text. */
function parseLoosely(text: string): unknown {
    try {
        return JSON.parse(withoutMark(text));
    } catch {
        return text;
    }
}

/** In place of a value. */
const notJson = Symbol();

function parseStrictly(text: string, call: PreparedCall, status: number): unknown {
    const { mayBeEmpty, anyJson } = call.operation;
    if (text === '' && (status === 204 || mayBeEmpty)) return '';
    let value: unknown;
    try {
        value = JSON.parse(withoutMark(text));
    } catch {
        return notJson;
    }
    if ((typeof value === 'object' && value !== null) || anyJson) return value;
    throw wrongAnswer(call, status, `${value === null ? 'null' : `a ${typeof value}`} in place of an object`, 'wrong_type');
}

async function notJsonError(call: PreparedCall, { status, headers }: TransportResponse): Promise<NangoResponseError> {
    await loadRedaction();
    const type = call.redactor.text(String(headers['content-type'] ?? 'none')).slice(0, 200);
    return wrongAnswer(call, status, `a body that is not JSON (content type ${type})`, 'not_json');
}

function wrongAnswer(call: PreparedCall, status: number, what: string, reason: NangoResponseError['reason']): NangoResponseError {
    return new NangoResponseError(
        `${call.info.operation}: the server answered ${status} with ${what}. Is \`host\` the API and not the dashboard or a proxy's page?`,
        { ...call.info, status, reason },
    );
}

function withoutMark(text: string): string {
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
