import { createWebhookHandler, keepRawBody } from '@x/webhooks/express';
import express from 'express';
import { receiver } from './receiver.js';

export const app = express();

app.use(express.json({ verify: keepRawBody, limit: '10mb' }));

app.post('/webhooks/nango', createWebhookHandler(receiver));
