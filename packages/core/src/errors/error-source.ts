import type { ErrorResponse, ErrorSource } from './api-error.js';

/** Codes of the proxy itself and the statuses it gives them (contract 14.4, 2.3, 3). */
const ownCodes: Readonly<Record<string, readonly number[]>> = {
    base_url_override_disabled: [400],
    base_url_override_not_allowed: [400],
    plan_limit: [402],
    unknown_provider_config: [404],
    connection_refresh_backoff: [424],
    missing_api_url: [400],
    missing_provider: [400],
    unknown_provider: [400],
    unsupported_provider: [400],
    unsupported_auth: [400],
    failed_to_get_connection: [400],
    invalid_certificate_or_key_format: [400],
    invalid_headers: [400],
    invalid_content_type: [415],
    generic_error_support: [500],
    too_many_request: [429],
};

/** Codes of a refused key (contract 2.2). They come without rate-limit headers, since the key is looked at first. */
const keyCodes = new Set(['missing_auth_header', 'malformed_auth_header', 'invalid_secret_key_format', 'unknown_account']);

/**
 * Who made a failed proxied answer, as far as it can be told: Nango and provider share one space of statuses and no header
 * marks either (contract 14.4).
 */
export function sourceOf(status: number, code: string | undefined, response: ErrorResponse): ErrorSource {
    if (status === 401) {
        const limited = response.headers['x-ratelimit-limit'] !== undefined;
        return code !== undefined && keyCodes.has(code) && !limited ? 'nango' : 'provider';
    }
    const data = response.data as { error?: unknown; method?: unknown } | null;
    const wrapped = typeof data === 'object' && data !== null && typeof data.error === 'object' && data.error !== null;
    if (wrapped && code !== undefined && ownCodes[code]?.includes(status)) return 'nango';
    // Nango names the scope that the key lacks (contract 2.3); a provider that says `forbidden` has other scopes.
    if (wrapped && status === 403 && code === 'forbidden')
        return JSON.stringify(data).includes('environment:') ? 'nango' : 'unknown';
    // Nango's word for a provider that gave no answer (contract 22): the provider is what failed.
    if (
        status === 500 &&
        !wrapped &&
        code !== undefined &&
        typeof data === 'object' &&
        data !== null &&
        typeof data.method === 'string'
    )
        return 'provider';
    return wrapped && code === 'server_error' ? 'unknown' : 'provider';
}
