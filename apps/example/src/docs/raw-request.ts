import { nango } from './nango.js';

/** A route without a method of its own: ids stand in braces and are encoded; rate limit, repeats and errors are those of every call. */
export async function rawConnections(connectionId: string) {
    const { data } = await nango.rawRequest<{ connections: object[] }>({
        path: '/connections',
        query: { connectionId, limit: 10 },
    });
    return data.connections;
}

/** A method's result, beside the status and the headers of its answer. */
export async function requestsLeft() {
    const { data, response } = await nango.withResponse((noted) => noted.listIntegrations());
    return { integrations: data.configs.length, status: response?.status, left: response?.headers['x-ratelimit-remaining'] };
}
