import type { ConnectionRow } from '../connections/connection-row.js';
import { CodedError, InvalidBodyError, NotFoundError } from '../errors/coded-error.js';
import type { ContractError } from '../errors/contract-error.js';
import { LegacyError } from '../errors/legacy-error.js';
import type { FunctionRow } from '../functions/function-row.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import type { SyncRow } from '../syncs/sync-row.js';
import { type Environment, functionKey, syncKey } from './environment.js';

/*
 * The API has many answers to an integration or a connection that is not there. Each route names its own; all of them are here.
 */

const noIntegration = (key: string) => `There is no integration ${key}.`;
const noConnection = 'There is no connection of this id.';

const unknownIntegration = {
    /** 404 `not_found` (contract 6, 7, 8.5). */
    'not-found': (key) => new NotFoundError(noIntegration(key)),
    /** 400 `unknown_provider_config` (contract 8.2, 8.4). */
    'unknown-400': (key) => new CodedError(400, 'unknown_provider_config', noIntegration(key)),
    /** The same in the older envelope (contract 6.8, 8.6, 11.1). */
    'legacy-400': (key) => new LegacyError(400, 'unknown_provider_config', noIntegration(key)),
    /** The same code alone (contract 17.2). */
    'bare-404': () => new CodedError(404, 'unknown_provider_config'),
    /** 404 `unknown_provider_config` (contract 14.4). */
    'unknown-404': () => new CodedError(404, 'unknown_provider_config', 'There is no integration of this key.'),
} satisfies Record<string, (key: string) => ContractError>;

const unknownConnection = {
    /** 404 `not_found` (contract 8.2, 8.4). */
    'not-found': () => new NotFoundError(noConnection),
    /** 400 `unknown_connection` (contract 10, 13). */
    'unknown-400': () => new CodedError(400, 'unknown_connection', noConnection),
    /** 400 `unknown_connection`, the code alone (contract 8.7, 11.4, 11.5). */
    'bare-400': () => new CodedError(400, 'unknown_connection'),
    /** 404 `unknown_connection` (contract 8.8). */
    'unknown-404': (_, connectionId) => new CodedError(404, 'unknown_connection', `There is no connection ${connectionId}.`),
    /** 404 `unknown_connection` in the older envelope, which names what was asked for (contract 11.1). */
    'legacy-404': (providerConfigKey, connectionId) =>
        new LegacyError(404, 'unknown_connection', noConnection, { connectionId, providerConfigKey }),
    /** 400 `invalid_body` (contract 11.3, 15.2). */
    'invalid-body': () => new InvalidBodyError('There is no such connection of this integration.'),
    /** 400 `server_error` (contract 14.4). */
    'server-error': () => new CodedError(400, 'server_error', 'Failed to get the connection.'),
} satisfies Record<string, (providerConfigKey: string, connectionId: string) => ContractError>;

/** @throws ContractError the route's own answer when there is no such integration */
export function findIntegration(
    environment: Environment,
    uniqueKey: string,
    otherwise: keyof typeof unknownIntegration,
): IntegrationRow {
    const integration = environment.integrations.get(uniqueKey);
    if (!integration) throw unknownIntegration[otherwise](uniqueKey);
    return integration;
}

/** @throws ContractError the route's own answer when the integration has no such connection */
export function findConnection(
    environment: Environment,
    providerConfigKey: string,
    connectionId: string,
    otherwise: keyof typeof unknownConnection,
): ConnectionRow {
    const connection = environment.connections.get(providerConfigKey, connectionId);
    if (!connection) throw unknownConnection[otherwise](providerConfigKey, connectionId);
    return connection;
}

/** The deployed sync or action of this name. */
export function functionOf(
    environment: Environment,
    type: 'sync' | 'action',
    { integrationId, name }: Pick<FunctionRow, 'integrationId' | 'name'>,
): FunctionRow | undefined {
    return environment.functions.get(functionKey({ integrationId, type, name }));
}

/** A sync of one connection. */
export function syncOf(environment: Environment, connection: number, name: string, variant: string): SyncRow | undefined {
    return environment.syncs.get(syncKey({ connection, name, variant }));
}
