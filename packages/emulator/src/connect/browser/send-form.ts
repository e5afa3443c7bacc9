import { credentialForms } from '../auth-modes.js';
import type { FieldGroup, Outcome, Provider } from './page-types.js';

export interface FormRequest extends Outcome {
    api: string;
    integrationId: string;
    provider: Provider;
    values: Record<FieldGroup, Record<string, string>>;
    /** The session's token and `params[…]`. */
    search: URLSearchParams;
    /** The session has ended meanwhile. */
    expired(): void;
}

/** Posts a filled form to the route of its auth mode (contract 16.4). */
export async function sendForm(request: FormRequest): Promise<void> {
    const { api, integrationId, provider, values, search, done, fail, expired } = request;
    const outbound = provider.installation === 'outbound';
    const path = outbound ? '/auth/oauth-outbound' : credentialForms[provider.auth_mode]?.path;
    if (!path) return fail('invalid_auth_mode', 'This page does not know how to connect this integration.');
    const body: Record<string, unknown> = { ...values.credentials };
    if (Object.keys(values.assertionOption).length > 0) body.assertionOption = values.assertionOption;
    if (provider.auth_mode === 'AWS_SIGV4' && values.params.region) body.region = values.params.region;
    const empty = outbound || provider.auth_mode === 'NONE';
    try {
        const response = await fetch(`${api}${path}/${encodeURIComponent(integrationId)}?${search}`, {
            method: 'POST',
            headers: empty ? {} : { 'content-type': 'application/json' },
            ...(empty ? {} : { body: JSON.stringify(body) }),
        });
        const answer = await response.json();
        if (response.ok) return done(answer);
        if (response.status === 401) return expired();
        const { code, message, errors } = answer.error ?? {};
        fail(code ?? 'unknown_error', message ?? errors?.[0]?.message ?? 'These details were refused.');
    } catch {
        fail('unknown_error', 'The details could not be sent. Check your connection and try again.');
    }
}
