import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { LegacyError } from '../errors/legacy-error.js';
import { Reply, type Routes } from '../http/routes.js';
import { findIntegration } from '../state/look-up.js';
import { tbaClient } from './connection-credentials.js';
import type { ConnectionCredentials } from './connection-row.js';
import { flatImportBody } from './connection-schemas.js';
import { saveConnection } from './save-connection.js';

type Flat = Record<string, unknown>;

/** Import in the deprecated flat form (contract 8.6). */
export function registerFlatImport(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'post',
            path: '/connection',
            operation: 'importConnectionFlat',
            contract: '8.6',
            summary: 'Import a connection, its credentials given flat',
            auth: keyWith('environment:connections:create'),
            query: 'any',
            body: flatImportBody,
            success: { 201: z.looseObject({ connection_id: z.string() }) },
            errors: {
                400: [
                    'missing_provider_config',
                    'unknown_provider_config',
                    'missing_access_token',
                    'missing_expires_at',
                    'invalid_expires_at',
                    'missing_basic_username',
                    'missing_api_key',
                    'missing_app_id',
                    'missing_installation_id',
                    'missing_account_id',
                    'resource_capped',
                ],
                404: ['unknown_provider_template'],
                500: ['unhandled_unknown_oauth_type', 'unhandled_missing_oauth_token', 'unhandled_missing_oauth_token_secret'],
            },
            deprecated: true,
        },
        ({ environment, body = {} }) => {
            const key = body.provider_config_key;
            if (typeof key !== 'string' || key === '') throw missing('missing_provider_config');
            const integration = findIntegration(environment, key, 'legacy-400');
            const mode = context.providers.get(integration.provider)?.auth_mode;
            if (!mode) throw new LegacyError(404, 'unknown_provider_template', 'The provider of the integration is not known.');
            const { connections: cap } = environment.settings.plan;
            if (cap !== null && environment.connections.size >= cap) {
                throw new LegacyError(400, 'resource_capped', 'The plan allows no more connections.');
            }
            const credentials = credentialsOf(mode, body, context.clock.now());
            const connectionConfig = { ...(isObject(body.connection_config) ? body.connection_config : {}) };
            if (mode === 'APP') connectionConfig.installation_id = body.installation_id;
            if (mode === 'TBA') Object.assign(connectionConfig, tbaClient(integration, overrideOf(body).config_override));
            const { connection } = saveConnection(context, environment, {
                integration,
                connectionId: idOf(body.connection_id),
                credentials,
                connectionConfig,
                metadata: isObject(body.metadata) ? body.metadata : {},
                webhookUrlOverride: typeof body.webhook_url_override === 'string' ? body.webhook_url_override || null : null,
            });
            return new Reply(201, { ...body, connection_id: connection.connectionId });
        },
    );
}

const isObject = (value: unknown): value is Flat => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers are taken as their text. */
const idOf = (id: unknown) => (typeof id === 'number' ? String(id) : typeof id === 'string' && id !== '' ? id : undefined);

const missing = (code: string) => new LegacyError(400, code, `The import was refused: ${code.replaceAll('_', ' ')}.`);

function credentialsOf(mode: string, body: Flat, now: number): ConnectionCredentials {
    const text = (name: string, code: string) => {
        const value = body[name];
        if (typeof value !== 'string' || value === '') throw missing(code);
        return value;
    };
    const override = overrideOf(body);
    switch (mode) {
        case 'OAUTH2': {
            const access_token = text('access_token', 'missing_access_token');
            const expires_at = expiryOf(body, now);
            const kept = {
                type: mode,
                access_token,
                ...(body.refresh_token ? { refresh_token: body.refresh_token } : {}),
                ...(expires_at ? { expires_at } : {}),
                ...override,
            };
            return { ...kept, raw: isObject(body.raw) ? body.raw : { ...kept } };
        }
        case 'OAUTH2_CC': {
            const token = text('access_token', 'missing_access_token');
            const expires_at = body.expires_at === undefined ? undefined : parsedExpiry(body.expires_at);
            const { oauth_client_id_override: client_id = '', oauth_client_secret_override: client_secret = '' } = body;
            const kept = { type: mode, token, client_id, client_secret, ...(expires_at ? { expires_at } : {}) };
            return { ...kept, raw: { ...kept } };
        }
        case 'OAUTH1': {
            for (const name of ['oauth_token', 'oauth_token_secret']) {
                if (!body[name]) throw new LegacyError(500, `unhandled_missing_${name}`, `The import lacks ${name}.`);
            }
            const kept = { type: mode, oauth_token: body.oauth_token, oauth_token_secret: body.oauth_token_secret };
            return { ...kept, raw: { ...kept } };
        }
        case 'BASIC':
            return { type: mode, username: text('username', 'missing_basic_username'), password: body.password ?? '' };
        case 'API_KEY':
            return { type: mode, apiKey: text('api_key', 'missing_api_key') };
        case 'APP': {
            text('app_id', 'missing_app_id');
            return { type: mode, access_token: `app-${text('installation_id', 'missing_installation_id')}`, raw: {} };
        }
        case 'TBA': {
            if (!isObject(body.connection_config) || !body.connection_config.accountId) throw missing('missing_account_id');
            return { type: mode, token_id: body.token_id ?? '', token_secret: body.token_secret ?? '', ...override };
        }
        case 'NONE':
            return {};
        default:
            throw new LegacyError(500, 'unhandled_unknown_oauth_type', 'Connections of this type can not be imported.');
    }
}

function overrideOf(body: Flat): { config_override?: Record<string, unknown> } {
    const { oauth_client_id_override: client_id, oauth_client_secret_override: client_secret } = body;
    if (!client_id && !client_secret) return {};
    return { config_override: { ...(client_id ? { client_id } : {}), ...(client_secret ? { client_secret } : {}) } };
}

/** Exactly one of three ways to say when the token expires; none is an error. */
function expiryOf(body: Flat, now: number): string | undefined {
    if (body.no_expiration === true) return undefined;
    if (body.expires_at !== undefined) return parsedExpiry(body.expires_at);
    const seconds = Number(body.expires_in);
    if (body.expires_in === undefined) throw missing('missing_expires_at');
    if (Number.isNaN(seconds)) throw missing('invalid_expires_at');
    return new Date(now + seconds * 1000).toISOString();
}

function parsedExpiry(value: unknown): string {
    const at = new Date(value as string | number);
    if (Number.isNaN(at.getTime())) throw missing('missing_expires_at');
    return at.toISOString();
}
