import type { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { zuluDate } from '../base/dates.js';
import { data } from '../base/formats.js';
import { connectionTags, toEndUser } from '../connections/end-user-tags.js';
import type { EmulatorContext } from '../context.js';
import { emptyBody } from '../environments/environment-schemas.js';
import { CodedError, ForbiddenError } from '../errors/coded-error.js';
import { ValidationError, type ValidationIssue } from '../errors/validation-error.js';
import { Reply, type Routes } from '../http/routes.js';
import type { Environment } from '../state/environment.js';
import { findConnection } from '../state/look-up.js';
import type { ConnectSessionRow } from './session-row.js';
import { createdSession, createSessionBody, reconnectSessionBody, sessionDetails } from './session-schemas.js';

/** A session lives this long (contract 15.1). */
const lifetimeMs = 30 * 60 * 1000;
const auth = keyWith('environment:connect_sessions:write');

type Shared = Omit<z.output<typeof createSessionBody>, 'allowed_integrations'>;

/** Connect sessions: created with an API key, read and ended with their own token (contract 15.1–15.4). */
export function registerConnectSessions(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'post',
            path: '/connect/sessions',
            operation: 'createConnectSession',
            contract: '15.1',
            summary: 'Create a session in which an end user can connect',
            auth,
            body: createSessionBody,
            success: { 201: data(createdSession) },
            errors: { 400: ['resource_capped'] },
        },
        ({ environment, body }) => {
            const unknown = [
                ...(body.allowed_integrations ?? []).map((key, index) => ({
                    key,
                    path: ['allowed_integrations', String(index)],
                })),
                ...namedIntegrations(body),
            ];
            refuseUnknown(environment, unknown);
            refuseOverrides(environment, body);
            const { connections: cap } = environment.settings.plan;
            if (cap !== null && environment.connections.size >= cap) {
                throw new CodedError(400, 'resource_capped', 'The plan allows no more connections.');
            }
            const allowed = body.allowed_integrations ?? [];
            return open(environment, body, { allowedIntegrations: allowed.length > 0 ? allowed : null, reconnect: null });
        },
    );

    routes.add(
        {
            method: 'post',
            path: '/connect/sessions/reconnect',
            operation: 'createReconnectSession',
            contract: '15.2',
            summary: 'Create a session in which an end user gives a connection new credentials',
            auth,
            body: reconnectSessionBody,
            success: { 201: data(createdSession) },
        },
        ({ environment, body }) => {
            const { connection_id: connectionId, integration_id: integrationId } = body;
            findConnection(environment, integrationId, connectionId, 'invalid-body');
            refuseUnknown(environment, namedIntegrations(body));
            refuseOverrides(environment, body);
            return open(environment, body, { allowedIntegrations: [integrationId], reconnect: { connectionId, integrationId } });
        },
    );

    routes.add(
        {
            method: 'get',
            path: '/connect/session',
            operation: 'getConnectSession',
            contract: '15.3',
            summary: 'Read the session of the token',
            auth: { kind: 'session' },
            body: emptyBody,
            success: { 200: data(sessionDetails) },
        },
        ({ auth, environment }) => {
            if (auth?.kind !== 'session') return undefined;
            const { session } = auth;
            const { reconnect } = session;
            const known = reconnect && environment.connections.get(reconnect.integrationId, reconnect.connectionId);
            const details: z.output<typeof sessionDetails> = {
                // Reconnecting is up to whom the connection belongs to.
                endUser: known?.endUser ?? session.endUser,
                connectUISettings: {
                    theme: { light: { primary: '#00B2E3' }, dark: { primary: '#00B2E3' } },
                    defaultTheme: 'system',
                    showWatermark: true,
                },
                ...(session.allowedIntegrations ? { allowed_integrations: session.allowedIntegrations } : {}),
                ...(session.integrationsConfigDefaults
                    ? { integrations_config_defaults: withoutUserScopes(session.integrationsConfigDefaults) }
                    : {}),
                ...(session.reconnect ? { isReconnecting: true as const } : {}),
                ...(session.overrides ? { overrides: session.overrides } : {}),
                websocketsPath: '/',
            };
            return { data: details };
        },
    );

    routes.add(
        {
            method: 'delete',
            path: '/connect/session',
            operation: 'deleteConnectSession',
            contract: '15.4',
            summary: 'End the session of the token',
            auth: { kind: 'session' },
            body: emptyBody,
            success: { 204: null },
        },
        ({ auth, environment }) => {
            if (auth?.kind === 'session') environment.sessions.delete(auth.session.token);
            context.changed();
            return new Reply(204, null);
        },
    );

    function open(
        environment: Environment,
        body: Shared,
        more: Pick<ConnectSessionRow, 'allowedIntegrations' | 'reconnect'>,
    ): Reply {
        const now = context.clock.now();
        const { defaults, webhookUrl } = withoutWebhookUrls(body.integrations_config_defaults);
        environment.sessions.deleteWhere((session) => session.expiresAt <= now);
        const session = environment.sessions.set({
            id: context.ids.number('session'),
            token: `nango_connect_session_${context.ids.hex(64)}`,
            createdAt: now,
            expiresAt: now + lifetimeMs,
            endUser: toEndUser(body.end_user, body.organization),
            tags: connectionTags(body.end_user, body.organization, body.tags),
            integrationsConfigDefaults: defaults,
            overrides: body.overrides ?? null,
            webhookUrlOverride: (body.webhook_url_override ?? webhookUrl) || null,
            ...more,
        });
        context.changed();
        return new Reply(201, {
            data: {
                token: session.token,
                connect_link: `${context.connectUrl()}?session_token=${session.token}`,
                expires_at: zuluDate(session.expiresAt),
            },
        });
    }
}

