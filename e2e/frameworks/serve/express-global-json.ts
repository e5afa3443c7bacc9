import { createWebhookHandler } from '@x/webhooks/express';
import express from 'express';
import { app } from '../recipes/express-global-json.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

const outer = express();
// Without keepRawBody.
outer.use('/wrong', express.json({ limit: '10mb' }), createWebhookHandler(receiver));
outer.use(app);
listen(outer);
