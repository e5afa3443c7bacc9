import type { LoggedRequest } from '../state/request-log.js';
import type { WebhookDelivery } from '../webhooks/webhook-sender.js';

/** What the status page asks for of a log; an empty text filters nothing. */
export interface LogFilter {
    /** A status (`404`), a class of them (`4xx`) or `error`; of deliveries also their state (`failed`). */
    status: string;
    /** A part of the request's line, of a delivery's type or of its address; `*` stands for anything. */
    path: string;
    /** A part of the connection's id, or of the integration's. */
    connection: string;
    /** How many at most, the newest first. */
    rows: number;
}

export function filterOf(query: URLSearchParams, prefix: string): LogFilter {
    const text = (name: string) => (query.get(`${prefix}${name}`) ?? '').trim().slice(0, 500);
    const rows = Number(query.get(`${prefix}rows`) ?? 50);
    return {
        status: text('status'),
        path: text('path'),
        connection: text('connection'),
        rows: Number.isInteger(rows) && rows > 0 ? Math.min(rows, 1000) : 50,
    };
}

/** What is asked for of all that is kept, newest first, and how much there is of it. */
export function pick<Item>(
    items: readonly Item[],
    matches: (item: Item) => boolean,
    rows: number,
): { found: Item[]; matching: number } {
    const matching = items.filter(matches);
    return { found: matching.slice(-rows).reverse(), matching: matching.length };
}

export function requestMatches({ status, path, connection }: LogFilter): (logged: LoggedRequest) => boolean {
    const line = containing(path);
    const whose = containing(connection);
    return ({ entry, detail }) =>
        statusMatches(status, entry.status) &&
        line(`${entry.method} ${entry.path}${entry.query}`) &&
        whose(`${detail.integration ?? ''}/${detail.connection ?? ''}`);
}

export function deliveryMatches({ status, path, connection }: LogFilter): (delivery: WebhookDelivery) => boolean {
    const line = containing(path);
    const whose = containing(connection);
    return (delivery) => {
        const answered = delivery.attempts.at(-1)?.status ?? null;
        const about = subjectOf(delivery);
        return (
            (status === delivery.status || (answered !== null && statusMatches(status, answered)) || status === '') &&
            line(`${delivery.type} ${delivery.url}`) &&
            whose(`${about.integration ?? ''}/${about.connection ?? ''}`)
        );
    };
}

/** Whom a delivery is about, as its body says. */
export function subjectOf({ body }: WebhookDelivery): { integration: string | null; connection: string | null } {
    const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    return { integration: text(said.providerConfigKey), connection: text(said.connectionId) };
}

function statusMatches(wanted: string, status: number): boolean {
    if (wanted === '') return true;
    if (wanted === 'error') return status >= 400;
    return /^[1-5]xx$/i.test(wanted) ? String(status).startsWith(wanted.charAt(0)) : String(status) === wanted;
}

/** Parts between `*` in their order, whatever the case. No regular expression: a pattern of many stars could hold one up. */
function containing(pattern: string): (text: string) => boolean {
    const parts = pattern.toLowerCase().split('*').filter(Boolean);
    if (parts.length === 0) return () => true;
    return (text) => {
        const lower = text.toLowerCase();
        let at = 0;
        return parts.every((part) => {
            const found = lower.indexOf(part, at);
            at = found + part.length;
            return found >= 0;
        });
    };
}
