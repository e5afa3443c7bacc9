import { createWebhookHandler } from '@x/webhooks/express';
import express from 'express';
import { receiver } from './receiver.js';

export const app = express();

app.post('/webhooks/nango', createWebhookHandler(receiver));

// After the webhook: it would read the body first.
app.use(express.json());
