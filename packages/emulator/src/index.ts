export { ActionError, ActionFailure, type ActionFailureCode } from './actions/action-error.js';
export type { OperationName } from './base/operation-names.js';
export type { FinishConnect } from './connect/finish-without-browser.js';
export {
    type ClockReading,
    type ConnectionReference,
    EmulatorControl,
    EmulatorControlError,
    type WaitForDelivery,
    type WaitForRequest,
} from './control/emulator-control.js';
export { createEmulator, type Emulator } from './emulator.js';
export type { EmulatorOptions, StartOptions } from './emulator-options.js';
export type { Fault } from './faults/fault.js';
export type { PlacedFault } from './faults/fault-board.js';
export type {
    ActionDefinition,
    ActionFunction,
    ActionRun,
    FunctionConnection,
    JsonSchema,
    SyncDefinition,
    SyncRun,
} from './functions/function-registry.js';
export {
    defaultAccountKey,
    defaultApiKey,
    defaultEnvironmentUuid,
    defaultWebhookSigningKey,
} from './options.js';
export type { RateLimitSettings } from './rate-limit/rate-limiter.js';
export type { Seed, SeedFunction, SeedJson, SeedKey, SeedRecords, SeedSettings } from './seed/seed.js';
export { SeedError } from './seed/seed-error.js';
export type { Snapshot } from './seed/snapshot.js';
export { type RunningEmulator, startEmulator } from './start-emulator.js';
export type { RequestLogEntry } from './state/request-log.js';
export type { WebhookDelivery } from './webhooks/webhook-sender.js';
