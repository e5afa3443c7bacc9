import type { IdSource } from '../base/ids.js';
import type { ConnectionCredentials } from '../connections/connection-row.js';
import type { Provider } from '../providers/provider.js';

/** Lifetime of tokens whose provider says nothing: one hour. */
const usualLifetime = 3_600_000;

/** How long a provider's access tokens live, in ms. */
export function tokenLifetime(provider: Provider): number {
    const token = provider.token as { expires_in_ms?: unknown } | undefined;
    const named = provider.token_expires_in_ms ?? token?.expires_in_ms;
    return typeof named === 'number' ? named : usualLifetime;
}

interface Issue {
    ids: IdSource;
    provider: Provider;
    now: number;
}

const token = ({ ids }: Issue, kind: string) => `emulated_${kind}_${ids.hex(32)}`;
const expiry = ({ provider, now }: Issue) => new Date(now + tokenLifetime(provider)).toISOString();

/** What an OAuth 2 token endpoint would answer to an approved authorisation. */
export function issueOAuth2(issue: Issue, scopes: string, refreshToken = token(issue, 'refresh')): ConnectionCredentials {
    const raw = {
        access_token: token(issue, 'access'),
        refresh_token: refreshToken,
        expires_in: Math.floor(tokenLifetime(issue.provider) / 1000),
        token_type: 'bearer',
        ...(scopes && { scope: scopes }),
    };
    const { access_token, refresh_token } = raw;
    return { type: 'OAUTH2', access_token, refresh_token, expires_at: expiry(issue), raw };
}

export function issueOAuth1(issue: Issue): ConnectionCredentials {
    const raw = { oauth_token: token(issue, 'oauth1'), oauth_token_secret: token(issue, 'secret') };
    return { type: 'OAUTH1', ...raw, raw };
}

export function issueApp(issue: Issue): ConnectionCredentials {
    const raw = { token: token(issue, 'installation'), expires_at: expiry(issue) };
    return { type: 'APP', access_token: raw.token, expires_at: raw.expires_at, raw };
}

/** The combined form of GitHub's app with user authorisation (contract 8.3). */
export function issueCustom(issue: Issue, scopes: string): ConnectionCredentials {
    const app = issueApp(issue);
    const user = issueOAuth2(issue, scopes);
    return { type: 'CUSTOM', app, user, raw: app.raw };
}

/** The short-lived part of credentials whose long-lived part a person typed in, laid over that. */
export function issueSession(issue: Issue, credentials: ConnectionCredentials): ConnectionCredentials {
    const expires_at = expiry(issue);
    switch (credentials.type) {
        case 'OAUTH2_CC': {
            const access = token(issue, 'cc');
            const expires_in = Math.floor(tokenLifetime(issue.provider) / 1000);
            return { ...credentials, token: access, expires_at, raw: { access_token: access, expires_in, token_type: 'bearer' } };
        }
        case 'TWO_STEP': {
            const access = token(issue, 'step');
            return { ...credentials, token: access, expires_at, raw: { token: access } };
        }
        case 'JWT':
        case 'SIGNATURE':
            return { ...credentials, token: token(issue, String(credentials.type).toLowerCase()), expires_at };
        case 'BILL': {
            const raw = { sessionId: token(issue, 'session'), userId: token(issue, 'user') };
            return { ...credentials, session_id: raw.sessionId, user_id: raw.userId, expires_at, raw };
        }
        case 'AWS_SIGV4': {
            const raw = {
                access_key_id: `ASIA${issue.ids.hex(16).toUpperCase()}`,
                secret_access_key: token(issue, 'aws'),
                session_token: token(issue, 'session'),
            };
            return { ...credentials, ...raw, expires_at, raw };
        }
        default:
            return credentials;
    }
}
