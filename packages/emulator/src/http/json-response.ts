import { keepText } from '../base/kept-text.js';
import { wholeResponse } from './whole-response.js';

/** An answer in JSON, labelled as the server labels it. */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
    const text = status === 204 ? undefined : (JSON.stringify(body) as string | undefined);
    if (text !== undefined) return jsonTextResponse(status, text, headers);
    const type = status === 204 ? {} : jsonType;
    return new Response(null, { status, headers: { ...type, ...headers } });
}

const jsonType = { 'Content-Type': 'application/json; charset=utf-8' };

/** The same of what is JSON already. */
export function jsonTextResponse(status: number, text: string, headers: Record<string, string> = {}): Response {
    return keepText(wholeResponse(text, { status, headers: { ...jsonType, ...headers } }), text);
}
