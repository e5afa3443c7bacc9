import { createServer } from 'node:http';
import { createWebhookHandler } from '@x/webhooks/node';
import { receiver } from './receiver.js';

export const server = createServer(createWebhookHandler(receiver));
