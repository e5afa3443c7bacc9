import { createWebhookHandler } from '@x/webhooks/node';
import { createApp, createRouter, defineEventHandler, toNodeListener } from 'h3';
import route from '../recipes/nuxt.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

const router = createRouter();
router.post('/webhooks/nango', route);
router.post('/wrong', defineEventHandler(createWebhookHandler(receiver) as never));
listen(toNodeListener(createApp().use(router)));
