import { z } from 'zod';
import { providerConfigKey, providerName } from '../base/formats.js';
import { authModes } from './provider.js';

export const listProvidersQuery = z.strictObject({ search: providerConfigKey.optional() });

export const providerParams = z.strictObject({ provider: providerName });

/** A catalogue entry with its name and logo; the other fields depend on the provider (contract 5.1). */
export const provider = z.looseObject({
    name: z.string(),
    display_name: z.string(),
    logo_url: z.string(),
    auth_mode: z.enum(authModes),
});
