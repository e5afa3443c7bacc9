import { buffer } from 'node:stream/consumers';
import { createWebhookHandler } from '@x/webhooks/fetch';
import v1 from '../events/api-gateway-v1.json';
import v2 from '../events/api-gateway-v2.json';
import alb from '../events/load-balancer.json';
import { handler } from '../recipes/lambda.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

const wrong = createWebhookHandler(receiver);

// What AWS does between HTTP and a function: the events are recorded ones with the headers and the body of the request.
listen(async (request, response) => {
    const bytes = await buffer(request);
    const [, kind, way] = (request.url ?? '').split('/');
    const base64 = kind === 'base64';
    const body = { body: bytes.toString(base64 ? 'base64' : 'utf8'), isBase64Encoded: base64 };
    const single = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const multi = Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));
    const event = {
        v1: { ...v1, headers: single, multiValueHeaders: multi, ...body },
        v2: { ...v2, headers: single, ...body },
        base64: { ...v2, headers: single, ...body },
        alb: { ...alb, multiValueHeaders: multi, ...body },
    }[kind ?? ''];
    if (!event) return response.writeHead(404).end();
    if (way === 'wrong') {
        const answer =
            kind === 'base64'
                ? // The encoding is not looked at.
                  await wrong(new Request('https://function/', { method: 'POST', headers: single, body: body.body }))
                : await wrong(event as never);
        return response.writeHead(answer.status).end(await answer.text());
    }
    const answer = await handler(event);
    const headers = kind === 'alb' ? answer.multiValueHeaders : answer.headers;
    response.writeHead(answer.statusCode, headers).end(answer.body);
});
