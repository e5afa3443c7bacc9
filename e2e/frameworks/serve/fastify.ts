import { createWebhookHandler } from '@x/webhooks/node';
import { app } from '../recipes/fastify.js';
import { receiver } from '../recipes/receiver.js';

const handleWebhook = createWebhookHandler(receiver);
// Fastify's own parser reads the body first.
app.post('/wrong', (request, reply) => {
    reply.hijack();
    return handleWebhook(request.raw, reply.raw);
});
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
