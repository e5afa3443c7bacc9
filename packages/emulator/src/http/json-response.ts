import { keepText } from '../base/kept-text.js';

/** An answer in JSON, labelled as the server labels it. */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
    if (status === 204) return new Response(null, { status, headers });
    const text = JSON.stringify(body) as string | undefined;
    const response = new Response(text, {
        status,
        headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    });
    return text === undefined ? response : keepText(response, text);
}
