import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { hasScope } from '../auth/has-scope.js';
import { data } from '../base/formats.js';
import { removeConnection } from '../connections/save-connection.js';
import type { EmulatorContext } from '../context.js';
import { InvalidBodyError } from '../errors/coded-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { deployDefined } from '../functions/deploy.js';
import type { Routes } from '../http/routes.js';
import type { Provider } from '../providers/provider.js';
import type { Environment } from '../state/environment.js';
import { findIntegration } from '../state/look-up.js';
import { checkIntegrationConfig } from './check-integration-config.js';
import type { IntegrationCredentials, IntegrationRow } from './integration-row.js';
import {
    createIntegrationBody,
    getIntegrationQuery,
    integration,
    integrationParams,
    quickstartBody,
    updateIntegrationBody,
} from './integration-schemas.js';
import { presentIntegration } from './present-integration.js';

const scope = (name: string) => `environment:integrations:${name}`;

/** Auth modes whose integrations need credentials of their own (contract 6.4). */
const needsCredentials = new Set(['OAUTH1', 'OAUTH2', 'APP', 'CUSTOM']);
/** Auth modes that a shared developer app can serve (contract 6.5). */
const quickstartModes = new Set(['OAUTH1', 'OAUTH2', 'APP']);

/** Integrations (contract 6). */
export function registerIntegrations(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'get',
            path: '/integrations',
            operation: 'listIntegrations',
            contract: '6.2',
            summary: 'List integrations',
            auth: { kind: 'sessionOrKey', scopes: [scope('list'), scope('list_credentials')] },
            success: { 200: data(z.array(integration)) },
        },
        ({ auth, environment }) => {
            const allowed = auth?.kind === 'session' ? auth.session.allowedIntegrations : null;
            const rows = environment.integrations
                .filter((row) => !allowed || allowed.includes(row.uniqueKey))
                .sort((a, b) =>
                    a.provider < b.provider ? -1 : a.provider > b.provider ? 1 : a.createdAt - b.createdAt || a.id - b.id,
                );
            return { data: rows.map((row) => presentIntegration(context, environment, row)) };
        },
    );

    routes.add(
        {
            method: 'get',
            path: '/integrations/:uniqueKey',
            operation: 'getIntegration',
            contract: '6.3',
            summary: 'Get an integration',
            auth: keyWith(scope('read'), scope('read_credentials')),
            query: getIntegrationQuery,
            params: integrationParams,
            success: { 200: data(integration) },
            errors: { 404: ['not_found'] },
        },
        ({ auth, environment, params, query }) => {
            const include = [query.include ?? []].flat();
            const row = findIntegration(environment, params.uniqueKey, 'not-found');
            return {
                data: presentIntegration(context, environment, row, {
                    webhook: include.includes('webhook'),
                    credentials: include.includes('credentials') && hasScope(auth?.scopes ?? [], scope('read_credentials')),
                }),
            };
        },
    );

    routes.add(
        {
            method: 'post',
            path: '/integrations',
            operation: 'createIntegration',
            contract: '6.4',
            summary: 'Create an integration',
            auth: keyWith(scope('create')),
            body: createIntegrationBody,
            success: { 200: data(integration) },
        },
        ({ environment, body }) => {
            const provider = knownProvider(body.provider);
            if (body.credentials && body.credentials.type !== provider.auth_mode) {
                throw new InvalidBodyError(`The credentials must be of type ${provider.auth_mode}, as the provider's are.`);
            }
            if (!body.credentials && needsCredentials.has(provider.auth_mode)) {
                throw new InvalidBodyError(`The provider needs credentials of type ${provider.auth_mode}.`);
            }
            refuseTakenKey(environment, body.unique_key);
            // Without integration_config the integration is made all the same: what it lacks can be set later.
            const integrationConfig = isFilled(body.integration_config)
                ? checkIntegrationConfig(provider, body.integration_config)
                : {};
            refuseCustom(provider, body.custom);
            const row = create(environment, body, {
                credentials: body.credentials ?? null,
                integrationConfig,
                custom: body.custom ?? {},
            });
            return { data: presentIntegration(context, environment, row) };
        },
    );

    routes.add(
        {
            method: 'post',
            path: '/integrations/quickstart',
            operation: 'createQuickstartIntegration',
            contract: '6.5',
            summary: "Create an integration on Nango's shared developer app",
            auth: keyWith(scope('create')),
            body: quickstartBody,
            success: { 200: data(integration) },
        },
        ({ environment, body }) => {
            const provider = knownProvider(body.provider);
            if (!quickstartModes.has(provider.auth_mode)) {
                throw new InvalidBodyError(`There is no shared developer app for providers of type ${provider.auth_mode}.`);
            }
            if (!environment.settings.sharedCredentials.includes(body.provider)) {
                throw new InvalidBodyError(
                    `There are no shared credentials for ${body.provider}. Name it in the environment's setting shared_credentials.`,
                );
            }
            refuseTakenKey(environment, body.unique_key);
            const row = create(environment, body, { credentials: { type: provider.auth_mode }, sharedCredentials: true });
            return { data: presentIntegration(context, environment, row) };
        },
    );

    routes.add(
        {
            method: 'patch',
            path: '/integrations/:uniqueKey',
            operation: 'updateIntegration',
            contract: '6.6',
            summary: 'Change an integration',
            auth: keyWith(scope('update')),
            body: updateIntegrationBody,
            params: integrationParams,
            success: { 200: data(integration) },
            errors: { 404: ['not_found'] },
        },
        ({ environment, body, params }) => {
            const row = findIntegration(environment, params.uniqueKey, 'not-found');
            const provider = context.providers.get(row.provider);
            if (body.credentials && body.credentials.type !== provider?.auth_mode) {
                throw new InvalidBodyError(`The credentials must be of type ${provider?.auth_mode}, as the provider's are.`);
            }
            refuseCustom(provider, body.custom);
            const config =
                provider && isFilled(body.integration_config)
                    ? checkIntegrationConfig(provider, body.integration_config, row.integrationConfig)
                    : row.integrationConfig;
            if (body.unique_key !== undefined && body.unique_key !== row.uniqueKey) rename(environment, row, body.unique_key);
            if (body.display_name !== undefined) row.displayName = body.display_name;
            if (body.forward_webhooks !== undefined) row.forwardWebhooks = body.forward_webhooks;
            if (body.credentials) {
                row.credentials = mergeCredentials(row.credentials, body.credentials);
                row.sharedCredentials = false;
            }
            row.integrationConfig = config;
            row.custom = { ...row.custom, ...body.custom };
            row.updatedAt = context.clock.now();
            context.changed();
            return { data: presentIntegration(context, environment, row) };
        },
    );

    routes.add(
        {
            method: 'delete',
            path: '/integrations/:uniqueKey',
            operation: 'deleteIntegration',
            contract: '6.7',
            summary: 'Delete an integration with its connections',
            auth: keyWith(scope('delete')),
            params: integrationParams,
            success: { 200: z.strictObject({ success: z.literal(true) }) },
            errors: { 404: ['not_found'] },
        },
        ({ environment, params }) => {
            const row = findIntegration(environment, params.uniqueKey, 'not-found');
            for (const connection of environment.connections.ofIntegration(row.uniqueKey)) {
                removeConnection(context, environment, connection);
            }
            environment.functions.deleteWhere((deployed) => deployed.integrationId === row.uniqueKey);
            environment.integrations.delete(row.uniqueKey);
            context.changed();
            return { success: true };
        },
    );

    function knownProvider(name: string): Provider {
        const provider = context.providers.get(name);
        if (provider) return provider;
        throw new ValidationError('body', [
            { code: 'invalid_string', message: `There is no provider ${name}.`, path: ['provider'] },
        ]);
    }

    function create(
        environment: Environment,
        body: z.output<typeof quickstartBody>,
        more: Partial<IntegrationRow> & { credentials: IntegrationCredentials | null },
    ): IntegrationRow {
        const now = context.clock.now();
        const row = environment.integrations.set({
            id: context.ids.number('integration'),
            uniqueKey: body.unique_key,
            provider: body.provider,
            displayName: body.display_name ?? null,
            forwardWebhooks: body.forward_webhooks ?? true,
            sharedCredentials: false,
            integrationConfig: {},
            custom: {},
            createdAt: now,
            updatedAt: now,
            ...more,
        });
        deployDefined(context, environment, row.uniqueKey);
        context.changed();
        return row;
    }
}

