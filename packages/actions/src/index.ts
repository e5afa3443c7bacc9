export type { AsyncActionHandle } from './action-id.js';
export { Actions, type AsyncActionResponse, type TriggerActionAsyncOptions } from './actions.js';
export type { AsyncActionWebhook, WaitForActionOptions } from './wait-for-action-result.js';
