import type { z } from 'zod';
import type { IntegrationRow } from '../integrations/integration-row.js';
import type { ConnectionCredentials } from './connection-row.js';
import type { importedCredentials } from './connection-schemas.js';

/**
 * What imported credentials are kept as. OAuth keeps them once more in `raw`, type included; NONE keeps nothing (contract 8.3).
 */
export function keepCredentials(imported: z.output<typeof importedCredentials>): ConnectionCredentials {
    if (imported.type === 'NONE') return {};
    const given = Object.fromEntries(
        Object.entries(imported)
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
    );
    switch (imported.type) {
        case 'OAUTH1':
        case 'OAUTH2':
        case 'OAUTH2_CC':
            return { ...given, raw: { ...given } };
        case 'APP':
            return { type: 'APP', access_token: `app-${imported.installation_id}`, raw: {} };
        case 'CUSTOM':
            return { type: 'CUSTOM', raw: given };
        default:
            return given;
    }
}

/** What importing TBA credentials adds to `connection_config`: the client that they belong to (contract 8.5). */
export function tbaClient(
    { credentials }: IntegrationRow,
    override: { client_id?: unknown; client_secret?: unknown } | undefined,
): Record<string, unknown> {
    const id = override?.client_id ?? credentials?.client_id;
    const secret = override?.client_secret ?? credentials?.client_secret;
    return {
        ...(id === undefined ? {} : { oauth_client_id: id }),
        ...(secret === undefined ? {} : { oauth_client_secret: secret }),
    };
}
