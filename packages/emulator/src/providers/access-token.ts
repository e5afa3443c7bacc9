type Credentials = Record<string, unknown>;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const object = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Credentials) : undefined);

/** The token that goes out as `Authorization: Bearer`, wherever a kind of credentials keeps it (contract 8.3). */
export function accessToken(credentials: Credentials): string | undefined {
    switch (credentials.type) {
        case 'OAUTH2':
        case 'APP':
            return text(credentials.access_token);
        case 'OAUTH2_CC':
        case 'JWT':
        case 'TWO_STEP':
        case 'SIGNATURE':
            return text(credentials.token);
        case 'BILL':
            return text(credentials.session_id);
        case 'CUSTOM':
            return (
                text(object(credentials.user)?.access_token) ??
                text(object(credentials.app)?.access_token) ??
                text(object(credentials.raw)?.access_token)
            );
        default:
            return undefined;
    }
}
