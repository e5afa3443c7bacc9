import type { z } from 'zod';
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
