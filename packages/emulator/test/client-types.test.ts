import type { AsyncActionResponse } from '@x/actions';
import type { ConnectSession, ConnectSessionInput, NewConnectSession, ReconnectSessionInput } from '@x/connect';
import type {
    Connection,
    ConnectionPatch,
    ImportConnectionInput,
    ListedConnection,
    MetadataChangeResponse,
} from '@x/connections';
import type {
    DeployedFunction,
    EnvironmentVariable,
    FunctionTemplate,
    Integration,
    IntegrationInput,
    IntegrationPatch,
    Provider,
    ProviderScripts,
    QuickstartIntegrationInput,
} from '@x/integrations';
import type { NangoRecord, PruneRecordsResult, SyncStatus, UpdateSyncFrequencyResponse } from '@x/syncs';
import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { queuedAction } from '../src/actions/action-schemas.js';
import type {
    createdSession,
    documentedSessionBody,
    reconnectSessionBody,
    sessionDetails,
} from '../src/connect/session-schemas.js';
import type {
    fullConnection,
    importConnectionBody,
    importedConnection,
    listedConnection,
    metadataBody,
    patchConnectionBody,
} from '../src/connections/connection-schemas.js';
import type { variables } from '../src/environments/environment-schemas.js';
import type { deployedFunction, functionTemplate } from '../src/functions/function-schemas.js';
import type { scriptsConfig } from '../src/functions/scripts-config-schemas.js';
import type {
    createIntegrationBody,
    integration,
    quickstartBody,
    updateIntegrationBody,
} from '../src/integrations/integration-schemas.js';
import type { provider } from '../src/providers/provider-schemas.js';
import type { pruned, record } from '../src/records/record-schemas.js';
import type { changedFrequency, syncStatus } from '../src/syncs/sync-schemas.js';

/*
 * The schemas that check the emulator's requests and answers, beside the client's types: what one may send the other takes. The type
 * check fails when they part.
 */

/** As it goes out: a field that is `undefined` is not there. */
type Sent<T> = T extends readonly (infer Item)[]
    ? Sent<Item>[]
    : T extends object
      ? { [Key in keyof T]: Sent<Exclude<T[Key], undefined>> }
      : T;

test('every answer has the type that the client gives it', () => {
    expectTypeOf<Sent<z.output<typeof queuedAction>>>().toExtend<AsyncActionResponse>();
    expectTypeOf<Sent<z.output<typeof createdSession>>>().toExtend<NewConnectSession>();
    expectTypeOf<Sent<z.output<typeof sessionDetails>>>().toExtend<ConnectSession>();
    expectTypeOf<Sent<z.output<typeof listedConnection>>>().toExtend<ListedConnection>();
    expectTypeOf<Sent<z.output<typeof fullConnection>>>().toExtend<Connection>();
    expectTypeOf<Sent<z.output<typeof importedConnection>>>().toExtend<Connection>();
    expectTypeOf<Sent<z.output<typeof metadataBody>>>().toExtend<MetadataChangeResponse>();
    expectTypeOf<Sent<z.output<typeof variables>>>().toExtend<EnvironmentVariable[]>();
    expectTypeOf<Sent<z.output<typeof deployedFunction>>>().toExtend<DeployedFunction>();
    expectTypeOf<Sent<z.output<typeof functionTemplate>>>().toExtend<FunctionTemplate>();
    expectTypeOf<Sent<z.output<typeof integration>>>().toExtend<Integration>();
    expectTypeOf<Sent<z.output<typeof provider>>>().toExtend<
        Pick<Provider, 'name' | 'display_name' | 'logo_url' | 'auth_mode'>
    >();
    expectTypeOf<Sent<z.output<typeof scriptsConfig>>>().toExtend<ProviderScripts[]>();
    expectTypeOf<Sent<z.output<typeof record>>>().toExtend<NangoRecord>();
    expectTypeOf<Sent<z.output<typeof pruned>>>().toExtend<PruneRecordsResult>();
    expectTypeOf<Sent<z.output<typeof syncStatus>>>().toExtend<SyncStatus>();
    expectTypeOf<Sent<z.output<typeof changedFrequency>>>().toExtend<UpdateSyncFrequencyResponse>();
});

test('every request that the client types is one that the emulator takes', () => {
    // The client takes a readonly list too.
    expectTypeOf<ConnectSessionInput & { allowed_integrations?: string[] | undefined }>().toExtend<
        z.input<typeof documentedSessionBody>
    >();
    expectTypeOf<ReconnectSessionInput>().toExtend<z.input<typeof reconnectSessionBody>>();
    expectTypeOf<ImportConnectionInput>().toExtend<z.input<typeof importConnectionBody>>();
    expectTypeOf<ConnectionPatch>().toExtend<z.input<typeof patchConnectionBody>>();
    expectTypeOf<IntegrationInput>().toExtend<z.input<typeof createIntegrationBody>>();
    expectTypeOf<IntegrationPatch>().toExtend<z.input<typeof updateIntegrationBody>>();
    expectTypeOf<QuickstartIntegrationInput>().toExtend<z.input<typeof quickstartBody>>();
});
