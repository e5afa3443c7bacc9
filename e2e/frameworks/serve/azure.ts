import { buffer } from 'node:stream/consumers';
import { HttpRequest } from '@azure/functions';
import { createWebhookHandler } from '@x/webhooks/fetch';
import { nango } from '../recipes/azure.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

const wrong = createWebhookHandler(receiver);

// What the host of Azure Functions does between HTTP and a function.
listen(async (incoming, response) => {
    const bytes = await buffer(incoming);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const { method = 'GET', url } = incoming;
    const body = bytes.length > 0 ? { bytes } : undefined;
    const request = new HttpRequest({ method, url: `http://localhost${url}`, headers, body });
    if (url === '/wrong') {
        await request.json();
        const answer = await wrong(request as never);
        return response.writeHead(answer.status).end(await answer.text());
    }
    if (method !== 'POST') return response.writeHead(404).end();
    const answer = await nango(request);
    response.writeHead(answer.status ?? 200, answer.headers as Record<string, string>).end(answer.body);
});
