import { createWebhookHandler } from '@x/webhooks/node';
import { defineEventHandler } from 'h3';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

export default defineEventHandler((event) => handleWebhook(event.node.req, event.node.res));
