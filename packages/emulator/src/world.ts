import type { ChangeFeed } from './base/change-feed.js';
import type { Clock } from './base/clock.js';
import type { IdSource } from './base/ids.js';
import type { FaultBoard } from './faults/fault-board.js';
import type { Outage } from './faults/outage.js';
import type { FunctionRegistry } from './functions/function-registry.js';
import type { ResolvedOptions } from './options.js';
import type { Provider } from './providers/provider.js';
import type { RateLimiter } from './rate-limit/rate-limiter.js';
import type { RequestLog } from './state/request-log.js';
import type { Store } from './state/store.js';
import type { Waits } from './state/waits.js';
import type { WebhookSender } from './webhooks/webhook-sender.js';

/** What the emulator is made of, without what acts on it by itself. */
export interface World {
    readonly options: ResolvedOptions;
    readonly clock: Clock;
    readonly ids: IdSource;
    readonly store: Store;
    /** The catalogue, by provider name. */
    readonly providers: Map<string, Provider>;
    /** The user's own functions: what `defineSync` and `defineAction` were given. */
    readonly functions: FunctionRegistry;
    readonly webhooks: WebhookSender;
    readonly limiter: RateLimiter;
    readonly faults: FaultBoard;
    readonly outage: Outage;
    readonly requests: RequestLog;
    readonly waits: Waits;
    /** Where the emulator is reached, without a trailing slash: `http://127.0.0.1:3003`. Set when it starts to listen. */
    origin: string;
    /** Where the Connect page is, with a trailing slash. */
    connectUrl(): string;
    readonly feed: ChangeFeed;
    /** Say to whoever watches (the status page) or waits that something changed. */
    changed(): void;
}