function refuseTakenKey(environment: Environment, uniqueKey: string): void {
    if (!environment.integrations.has(uniqueKey)) return;
    // The path is in camel case, unlike the field (contract 6.4).
    throw new ValidationError('body', [{ code: 'invalid_string', message: 'This unique key is taken.', path: ['uniqueKey'] }]);
}

function rename(environment: Environment, row: IntegrationRow, uniqueKey: string): void {
    if (environment.integrations.has(uniqueKey)) throw new InvalidBodyError('This unique key is taken.');
    if (environment.connections.ofIntegration(row.uniqueKey).length > 0) {
        throw new InvalidBodyError('An integration that has connections can not be renamed.');
    }
    const deployed = environment.functions.filter((fn) => fn.integrationId === row.uniqueKey);
    environment.functions.deleteWhere((fn) => fn.integrationId === row.uniqueKey);
    for (const fn of deployed) environment.functions.set({ ...fn, integrationId: uniqueKey });
    environment.integrations.delete(row.uniqueKey);
    row.uniqueKey = uniqueKey;
    environment.integrations.set(row);
}

const isFilled = <T extends object>(values: T | undefined): values is T => values !== undefined && Object.keys(values).length > 0;

function refuseCustom(provider: Provider | undefined, custom: Record<string, string> | undefined): void {
    if (!isFilled(custom) || !provider?.integration_config) return;
    throw new InvalidBodyError('This provider takes integration_config, not custom.');
}

/** An empty webhook secret removes the one that is there; one that is not sent stays. */
function mergeCredentials(known: IntegrationCredentials | null, sent: IntegrationCredentials): IntegrationCredentials {
    const webhookSecret = sent.webhook_secret === undefined ? known?.webhook_secret : sent.webhook_secret || undefined;
    return { ...sent, webhook_secret: webhookSecret };
}
