import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { registerActions } from './actions.js';
import { registerConnectSessions } from './connect-sessions.js';
import { registerConnections } from './connections.js';
import { registerEnvironments } from './environments.js';
import { registerFlatImport } from './flat-import.js';
import { registerFunctions } from './functions.js';
import { registerHealth } from './health.js';
import { registerIntegrations } from './integrations.js';
import { registerLegacy } from './legacy.js';
import { registerMetadata } from './metadata.js';
import { registerProviders } from './providers.js';
import { registerRecords } from './records.js';
import { registerScriptsConfig } from './scripts-config.js';
import { registerSyncVariants } from './sync-variants.js';
import { registerSyncs } from './syncs.js';

/** Every resource of the API that a backend key uses. */
export function registerApi(routes: Routes, context: EmulatorContext): void {
    registerHealth(routes);
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
    registerLegacy(routes, context);
}
