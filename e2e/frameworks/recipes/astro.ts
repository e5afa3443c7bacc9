import { createWebhookHandler } from '@x/webhooks/fetch';
import type { APIRoute } from 'astro';
import { receiver } from '../../receiver';

export const prerender = false;

const handleWebhook = createWebhookHandler(receiver);

export const POST: APIRoute = ({ request }) => handleWebhook(request);
