// What runs in workerd: makes one call for each request, as its path says.
import { clients } from './clients.js';

let client;

export default {
    async fetch(request, { CLIENT, HOST }) {
        client ??= CLIENT === 'no call' ? {} : await clients[CLIENT](HOST);
        const { pathname, searchParams } = new URL(request.url);
        await client[pathname.slice(1)]?.(...searchParams.values());
        return new Response('{}');
    },
};
