import type { EmulatorContext } from '../context.js';
import type { CredentialPort } from '../ports.js';
import { refreshCredentials } from './refresh-credentials.js';
import { verifyCredentials } from './verify-credentials.js';

/** Keeps connections' credentials fresh and tests new ones (wire contract 8.2, 8.5). */
export function credentialKeeper(context: EmulatorContext): CredentialPort {
    return {
        refresh: (environment, integration, connection, { force }) =>
            refreshCredentials({ context, environment, integration, connection }, force),
        verify: (_environment, integration, connection) => verifyCredentials(context, integration, connection),
    };
}
