import type { AsyncActionRow } from '../actions/action-row.js';
import { Collection } from '../base/collection.js';
import type { ConnectSessionRow } from '../connect/session-row.js';
import type { ConnectionRow } from '../connections/connection-row.js';
import { ConnectionTable } from '../connections/connection-table.js';
import type { EnvironmentSettings } from '../environments/environment-row.js';
import type { FunctionRow } from '../functions/function-row.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import { RecordTable, type SavedRecords } from '../records/record-table.js';
import type { SyncRow } from '../syncs/sync-row.js';

/** What a snapshot keeps of one environment. */
export interface EnvironmentState {
    settings: EnvironmentSettings;
    integrations: IntegrationRow[];
    connections: ConnectionRow[];
    sessions: ConnectSessionRow[];
    functions: FunctionRow[];
    syncs: SyncRow[];
    actions: AsyncActionRow[];
    records: SavedRecords[];
}

export const functionKey = (row: Pick<FunctionRow, 'integrationId' | 'type' | 'name'> & { event?: string | null }) =>
    [row.integrationId, row.type, row.name, row.event ?? ''].join('\n');

export const syncKey = (row: Pick<SyncRow, 'connection' | 'name' | 'variant'>) =>
    [row.connection, row.name, row.variant].join('\n');

/** Everything that an API key of one environment can reach. */
export class Environment {
    readonly integrations = new Collection<IntegrationRow>((row) => row.uniqueKey);
    readonly connections = new ConnectionTable();
    readonly sessions = new Collection<ConnectSessionRow>((row) => row.token);
    readonly functions = new Collection<FunctionRow>(functionKey);
    readonly syncs = new Collection<SyncRow>(syncKey);
    readonly actions = new Collection<AsyncActionRow>((row) => row.id);
    readonly records = new RecordTable();

    constructor(readonly settings: EnvironmentSettings) {}

    save(): EnvironmentState {
        return {
            settings: this.settings,
            integrations: this.integrations.all(),
            connections: [...this.connections.all()].reverse(),
            sessions: this.sessions.all(),
            functions: this.functions.all(),
            syncs: this.syncs.all(),
            actions: this.actions.all(),
            records: this.records.save(),
        };
    }

    static load(state: EnvironmentState): Environment {
        const environment = new Environment({
            ...state.settings,
            webhookBreaker: state.settings.webhookBreaker ?? false,
            sharedCredentials: state.settings.sharedCredentials ?? [],
        });
        environment.integrations.load(state.integrations);
        environment.connections.load(state.connections);
        environment.sessions.load(state.sessions);
        environment.functions.load(state.functions);
        environment.syncs.load(state.syncs);
        environment.actions.load(state.actions);
        environment.records.load(state.records);
        return environment;
    }
}
