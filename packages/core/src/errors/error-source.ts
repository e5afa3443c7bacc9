import type { ErrorResponse, ErrorSource } from './api-error.js';

/** Codes of the proxy itself and the statuses it gives them. */
const ownCodes = new Map<string, number>([
    ['base_url_override_disabled', 400],
    ['base_url_override_not_allowed', 400],
    ['plan_limit', 402],
    ['unknown_provider_config', 404],
    ['connection_refresh_backoff', 424],
    ['missing_api_url', 400],
    ['missing_provider', 400],
    ['unknown_provider', 400],
    ['unsupported_provider', 400],
    ['unsupported_auth', 400],
    ['failed_to_get_connection', 400],
    ['invalid_certificate_or_key_format', 400],
    ['invalid_headers', 400],
    ['invalid_content_type', 415],
    ['generic_error_support', 500],
    ['too_many_request', 429],
]);

/** Codes of a refused key. They come without rate-limit headers, since the key is looked at first. */
const keyCodes = new Set(['missing_auth_header', 'malformed_auth_header', 'invalid_secret_key_format', 'unknown_account']);

/**
 * Who made a failed proxied answer, as far as it shows: Nango and provider share one space of statuses and no header
 * marks either.
 */
export function sourceOf(status: number, code: string | undefined, response: ErrorResponse): ErrorSource {
    const said = code ?? '';
    if (status === 401) {
        const limited = response.headers['x-ratelimit-limit'] !== undefined;
        return keyCodes.has(said) && !limited ? 'nango' : 'provider';
    }
    const data = response.data as { error?: unknown } | null;
    const wrapped = typeof data?.error === 'object' && data.error !== null;
    if (!wrapped) return 'provider';
    if (ownCodes.get(said) === status) return 'nango';
    // Nango names the scope that the key lacks (contract 2.3); a provider that says `forbidden` has other scopes.
    if (status === 403 && said === 'forbidden') return JSON.stringify(data).includes('environment:') ? 'nango' : 'unknown';
    return said === 'server_error' ? 'unknown' : 'provider';
}
