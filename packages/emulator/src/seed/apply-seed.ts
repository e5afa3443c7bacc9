import type { z } from 'zod';
import { nearest, suggestion } from '../base/nearest.js';
import { readGiven } from '../base/read-given.js';
import { keepCredentials } from '../connections/connection-credentials.js';
import type { ConnectionCredentials } from '../connections/connection-row.js';
import { importedCredentials } from '../connections/connection-schemas.js';
import { connectionTags, toEndUser } from '../connections/end-user-tags.js';
import { saveConnection } from '../connections/save-connection.js';
import type { EmulatorContext } from '../context.js';
import { deployDefined } from '../functions/deploy.js';
import { deployDescribed } from '../functions/deploy-described.js';
import { RecordTable } from '../records/record-table.js';
import type { Environment } from '../state/environment.js';
import { nextRecordUuid } from '../syncs/run-sync.js';
import { addKey } from './initial-state.js';
import { type seedConnection, type seedKey, type seedRecords, seedSchema, type seedSettings } from './seed.js';
import { refusal, SeedError } from './seed-error.js';

/**
 * Add what a seed holds to the first environment. Nothing is sent: no webhook reports seeded connections.
 * @throws SeedError naming every place that is wrong; nothing is changed then, except when a later part names an earlier one wrongly
 */
export function applySeed(context: EmulatorContext, seed: unknown): void {
    if (typeof seed === 'string')
        throw new SeedError('seed', [{ path: '', message: 'is a text; give what JSON.parse makes of it' }]);
    const given = readGiven(seedSchema, seed);
    if (given.issues) throw refusal('seed', given.issues);
    const { environment: settings, keys = [], integrations = [], connections = [], functions = [], records = [] } = given.data;
    const { environment } = context.store;
    const meant = (provider: string) => suggestion(provider, [...context.providers.keys()]);
    const keysOfIntegrations = [
        ...environment.integrations.all().map(({ uniqueKey }) => uniqueKey),
        ...integrations.map(({ unique_key }) => unique_key),
    ];
    const meantKey = (key: string) => suggestion(key, keysOfIntegrations);
    const issues = [
        ...integrations.flatMap(({ provider }, index) =>
            context.providers.has(provider)
                ? []
                : [{ path: `integrations.${index}.provider`, message: `no provider "${provider}"${meant(provider)}` }],
        ),
        ...connections.flatMap(({ provider_config_key: key }, index) =>
            environment.integrations.has(key) || integrations.some(({ unique_key }) => unique_key === key)
                ? []
                : [{ path: `connections.${index}.provider_config_key`, message: `no integration "${key}"${meantKey(key)}` }],
        ),
        // Functions may be there before their integration; a name that is nearly one of the integrations is a mistake.
        ...functions.flatMap(({ integration }, index) =>
            keysOfIntegrations.includes(integration) || nearest(integration, keysOfIntegrations) === undefined
                ? []
                : [
                      {
                          path: `functions.${index}.integration`,
                          message: `no integration "${integration}"${meantKey(integration)}`,
                      },
                  ],
        ),
        ...(settings?.shared_credentials ?? []).flatMap((provider, index) =>
            context.providers.has(provider)
                ? []
                : [{ path: `environment.shared_credentials.${index}`, message: `no provider "${provider}"${meant(provider)}` }],
        ),
        ...twice('integrations', integrations, ({ unique_key }) => unique_key),
        ...twice('connections', connections, ({ provider_config_key: key, connection_id: id }) => id && `${key} ${id}`),
        ...twice('functions', functions, ({ integration, type, name, event = '' }) => `${integration} ${type} ${name} ${event}`),
    ];
    if (issues.length > 0) throw new SeedError('seed', issues);

    if (settings) applySettings(environment, settings);
    for (const key of keys) applyKey(context, environment, key);
    for (const body of integrations) {
        const now = context.clock.now();
        const known = environment.integrations.get(body.unique_key);
        environment.integrations.set({
            id: known?.id ?? context.ids.number('integration'),
            uniqueKey: body.unique_key,
            provider: body.provider,
            displayName: body.display_name ?? null,
            forwardWebhooks: body.forward_webhooks ?? true,
            credentials: body.credentials ?? null,
            sharedCredentials: false,
            integrationConfig: body.integration_config ?? {},
            custom: body.custom ?? {},
            createdAt: known?.createdAt ?? now,
            updatedAt: now,
        });
    }
    for (const fn of functions) deployDescribed(context, environment, fn);
    for (const connection of connections) applyConnection(context, environment, connection);
    records.forEach((entry, index) => {
        applyRecords(context, environment, entry, `records.${index}`);
    });
    for (const { unique_key } of integrations) deployDefined(context, environment, unique_key);
    context.changed();
}

