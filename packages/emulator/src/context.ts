import type { ActionEngine } from './actions/action-engine.js';
import type { SocketHub } from './connect/socket-hub.js';
import type { SyncEngine } from './syncs/sync-engine.js';
import type { World } from './world.js';

/** What every route works with; there is one for each emulator. */
export interface EmulatorContext extends World {
    readonly syncs: SyncEngine;
    readonly actions: ActionEngine;
    /** The WebSockets of pages that wait for a popup. */
    readonly sockets: SocketHub;
}
