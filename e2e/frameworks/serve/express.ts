import { createWebhookHandler } from '@x/webhooks/express';
import { app } from '../recipes/express.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

// After express.json().
app.post('/wrong', createWebhookHandler(receiver));
listen(app);
