import { createWebhookHandler } from '@x/webhooks/fetch';
import { Elysia } from 'elysia';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

export const app = new Elysia()
    // `parse: 'none'` leaves the body unread, whatever parsers the app has.
    .post('/webhooks/nango', ({ request }) => handleWebhook(request), { parse: 'none' });
