import { createWebhookHandler } from '@x/webhooks/fetch';
import type { ActionFunctionArgs } from 'react-router';
import { receiver } from '../receiver';

const handleWebhook = createWebhookHandler(receiver);

export const action = ({ request }: ActionFunctionArgs) => handleWebhook(request);
