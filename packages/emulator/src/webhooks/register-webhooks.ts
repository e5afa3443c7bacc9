import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { registerProviderWebhooks } from './register-provider-webhooks.js';
import { WebhookSender } from './webhook-sender.js';

/** Webhooks out (wire contract 17.1) and in (17.2). */
export function registerWebhooks(routes: Routes, context: EmulatorContext): void {
    context.ports.webhooks = new WebhookSender(context);
    registerProviderWebhooks(routes, context);
}
