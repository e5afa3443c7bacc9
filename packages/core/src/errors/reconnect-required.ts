import { NangoApiError } from './api-error.js';

/**
 * Whether an error says that a connection's credentials no longer work, so that its user has to authorize again
 * (`createReconnectSession`).
 *
 * True for `invalid_credentials`; false for back-off codes, network errors and 5xx. An outage of the provider
 * first looks like a revocation: before you e-mail your user, check with a second `getConnection` some minutes later.
 */
export function isReconnectRequired(error: unknown): boolean {
    return NangoApiError.isInstance(error) && error.code === 'invalid_credentials' && error.status < 500;
}
