import type { Hub } from '../src/server/start-hub.js';

/** Someone with a browser: signs in, keeps the cookie, sends what a page of the app would send. */
export class Visitor {
    #cookie = '';

    constructor(private readonly hub: () => Hub) {}

    async signIn(userId: string): Promise<this> {
        const response = await this.send('POST', '/api/session', { userId });
        if (response.status !== 204) throw new Error(`Signing in answered ${response.status}`);
        this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
        return this;
    }

    /** The same person, at another process. */
    at(hub: () => Hub): Visitor {
        const other = new Visitor(hub);
        other.#cookie = this.#cookie;
        return other;
    }

    send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
        const { url } = this.hub();
        const isForm = body instanceof FormData;
        return fetch(url + path, {
            method,
            headers: {
                ...(this.#cookie && { cookie: this.#cookie }),
                origin: url,
                ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
                ...headers,
            },
            ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
        });
    }

    async get(path: string): Promise<any> {
        return (await this.send('GET', path)).json();
    }

    async state(integrationId: string): Promise<string> {
        const { connections } = await this.get('/api/connections');
        return connections.find((one: any) => one.integrationId === integrationId).state;
    }

    async contacts(search = ''): Promise<{ contacts: any[]; total: number }> {
        return this.get(`/api/contacts?search=${encodeURIComponent(search)}`);
    }
}
