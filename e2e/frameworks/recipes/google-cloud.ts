import { http } from '@google-cloud/functions-framework';
import { createWebhookHandler } from '@x/webhooks/express';
import { receiver } from './receiver.js';

export const handleWebhook = createWebhookHandler(receiver);

// The framework parses every body, and keeps its bytes as `rawBody`.
http('nango', handleWebhook);