/** A second one of a name would silently take the place of the first. */
function twice<T>(list: string, items: readonly T[], nameOf: (item: T) => string | undefined) {
    const names = items.map(nameOf);
    return names.flatMap((name, index) => {
        const first = name ? names.indexOf(name) : index;
        return first === index ? [] : [{ path: `${list}.${index}`, message: `is there twice, also as ${list}.${first}` }];
    });
}

/** Change an environment's settings; what is not given stays. */
export function applySettings(environment: Environment, given: z.output<typeof seedSettings>): void {
    const { settings } = environment;
    if (given.name !== undefined) settings.name = given.name;
    if (given.is_production !== undefined) settings.isProduction = given.is_production;
    if (given.callback_url !== undefined) settings.callbackUrl = given.callback_url;
    if (given.webhook_url !== undefined) settings.webhookUrl = given.webhook_url;
    if (given.webhook_url_secondary !== undefined) settings.webhookUrlSecondary = given.webhook_url_secondary;
    if (given.webhook_signing_key !== undefined) settings.webhookSigningKey = given.webhook_signing_key;
    for (const [name, value] of Object.entries(given.webhooks ?? {})) {
        if (value !== undefined) settings.webhooks[name as keyof typeof settings.webhooks] = value;
    }
    if (given.variables) {
        settings.variables = Array.isArray(given.variables)
            ? given.variables
            : Object.entries(given.variables).map(([name, value]) => ({ name, value }));
    }
    if (given.webhook_breaker !== undefined) settings.webhookBreaker = given.webhook_breaker;
    if (given.shared_credentials) settings.sharedCredentials = [...given.shared_credentials];
    const { connections, sync_variants, docs_connect_override } = given.plan ?? {};
    if (connections !== undefined) settings.plan.connections = connections;
    if (sync_variants !== undefined) settings.plan.syncVariants = sync_variants;
    if (docs_connect_override !== undefined) settings.plan.docsConnectOverride = docs_connect_override;
}

/** Add a key; one of the same secret gets the new scopes. */
export function applyKey(context: EmulatorContext, environment: Environment, key: z.output<typeof seedKey>) {
    const kind = key.kind ?? 'environment';
    const scopes = key.scopes ?? [kind === 'account' ? 'account:*' : 'environment:*'];
    const environmentId = kind === 'account' ? null : environment.settings.id;
    return addKey(context, kind, key.secret ?? context.ids.uuid(), scopes, key.display_name ?? 'seeded', environmentId);
}

function applyConnection(context: EmulatorContext, environment: Environment, entry: z.output<typeof seedConnection>): void {
    const integration = environment.integrations.get(entry.provider_config_key);
    if (!integration) return;
    const imported = importedCredentials.safeParse(entry.credentials);
    const credentials: ConnectionCredentials = imported.success ? keepCredentials(imported.data) : { ...entry.credentials };
    // A seed may say more than an import can: what the provider answered, a combined GitHub form …
    if ('raw' in entry.credentials) credentials.raw = entry.credentials.raw;
    saveConnection(context, environment, {
        integration,
        connectionId: entry.connection_id,
        credentials,
        connectionConfig: entry.connection_config ?? {},
        metadata: entry.metadata ?? {},
        endUser: toEndUser(entry.end_user, entry.organization),
        tags: connectionTags(entry.end_user, entry.organization, entry.tags),
        webhookUrlOverride: entry.webhook_url_override || null,
        silent: true,
    });
}

/** Save and delete records of one model, as one run of a sync would. @throws SeedError when there is no such connection */
export function applyRecords(
    context: EmulatorContext,
    environment: Environment,
    entry: z.output<typeof seedRecords>,
    path = 'records',
): { added: number; updated: number; deleted: number } {
    const connection = environment.connections.get(entry.provider_config_key, entry.connection_id);
    if (!connection) {
        throw new SeedError('seed', [{ path: `${path}.connection_id`, message: `no connection "${entry.connection_id}"` }]);
    }
    const model = environment.records.open(connection.id, RecordTable.storedName(entry.model, entry.variant));
    const counts = model.save(entry.save ?? [], context.clock.micros(), () => nextRecordUuid(context));
    if (entry.delete) counts.deleted = model.markDeleted(entry.delete.map(String), context.clock.micros());
    context.changed();
    return counts;
}
