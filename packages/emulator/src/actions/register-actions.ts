import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { CodedError, NotFoundError } from '../errors/coded-error.js';
import { ContractError } from '../errors/contract-error.js';
import { Reply, type Routes } from '../http/routes.js';
import type { Environment } from '../state/environment.js';
import { findConnection, functionOf } from '../state/look-up.js';
import { actionFailureStatus } from './action-error.js';
import { actionHeaders, actionParams, queuedAction, triggerActionBody } from './action-schemas.js';

const scope = keyWith('environment:actions:execute');
const failures = Object.entries(actionFailureStatus).reduce<Record<number, string[]>>((byStatus, [code, status]) => {
    byStatus[status] = [...(byStatus[status] ?? []), code];
    return byStatus;
}, {});

/** Actions, run at once or in the queue (contract 13.1, 13.2). */
export function registerActions(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'post',
            path: '/action/trigger',
            operation: 'triggerAction',
            contract: '13.1',
            summary: 'Run an action; with X-Async, put it into the queue',
            auth: scope,
            headers: actionHeaders,
            body: triggerActionBody,
            order: ['headers', 'query', 'body'],
            success: { 200: z.unknown(), 202: queuedAction },
            errors: {
                ...failures,
                400: [...(failures[400] ?? []), 'unknown_connection'],
                404: ['not_found', 'disabled_resource'],
            },
        },
        ({ environment, headers, body }) => triggerAction(context, environment, headers, body),
    );

    routes.add(
        {
            method: 'get',
            path: '/action/:id',
            operation: 'getAsyncActionResult',
            contract: '13.2',
            summary: 'Get the output of an action from the queue; 404 until it is there',
            auth: scope,
            query: 'any',
            params: actionParams,
            success: { 200: z.unknown() },
            errors: { ...failures, 404: ['not_found'] },
        },
        ({ environment, params }) => {
            const action = environment.actions.get(params.id.toLowerCase());
            if (action?.state === 'failed' && action.failure) throw new ContractError(action.failure.status, action.failure.body);
            // Unknown, still queued or running, and an output of null look the same (contract 13.2).
            if (action?.state !== 'succeeded' || action.output === null)
                throw new NotFoundError('There is no output of this action.');
            return action.output;
        },
    );
}

/** Run an action at once, or queue it (contract 13.1). */
export async function triggerAction(
    context: EmulatorContext,
    environment: Environment,
    headers: z.output<typeof actionHeaders>,
    { action_name: name, input }: z.output<typeof triggerActionBody>,
): Promise<Reply> {
    const connection = findConnection(environment, headers['provider-config-key'], headers['connection-id'], 'unknown-400');
    const row = functionOf(environment, 'action', { integrationId: connection.providerConfigKey, name });
    if (!row) throw new NotFoundError(`There is no action ${name}.`);
    if (!row.enabled) throw new CodedError(404, 'disabled_resource', `The action ${name} is disabled.`);
    if (!headers['x-async']) return new Reply(200, await context.actions.run(connection, name, input));
    const { id } = context.actions.enqueue(environment, connection, name, input, Math.floor(headers['x-max-retries']));
    const statusUrl = `/action/${id}`;
    return new Reply(202, { id, statusUrl }, { Location: statusUrl });
}
