import type { EmulatorContext } from '../context.js';
import type { Routes } from '../http/routes.js';
import { registerFaultControl } from './register-fault-control.js';
import { registerLogControl } from './register-log-control.js';
import { registerRefreshControl } from './register-refresh-control.js';
import { registerStateControl } from './register-state-control.js';
import { registerTimeControl } from './register-time-control.js';
import { registerWaitControl } from './register-wait-control.js';
import { registerWriteControl } from './register-write-control.js';

/** The control surface, `/_emulator/*`: what a test does to the emulator rather than through its API. */
export function registerControl(routes: Routes, context: EmulatorContext): void {
    registerStateControl(routes, context);
    registerTimeControl(routes, context);
    registerFaultControl(routes, context);
    registerRefreshControl(routes, context);
    registerLogControl(routes, context);
    registerWaitControl(routes, context);
    registerWriteControl(routes, context);
}
