import type { ClockTimer } from '../base/clock.js';
import type { ConnectionRow } from '../connections/connection-row.js';
import type { FunctionRow } from '../functions/function-row.js';
import { RecordTable } from '../records/record-table.js';
import { type Environment, syncKey } from '../state/environment.js';
import { functionOf, syncOf } from '../state/look-up.js';
import type { World } from '../world.js';
import { parseFrequency } from './frequency.js';
import { runSync } from './run-sync.js';
import type { SyncRow } from './sync-row.js';

/** How a run differs from a scheduled one (contract 11.1). */
interface SyncTrigger {
    /** A full run. */
    reset?: boolean;
    /** On records that were cleared before. */
    emptyCache?: boolean;
}

/** Keeps the schedules of all syncs on the emulator's clock and runs them, one run of a sync after the other. */
export class SyncEngine {
    #timers = new Map<string, ClockTimer>();
    #running = new Map<string, Promise<void>>();

    readonly #world: World;

    constructor(world: World) {
        this.#world = world;
    }

    /** A connection came, or was overwritten: create the syncs it lacks. */
    connected(environment: Environment, connection: ConnectionRow): void {
        for (const row of environment.functions.filter(
            (row) => row.type === 'sync' && row.integrationId === connection.providerConfigKey,
        )) {
            this.#create(environment, connection, row, 'base');
        }
    }

    /** A connection goes: so do its syncs. */
    disconnected(environment: Environment, connection: ConnectionRow): void {
        for (const sync of environment.syncs.filter((sync) => sync.connection === connection.id)) this.remove(environment, sync);
    }

    /** A sync was deployed: give it to every connection of its integration. */
    deployed(environment: Environment, row: FunctionRow): void {
        for (const connection of environment.connections.ofIntegration(row.integrationId)) {
            this.#create(environment, connection, row, 'base');
        }
    }

    /** Add a variant of a sync to a connection. */
    addVariant(environment: Environment, connection: ConnectionRow, row: FunctionRow, variant: string): SyncRow {
        return this.#create(environment, connection, row, variant);
    }

    /** Remove one sync of one connection; its records stay unless `records` is set. */
    remove(environment: Environment, sync: SyncRow, { records = false } = {}): void {
        this.#timers.get(sync.id)?.cancel();
        this.#timers.delete(sync.id);
        environment.syncs.delete(syncKey(sync));
        if (records) this.clearRecords(environment, sync);
    }

    /** Run a sync once, now, beside its schedule. */
    trigger(environment: Environment, sync: SyncRow, options: SyncTrigger = {}): void {
        // Once for whoever looks now, and once more when the run begins: runs before it may save records until then.
        if (options.emptyCache) this.clearRecords(environment, sync);
        this.#world.clock.at(this.#world.clock.now(), () => this.#run(environment, sync, options));
    }

    /** Start the schedule: at once if it never ran or fell due meanwhile, else where it stood (contract 11.2). */
    start(environment: Environment, sync: SyncRow): void {
        if (sync.schedule === 'started') return;
        sync.schedule = 'started';
        sync.nextRunAt ??= this.#world.clock.now();
        this.#arm(environment, sync);
        this.#world.changed();
    }

    /** Stop the schedule; a run that is under way goes on to its end. */
    pause(sync: SyncRow): void {
        sync.schedule = 'paused';
        this.#timers.get(sync.id)?.cancel();
        this.#world.changed();
    }

    /** The next run follows the new frequency, counted from now. */
    reschedule(environment: Environment, sync: SyncRow): void {
        if (sync.schedule === 'paused') return;
        sync.nextRunAt = this.#world.clock.now() + this.intervalOf(environment, sync);
        this.#arm(environment, sync);
    }

    /** Milliseconds between two scheduled runs. */
    intervalOf(environment: Environment, sync: SyncRow): number {
        const text = sync.frequency ?? functionOf(environment, 'sync', sync)?.frequency ?? 'every hour';
        return parseFrequency(text)?.ms ?? 3_600_000;
    }

    clearRecords(environment: Environment, sync: SyncRow): void {
        for (const model of functionOf(environment, 'sync', sync)?.returns ?? []) {
            environment.records.drop(sync.connection, RecordTable.storedName(model, sync.variant));
        }
    }

    /** Take up all schedules from the state, after it was restored. */
    resume(): void {
        this.#timers.clear();
        this.#running.clear();
        for (const environment of this.#world.store.environments()) {
            for (const sync of environment.syncs.all()) {
                if (sync.job?.status === 'RUNNING')
                    sync.job = { ...sync.job, status: 'STOPPED', finishedAt: this.#world.clock.now() };
                this.#arm(environment, sync);
            }
        }
    }

    #create(environment: Environment, connection: ConnectionRow, row: FunctionRow, variant: string): SyncRow {
        const known = syncOf(environment, connection.id, row.name, variant);
        if (known) return known;
        const started = row.enabled && row.autoStart;
        const sync = environment.syncs.set({
            id: this.#world.ids.uuid(),
            connection: connection.id,
            integrationId: row.integrationId,
            name: row.name,
            variant,
            frequency: null,
            schedule: started ? 'started' : 'paused',
            nextRunAt: started ? this.#world.clock.now() : null,
            lastSuccessAt: null,
            job: null,
            checkpoint: null,
        });
        if (started) this.#arm(environment, sync);
        return sync;
    }

    #arm(environment: Environment, sync: SyncRow): void {
        this.#timers.get(sync.id)?.cancel();
        if (sync.nextRunAt === null || sync.schedule === 'paused') return;
        this.#timers.set(
            sync.id,
            this.#world.clock.at(sync.nextRunAt, () => {
                if (sync.nextRunAt === null || sync.schedule === 'paused') return undefined;
                const interval = this.intervalOf(environment, sync);
                const now = this.#world.clock.now();
                sync.nextRunAt += interval * (Math.floor((now - sync.nextRunAt) / interval) + 1);
                this.#arm(environment, sync);
                return this.#run(environment, sync);
            }),
        );
    }

    async #run(environment: Environment, sync: SyncRow, { reset = false, emptyCache = false }: SyncTrigger = {}): Promise<void> {
        const before = this.#running.get(sync.id) ?? Promise.resolve();
        const run = before.then(async () => {
            const connection = environment.connections.byId(sync.connection);
            if (!connection || !environment.syncs.has(syncKey(sync))) return;
            if (emptyCache) this.clearRecords(environment, sync);
            await runSync(this.#world, environment, connection, sync, reset);
        });
        this.#running.set(sync.id, run);
        await run;
        if (this.#running.get(sync.id) === run) this.#running.delete(sync.id);
    }
}