function namedIntegrations(body: Shared): { key: string; path: string[] }[] {
    return (['integrations_config_defaults', 'overrides'] as const).flatMap((field) =>
        Object.keys(body[field] ?? {}).map((key) => ({ key, path: [field, key] })),
    );
}

function refuseUnknown(environment: Environment, named: { key: string; path: string[] }[]): void {
    const issues = named
        .filter(({ key }) => !environment.integrations.has(key))
        .map(({ path }): ValidationIssue => ({ code: 'custom', message: 'There is no such integration.', path }));
    if (issues.length > 0) throw new ValidationError('body', issues);
}

function refuseOverrides(environment: Environment, body: Shared): void {
    if (environment.settings.plan.docsConnectOverride) return;
    if (!Object.values(body.overrides ?? {}).some(({ docs_connect }) => docs_connect)) return;
    throw new ForbiddenError('The plan does not allow another documentation link.');
}

/** `connection_config.webhook_url` is taken out; the first that is not empty counts as the session's (contract 15.1). */
function withoutWebhookUrls(defaults: Shared['integrations_config_defaults']): {
    defaults: ConnectSessionRow['integrationsConfigDefaults'];
    webhookUrl: string | null;
} {
    if (!defaults) return { defaults: null, webhookUrl: null };
    let webhookUrl: string | null = null;
    const cleaned = Object.entries(defaults).map(([key, value]) => {
        if (!value.connection_config) return [key, value] as const;
        const { webhook_url, ...connection_config } = value.connection_config;
        webhookUrl ??= webhook_url || null;
        // It takes the object with it when nothing else was in there.
        if (webhook_url !== undefined && Object.keys(connection_config).length === 0) {
            const { connection_config: _, ...rest } = value;
            return [key, rest] as const;
        }
        return [key, { ...value, connection_config }] as const;
    });
    return { defaults: Object.fromEntries(cleaned), webhookUrl };
}

const withoutUserScopes = (defaults: NonNullable<ConnectSessionRow['integrationsConfigDefaults']>) =>
    Object.fromEntries(Object.entries(defaults).map(([key, { user_scopes: _, ...shown }]) => [key, shown]));
