export * from './bodies.js';
export { type ConfirmConnection, type ConnectionLister, confirmConnection } from './handler/confirm-connection.js';
export type { ConfirmableEvent, Confirms } from './handler/options.js';
export type { WebhookHeaders } from './header-value.js';
export { parseWebhook } from './parse-webhook.js';
export type { RawBody } from './raw-body.js';
export { type SignedWebhook, signWebhook } from './sign-webhook.js';
export type { SigningKeys } from './signing-keys.js';
export { verifyIncomingWebhookRequest, verifyWebhookSignature } from './verify.js';
export { NangoWebhookError, type NangoWebhookErrorReason } from './webhook-error.js';
export type {
    AsyncActionEvent,
    AuthEvent,
    ConnectionDeletedEvent,
    ForwardEvent,
    SyncEvent,
    SyncFailureEvent,
    SyncSuccessEvent,
    UnknownEvent,
    WebhookEvent,
} from './webhook-event.js';
export { Webhooks, type WebhooksOptions } from './webhooks.js';
