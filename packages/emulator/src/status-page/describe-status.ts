import { zuluDate } from '../base/dates.js';
import type { EmulatorContext } from '../context.js';
import type { Fault } from '../faults/fault.js';
import { presentSyncStatus } from '../syncs/present-sync-status.js';

const shown = 50;

/** What the status page shows. No key, token or credential is part of it. */
export function describeStatus(context: EmulatorContext) {
    const { environment } = context.store;
    const integrations = environment.integrations.all();
    const connections = environment.connections.all();
    const syncs = environment.syncs.all();
    const deliveries = context.webhooks.deliveries();
    const counts = new Map<string, number>();
    for (const { providerConfigKey } of connections) counts.set(providerConfigKey, (counts.get(providerConfigKey) ?? 0) + 1);
    return {
        origin: context.origin,
        environment: environment.settings.name,
        now: zuluDate(context.clock.now()),
        frozen: context.clock.frozen,
        rateLimit: context.limiter.settings,
        webhookUrl: environment.settings.webhookUrl,
        totals: {
            providers: context.providers.size,
            integrations: integrations.length,
            connections: connections.length,
            syncs: syncs.length,
            requests: context.requests.total,
            deliveries: deliveries.length,
        },
        integrations: integrations.slice(0, shown).map((row) => ({
            key: row.uniqueKey,
            provider: row.provider,
            name: row.displayName ?? context.providers.get(row.provider)?.display_name ?? row.provider,
            mode: context.providers.get(row.provider)?.auth_mode ?? 'unknown',
            connections: counts.get(row.uniqueKey) ?? 0,
            functions: environment.functions.filter((fn) => fn.integrationId === row.uniqueKey).length,
        })),
        connections: connections.slice(0, shown).map((row) => ({
            id: row.connectionId,
            integration: row.providerConfigKey,
            endUser: row.endUser?.display_name ?? row.endUser?.email ?? row.endUser?.id ?? null,
            errors: row.errors.map(({ type }) => type),
            created: zuluDate(row.createdAt),
        })),
        syncs: syncs.slice(0, shown).map((row) => {
            const status = presentSyncStatus(environment, row);
            return {
                integration: row.integrationId,
                connection: status.connection_id,
                name: row.variant === 'base' ? row.name : `${row.name}::${row.variant}`,
                status: status.status,
                records: Object.values(status.recordCount).reduce((sum, count) => sum + count, 0),
                frequency: status.frequency,
                next: status.nextScheduledSyncAt,
            };
        }),
        requests: context.requests.entries().slice(-shown).reverse(),
        deliveries: deliveries
            .slice(-shown)
            .reverse()
            .map(({ id, type, url, status, attempts, createdAt }) => ({
                id,
                type,
                url,
                status,
                attempts: attempts.length,
                answer: attempts.at(-1)?.status ?? null,
                at: createdAt,
            })),
        faults: context.faults.list().map(({ id, fault, struck }) => ({
            id,
            what: describeFault(fault),
            where: [fault.method, fault.operation, fault.path].filter(Boolean).join(' ') || 'every request',
            struck,
            times: fault.times ?? null,
        })),
    };
}

function describeFault(fault: Fault): string {
    if (fault.type === 'status') return `status ${fault.status}`;
    if (fault.type === 'latency') return `latency ${fault.ms} ms`;
    return fault.type;
}
