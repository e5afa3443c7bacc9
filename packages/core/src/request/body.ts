import { inputError, NangoInputError } from '../errors/input-error.js';
import type { BodySource } from '../types/body-source.js';
import type { RequestHeaders } from '../types/transport.js';

const json: RequestHeaders = { 'content-type': 'application/json' };

/**
 * A JSON body, serialised once however often it is sent.
 *
 * @throws {NangoInputError} when JSON can't express the value (a cycle, a BigInt, nothing at all)
 */
export function jsonBody(value: unknown, operation: string): BodySource {
    let text: string | undefined;
    try {
        text = JSON.stringify(value);
    } catch (cause) {
        throw new NangoInputError(`${operation}: the body can't be written as JSON`, { operation, parameter: 'body', cause });
    }
    if (text === undefined) throw inputError(operation, 'body', "the body can't be written as JSON");
    const opened = { body: text, headers: json };
    return { replayable: true, open: () => opened, peek: () => opened.body };
}
