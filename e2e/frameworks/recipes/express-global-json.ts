import { createWebhookHandler, keepRawBody } from '@x/webhooks/express';
import express from 'express';
import { receiver } from './receiver.js';

export const app = express();

// Without `limit` it refuses bodies over 100 kB with 413, which Nango does not send again.
app.use(express.json({ verify: keepRawBody, limit: '10mb' }));

app.post('/webhooks/nango', createWebhookHandler(receiver));
