import { zuluDate } from '../base/dates.js';
import { maskText } from '../base/mask-text.js';
import type { EmulatorContext } from '../context.js';
import type { Fault } from '../faults/fault.js';
import { presentSyncStatus } from '../syncs/present-sync-status.js';
import { deliveryMatches, filterOf, pick, requestMatches, subjectOf } from './log-filter.js';

const shown = 50;

/**
 * What the status page shows. No key, token or credential is part of it.
 *
 * @param query - filters of both logs: `status`, `path`, `connection` and `rows` of requests, and the same with `delivery_` before them
 */
export function describeStatus(context: EmulatorContext, query = new URLSearchParams()) {
    const { environment } = context.store;
    const wanted = { requests: filterOf(query, ''), deliveries: filterOf(query, 'delivery_') };
    const logged = context.requests.logged();
    const requests = pick(logged, requestMatches(wanted.requests), wanted.requests.rows);
    const integrations = environment.integrations.all();
    const connections = environment.connections.all();
    const syncs = environment.syncs.all();
    const deliveries = context.webhooks.deliveries();
    const kept = pick(deliveries, deliveryMatches(wanted.deliveries), wanted.deliveries.rows);
    const counts = new Map<string, number>();
    for (const { providerConfigKey } of connections) counts.set(providerConfigKey, (counts.get(providerConfigKey) ?? 0) + 1);
    return {
        origin: context.origin,
        environment: environment.settings.name,
        now: zuluDate(context.clock.now()),
        frozen: context.clock.frozen,
        rateLimit: context.limiter.settings,
        webhookUrl: environment.settings.webhookUrl && maskText(environment.settings.webhookUrl, []),
        totals: {
            providers: context.providers.size,
            integrations: integrations.length,
            connections: connections.length,
            syncs: syncs.length,
            requests: context.requests.total,
            deliveries: deliveries.length,
        },
        // Of how many that are kept those below are the newest.
        kept: { requests: logged.length, deliveries: deliveries.length },
        matching: { requests: requests.matching, deliveries: kept.matching },
        statuses: [...new Set(logged.map(({ entry }) => entry.status))].sort((a, b) => a - b),
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
        requests: requests.found.map(({ entry, detail }) => ({
            ...entry,
            path: maskText(entry.path, []),
            integration: detail.integration,
            connection: detail.connection,
        })),
        deliveries: kept.found.map((delivery) => ({
            id: delivery.id,
            type: delivery.type,
            url: maskText(delivery.url, []),
            status: delivery.status,
            attempts: delivery.attempts.length,
            answer: delivery.attempts.at(-1)?.status ?? null,
            error: delivery.attempts.at(-1)?.error ?? null,
            at: delivery.createdAt,
            ...subjectOf(delivery),
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
