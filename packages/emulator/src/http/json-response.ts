/** An answer in JSON, labelled as the server labels it. */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
    if (status === 204) return new Response(null, { status, headers });
    return new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    });
}
