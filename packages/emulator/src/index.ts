export { ActionError, ActionFailure, type ActionFailureCode } from './actions/action-error.js';
export { createEmulator, type Emulator } from './emulator.js';
export type { Fault } from './faults/fault.js';
export type {
    ActionDefinition,
    ActionFunction,
    ActionRun,
    FunctionConnection,
    SyncDefinition,
    SyncRun,
} from './functions/function-registry.js';
export {
    defaultAccountKey,
    defaultApiKey,
    defaultEnvironmentUuid,
    defaultWebhookSigningKey,
    type EmulatorOptions,
} from './options.js';
export { type RunningEmulator, type StartOptions, startEmulator } from './start-emulator.js';
