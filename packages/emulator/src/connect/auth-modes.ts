import type { AuthMode } from '../providers/provider.js';

/*
 * Plain data: the Connect page's own script has a copy of it.
 */

/** Where the credentials of an auth mode are posted, and the fields of its form; `*` stands for all that the provider names (contract 16.4). */
export const credentialForms: Partial<Record<AuthMode, { path: string; fields: readonly string[] }>> = {
    API_KEY: { path: '/api-auth/api-key', fields: ['apiKey'] },
    BASIC: { path: '/api-auth/basic', fields: ['username', 'password'] },
    NONE: { path: '/auth/unauthenticated', fields: [] },
    JWT: { path: '/auth/jwt', fields: ['*'] },
    TWO_STEP: { path: '/auth/two-step', fields: ['*'] },
    TBA: { path: '/auth/tba', fields: ['token_id', 'token_secret'] },
    BILL: { path: '/auth/bill', fields: ['username', 'password', 'organization_id', 'dev_key'] },
    SIGNATURE: { path: '/auth/signature', fields: ['username', 'password'] },
    AWS_SIGV4: { path: '/auth/aws-sigv4', fields: ['role_arn'] },
    OAUTH2_CC: { path: '/oauth2/auth', fields: ['client_id', 'client_secret'] },
};

/** Modes that need a person to look at the provider's page. */
export const popupModes: ReadonlySet<AuthMode> = new Set([
    'OAUTH1',
    'OAUTH2',
    'APP',
    'CUSTOM',
    'MCP_OAUTH2',
    'MCP_OAUTH2_GENERIC',
    'INSTALL_PLUGIN',
]);
