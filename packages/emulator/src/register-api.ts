import { registerActions } from './actions/register-actions.js';
import { registerConnectSessions } from './connect/register-connect-sessions.js';
import { registerConnections } from './connections/register-connections.js';
import { registerFlatImport } from './connections/register-flat-import.js';
import { registerMetadata } from './connections/register-metadata.js';
import type { EmulatorContext } from './context.js';
import { registerEnvironments } from './environments/register-environments.js';
import { registerFunctions } from './functions/register-functions.js';
import { registerScriptsConfig } from './functions/register-scripts-config.js';
import { registerV1 } from './functions/register-v1.js';
import { registerHealth } from './http/register-health.js';
import { registerMcp } from './http/register-mcp.js';
import type { Routes } from './http/routes.js';
import { registerConfig } from './integrations/register-config.js';
import { registerIntegrations } from './integrations/register-integrations.js';
import { registerProviders } from './providers/register-providers.js';
import { registerRecords } from './records/register-records.js';
import { registerSyncVariants } from './syncs/register-sync-variants.js';
import { registerSyncs } from './syncs/register-syncs.js';

/** Every resource of the API that a backend key uses. */
export function registerApi(routes: Routes, context: EmulatorContext): void {
    registerHealth(routes);
    registerMcp(routes);
    registerProviders(routes, context);
    registerIntegrations(routes, context);
    registerFunctions(routes, context);
    // `/connections/metadata` goes before `/connections/:connectionId`, which would take it for an id.
    registerMetadata(routes, context);
    registerConnections(routes, context);
    registerFlatImport(routes, context);
    registerScriptsConfig(routes);
    registerRecords(routes, context);
    registerSyncs(routes, context);
    registerSyncVariants(routes, context);
    registerEnvironments(routes, context);
    registerActions(routes, context);
    registerConnectSessions(routes, context);
    registerConfig(routes, context);
    registerV1(routes, context);
}
