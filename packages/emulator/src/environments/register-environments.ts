import { z } from 'zod';
import { keyWith, type RouteAuth } from '../auth/auth-result.js';
import { zuluDate } from '../base/dates.js';
import { data } from '../base/formats.js';
import type { EmulatorContext } from '../context.js';
import { CodedError, NotFoundError } from '../errors/coded-error.js';
import { Reply, type Routes } from '../http/routes.js';
import { addKey } from '../seed/initial-state.js';
import { Environment } from '../state/environment.js';
import {
    createdKey,
    createEnvironmentBody,
    createKeyBody,
    deleteKeyBody,
    emptyBody,
    environmentParams,
    variables,
} from './environment-schemas.js';

const account = (name: string): RouteAuth => ({ kind: 'account', scopes: [`account:environments:${name}`] });

/** Environment variables, and what account keys manage (contract 12). */
export function registerEnvironments(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'get',
            path: '/environment-variables',
            operation: 'getEnvironmentVariables',
            contract: '12',
            summary: 'List the environment variables',
            auth: keyWith('environment:variables:read'),
            body: emptyBody,
            success: { 200: variables },
        },
        ({ environment }) => environment.settings.variables,
    );

    routes.add(
        {
            method: 'post',
            path: '/environment/webhook-signing-key/rotate',
            operation: 'rotateWebhookSigningKey',
            contract: '12',
            summary: 'Replace the webhook signing key',
            auth: keyWith('environment:webhook_signing_key:rotate'),
            success: { 200: data(z.strictObject({ webhook_signing_key: z.string() })) },
        },
        ({ environment }) => {
            environment.settings.webhookSigningKey = context.ids.uuid();
            return { data: { webhook_signing_key: environment.settings.webhookSigningKey } };
        },
    );

    routes.add(
        {
            method: 'post',
            path: '/environments',
            operation: 'createEnvironment',
            contract: '12',
            summary: 'Create an environment',
            auth: account('create'),
            body: createEnvironmentBody,
            success: { 200: data(z.strictObject({ id: z.number(), name: z.string() })) },
            errors: { 409: ['conflict'] },
        },
        ({ body }) => {
            if (context.store.environments().some(({ settings }) => settings.name === body.name)) {
                throw new CodedError(409, 'conflict', 'There is an environment of this name.');
            }
            const { plan, webhooks, webhookBreaker, sharedCredentials } = context.store.environment.settings;
            const { settings } = context.store.addEnvironment(
                new Environment({
                    id: context.ids.number('environment'),
                    uuid: context.ids.uuid(),
                    name: body.name,
                    isProduction: body.is_production ?? false,
                    callbackUrl: body.callback_url ?? null,
                    webhookUrl: null,
                    webhookUrlSecondary: null,
                    webhookSigningKey: context.ids.uuid(),
                    webhooks: { ...webhooks },
                    variables: [],
                    plan: { ...plan },
                    webhookBreaker,
                    sharedCredentials: [...sharedCredentials],
                }),
            );
            return { data: { id: settings.id, name: settings.name } };
        },
    );

    routes.add(
        {
            method: 'delete',
            path: '/environments/:environmentId',
            operation: 'deleteEnvironment',
            contract: '12',
            summary: 'Delete an environment that is not the production one',
            auth: account('delete'),
            params: environmentParams,
            success: { 204: null },
            errors: { 400: ['cannot_delete_prod_environment'], 404: ['not_found'] },
        },
        ({ params }) => {
            const { settings } = find(params.environmentId);
            // The emulator's own environment stays: its key and its seed belong to it.
            if (settings.isProduction || settings.id === context.store.environment.settings.id) {
                throw new CodedError(400, 'cannot_delete_prod_environment', 'This environment can not be deleted.');
            }
            context.store.removeEnvironment(params.environmentId);
            return new Reply(204, null);
        },
    );

    routes.add(
        {
            method: 'post',
            path: '/environment/api-keys',
            operation: 'createApiKey',
            contract: '12',
            summary: 'Create an API key of an environment',
            auth: account('api_keys:create'),
            body: createKeyBody,
            success: { 200: data(createdKey) },
            errors: { 404: ['not_found'] },
        },
        ({ body }) => {
            find(body.environment_id);
            const secret = context.ids.uuid();
            const key = addKey(context, 'environment', secret, ['environment:*'], body.display_name, body.environment_id);
            const { id, display_name, scopes } = key;
            return { data: { id, display_name, scopes, secret, created_at: zuluDate(key.createdAt) } };
        },
    );

    routes.add(
        {
            method: 'delete',
            path: '/environment/api-keys',
            operation: 'deleteApiKey',
            contract: '12',
            summary: 'Delete an API key of an environment',
            auth: account('api_keys:delete'),
            body: deleteKeyBody,
            success: { 200: z.strictObject({ success: z.literal(true) }) },
            errors: { 404: ['not_found'] },
        },
        ({ body }) => {
            const removed = context.store.keys.deleteWhere(
                (key) => key.id === body.key_id && key.environmentId === body.environment_id,
            );
            if (removed === 0) throw new NotFoundError('There is no key of this id in the environment.');
            return { success: true };
        },
    );

    function find(id: number): Environment {
        const environment = context.store.environmentById(id);
        if (!environment) throw new NotFoundError(`There is no environment ${id}.`);
        return environment;
    }
}
