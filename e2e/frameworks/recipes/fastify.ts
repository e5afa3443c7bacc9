import { createWebhookHandler } from '@x/webhooks/node';
import fastify from 'fastify';
import { receiver } from './receiver.js';

export const app = fastify();

const handleWebhook = createWebhookHandler(receiver);

app.register(async (webhooks) => {
    // Leaves the body unread, on the routes in here alone.
    webhooks.addContentTypeParser('application/json', (_request, _payload, done) => done(null));
    webhooks.post('/webhooks/nango', (request, reply) => {
        reply.hijack();
        return handleWebhook(request.raw, reply.raw);
    });
});
