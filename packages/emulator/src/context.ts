import type { ActionEngine } from './actions/action-engine.js';
import type { ChangeFeed } from './change-feed.js';
import type { Clock } from './clock.js';
import type { FaultBoard } from './faults/fault-board.js';
import type { FunctionRegistry } from './functions/function-registry.js';
import type { IdSource } from './ids.js';
import type { ResolvedOptions } from './options.js';
import type { EmulatorPorts } from './ports.js';
import type { Provider } from './providers/provider.js';
import type { RateLimiter } from './rate-limit/rate-limiter.js';
import type { RequestLog } from './request-log.js';
import type { Store } from './state/store.js';
import type { SyncEngine } from './syncs/sync-engine.js';

/** What every part of the emulator works with; there is one for each emulator. */
export interface EmulatorContext {
    readonly options: ResolvedOptions;
    readonly clock: Clock;
    readonly ids: IdSource;
    readonly store: Store;
    /** The catalogue, by provider name. */
    readonly providers: Map<string, Provider>;
    /** The user's own functions: what `defineSync` and `defineAction` were given. */
    readonly functions: FunctionRegistry;
    readonly syncs: SyncEngine;
    readonly actions: ActionEngine;
    readonly limiter: RateLimiter;
    readonly faults: FaultBoard;
    readonly requests: RequestLog;
    /** Parts that other files bring: webhook delivery, token refresh, the connect flow. */
    readonly ports: EmulatorPorts;
    /** Where the emulator is reached, without a trailing slash: `http://127.0.0.1:3003`. Set when it starts to listen. */
    origin: string;
    /** Where the Connect page is, with a trailing slash. */
    connectUrl(): string;
    readonly feed: ChangeFeed;
    /** Tell whoever watches (the status page) that something changed. */
    changed(): void;
}
