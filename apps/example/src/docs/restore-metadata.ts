import type { AuthEvent } from '@x/node';
import { nango } from './nango.js';

const keepMetadata = new Set(['OAUTH1', 'OAUTH2']);

/** In the handler of `auth` webhooks: a user who typed new credentials into a form has erased the metadata. */
export async function restoreMetadata(event: AuthEvent, metadata: Record<string, unknown>) {
    if (event.operation !== 'override' || !event.success || keepMetadata.has(event.authMode)) return;
    await nango.setMetadata(event.providerConfigKey, event.connectionId, metadata);
}
