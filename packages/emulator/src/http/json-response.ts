import { keepText } from '../base/kept-text.js';
import { withWholeBody } from './whole-body.js';

/** An answer in JSON, labelled as the server labels it. */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
    if (status === 204) return new Response(null, { status, headers });
    return jsonTextResponse(status, JSON.stringify(body) as string | undefined, headers);
}

/** The same of what is JSON already. */
export function jsonTextResponse(status: number, text: string | undefined, headers: Record<string, string> = {}): Response {
    const response = new Response(text, {
        status,
        headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    });
    return text === undefined ? response : withWholeBody(keepText(response, text), text);
}
