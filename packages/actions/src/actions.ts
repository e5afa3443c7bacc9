import { type CallOptions, Client, call, type IfUntyped, type IntegrationId, type Nameable } from '@x/core';
import { argumentError, requireId } from '@x/core/internal';
import { type AsyncActionHandle, actionId } from './action-id.js';
import * as operations from './operations.js';
import type { ActionArguments, ActionName, ActionOutput, OutputOf, WithOutput } from './typed-actions.js';
import { type AsyncActionWebhook, type WaitForActionOptions, waitForResult } from './wait-for-action-result.js';

/** Options of `triggerActionAsync`. */
export interface TriggerActionAsyncOptions extends CallOptions {
    /** How often the server runs the action again when it fails, 0 to 5. @default 0 */
    retries?: number | undefined;
}

/** Where the result of an async action will be. */
export interface AsyncActionResponse {
    id: string;
    /** `/action/<id>` */
    statusUrl: string;
}

/**
 * Actions: functions that run at Nango with a connection's credentials.
 *
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export class Actions<T = any> extends Client {
    protected static override readonly product: string = `@x/actions/${__VERSION__}`;
    declare untyped: () => Actions;

    /**
     * Runs an action and waits for its result, for up to 16 minutes. Never repeated by the client once sent, since the action may have run.
     *
     * @param providerConfigKey the integration's id
     * @param input any JSON; the server turns `0`, `''` and `false` into null
     * @returns what the action returned
     * @throws {NangoProviderError} `script_http_error`: a request of the action failed; `upstream` holds the answer
     * @throws {NangoApiError} the action failed otherwise; `code` says how, `payload` holds the data of the author's own error
     * @throws {NangoNotFoundError} unknown action, connection or integration, or a disabled action
     * @example
     * ```ts
     * const input = { title: 'Printer on fire' };
     * const { id } = await nango.triggerAction<typeof input, { id: string }>('zendesk', 'user-1', 'create-ticket', input);
     * ```
     * @see docs/run-actions.md
     */
    triggerAction<
        In extends Nameable<T, unknown> = Nameable<T, unknown>,
        Out extends Nameable<T, unknown> = Nameable<T, object>,
        I extends IntegrationId<T> = IntegrationId<T>,
        A extends ActionName<T, I> = ActionName<T, I>,
    >(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string,
        actionName: IfUntyped<T, string, A>,
        ...inputAndOptions: ActionArguments<T, In, I, A>
    ): Promise<IfUntyped<T, Out, ActionOutput<T, I, A>>>;
    async triggerAction(
        providerConfigKey: string,
        connectionId: string,
        actionName: string,
        input?: unknown,
        options?: CallOptions,
    ): Promise<unknown> {
        return call(this, operations.triggerAction, {
            ...actionInput(providerConfigKey, connectionId, actionName, input, 'triggerAction'),
            options,
        });
    }

    /**
     * Queues an action and returns at once. The async actions of an environment run one after another. Get the result with {@link
     * Actions.waitForActionResult}.
     *
     * @param providerConfigKey the integration's id
     * @param input any JSON; the server turns `0`, `''` and `false` into null
     * @param options `retries` has the server repeat a failed run up to 5 times
     * @throws {NangoNotFoundError} unknown action, connection or integration, or a disabled action
     * @example
     * ```ts
     * const queued = await nango.triggerActionAsync('zendesk', 'user-1', 'import-tickets', { since: '2026-01-01' }, { retries: 3 });
     * ```
     * @see docs/run-actions.md
     */
    triggerActionAsync<
        In extends Nameable<T, unknown> = Nameable<T, unknown>,
        I extends IntegrationId<T> = IntegrationId<T>,
        A extends ActionName<T, I> = ActionName<T, I>,
    >(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string,
        actionName: IfUntyped<T, string, A>,
        ...inputAndOptions: ActionArguments<T, In, I, A, TriggerActionAsyncOptions>
    ): Promise<IfUntyped<T, AsyncActionResponse, AsyncActionResponse & WithOutput<ActionOutput<T, I, A>>>>;
    async triggerActionAsync(
        providerConfigKey: string,
        connectionId: string,
        actionName: string,
        input?: unknown,
        options?: TriggerActionAsyncOptions,
    ): Promise<AsyncActionResponse> {
        const { headers, body } = actionInput(providerConfigKey, connectionId, actionName, input, 'triggerActionAsync');
        const { retries, ...rest } = options ?? {};
        const asynchronous = { ...headers, 'x-async': 'true', 'x-max-retries': maxRetries(retries) };
        return call(this, operations.triggerActionAsync, { headers: asynchronous, body, options: options && rest });
    }

    /**
     * Reads the result of an async action once. {@link Actions.waitForActionResult} waits until there is one.
     *
     * @param props what `triggerActionAsync` returned, or its `id` or `statusUrl` alone
     * @throws {NangoNotFoundError} `not_found`: it has not ended, is unknown, or returned null
     * @throws {NangoApiError} the action's own failure, as `triggerAction` would have thrown it
     * @example
     * ```ts
     * const { id } = await nango.triggerActionAsync('zendesk', 'user-1', 'import-tickets');
     * const report = await nango.getAsyncActionResult<{ imported: number }>({ id });
     * ```
     * @see docs/run-actions.md
     */
    getAsyncActionResult<
        Out extends Nameable<T, unknown> = Nameable<T, unknown>,
        H extends AsyncActionHandle = AsyncActionHandle,
    >(props: IfUntyped<T, AsyncActionHandle, H>, options?: CallOptions): Promise<IfUntyped<T, Out, OutputOf<H>>>;
    async getAsyncActionResult(props: AsyncActionHandle, options?: CallOptions): Promise<unknown> {
        return call(this, operations.getAsyncActionResult, {
            path: { id: actionId(props, 'getAsyncActionResult') },
            options,
        });
    }

    /**
     * Waits for the result of an async action: polls every second at first, then less and less often. An `async_action`
     * webhook ends the wait at once: pass its event as first argument, or its promise as `webhook` when it may come while this call
     * waits. Then an action without a result gives null; without a webhook it looks like one that still runs.
     *
     * @param action what `triggerActionAsync` returned, its `id` or `statusUrl` alone, or the webhook's event
     * @throws {NangoTimeoutError} no result within `timeout`
     * @throws {NangoApiError} the action's own failure, as `triggerAction` would have thrown it
     * @example
     * ```ts
     * const queued = await nango.triggerActionAsync('zendesk', 'user-1', 'import-tickets');
     * const report = await nango.waitForActionResult<{ imported: number }>(queued, { timeout: 5 * 60_000, interval: 2_000 });
     * ```
     * @see docs/run-actions.md
     */
    waitForActionResult<
        Out extends Nameable<T, unknown> = Nameable<T, unknown>,
        H extends AsyncActionHandle | AsyncActionWebhook = AsyncActionHandle | AsyncActionWebhook,
    >(
        action: IfUntyped<T, AsyncActionHandle | AsyncActionWebhook, H>,
        options?: WaitForActionOptions,
    ): Promise<IfUntyped<T, Out, OutputOf<H>>>;
    async waitForActionResult(action: AsyncActionHandle | AsyncActionWebhook, options?: WaitForActionOptions): Promise<unknown> {
        return waitForResult(this, action, options);
    }
}

function actionInput(providerConfigKey: string, connectionId: string, actionName: string, input: unknown, operation: string) {
    const integration = requireId(providerConfigKey, 'providerConfigKey', operation);
    const connection = requireId(connectionId, 'connectionId', operation);
    return {
        headers: { 'connection-id': connection, 'provider-config-key': integration },
        body: { action_name: requireId(actionName, 'actionName', operation), input },
    };
}

function maxRetries(retries: unknown): string | undefined {
    if (retries === undefined) return undefined;
    if (typeof retries === 'number' && Number.isInteger(retries) && retries >= 0 && retries <= 5) return String(retries);
    throw argumentError('triggerActionAsync', 'retries', 'must be a whole number from 0 to 5');
}
