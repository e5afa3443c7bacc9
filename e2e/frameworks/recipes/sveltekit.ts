import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from '../../../lib/receiver';
import type { RequestHandler } from './$types';

const handleWebhook = createWebhookHandler(receiver);

export const POST: RequestHandler = ({ request }) => handleWebhook(request);
