import { z } from 'zod';
import { isRequestOf, operationNames } from '../base/operation-names.js';
import { pathExpression } from '../base/path-pattern.js';
import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import { httpMethod, pathPattern } from '../faults/fault.js';
import type { Routes } from '../http/routes.js';
import type { RequestLogEntry } from '../state/request-log.js';
import type { WebhookDelivery } from '../webhooks/webhook-sender.js';
import { control } from './control-route.js';
import { anything, logEntry } from './control-schemas.js';

const wait = {
    /** How many are waited for, at least; those that are there already count. */
    times: z.number().int().min(1).max(1000).default(1),
    /** Milliseconds of real time. */
    timeout: z.number().min(0).max(240_000).default(4000),
};

/** Which requests to wait for. */
export const waitForRequestBody = z.strictObject({
    /** A method of the client, or another operation. */
    operation: z.enum(operationNames).optional(),
    method: httpMethod.optional(),
    /** `*` stands for anything. */
    path: pathPattern.optional(),
    /** The status of the answer. */
    status: z.number().int().min(100).max(599).optional(),
    ...wait,
});

/** Which deliveries of webhooks to wait for. */
export const waitForDeliveryBody = z.strictObject({
    /** `auth`, `sync`, `forward` … */
    type: z.string().min(1).optional(),
    /** What became of it. */
    status: z.enum(['pending', 'delivered', 'failed', 'skipped']).default('delivered'),
    /** Whom it is about: as in its body. */
    providerConfigKey: z.string().optional(),
    connectionId: z.string().optional(),
    ...wait,
});

/** Waits for what the code under test causes. */
export function registerWaitControl(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/requests/wait',
            operation: 'control.waitForRequest',
            summary: 'Wait until requests have been answered; those in the log count',
            body: waitForRequestBody,
            success: { 200: z.strictObject({ requests: z.array(logEntry) }) },
            errors: { 408: ['timeout'] },
        },
        async ({ c, body }) => {
            const seen = () => matchingRequests(context.requests.entries(), body);
            const what = `${body.operation ?? 'such'} request`;
            const late = () => tooLate(what, body, seen().length, requestsSoFar(context));
            return { requests: await until(context, c.req.raw.signal, body, seen, late) };
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/webhooks/wait',
            operation: 'control.waitForDelivery',
            summary: 'Wait until webhooks have been delivered; those in the list count',
            body: waitForDeliveryBody,
            success: { 200: z.strictObject({ deliveries: z.array(anything) }) },
            errors: { 408: ['timeout'] },
        },
        async ({ c, body }) => {
            const seen = () => context.webhooks.deliveries().filter((one) => isDeliveryOf(one, body));
            const what = `${body.type ? `${body.type} webhook` : 'webhook'} that was ${body.status}`;
            const late = () => tooLate(what, body, seen().length, deliveriesSoFar(context));
            return { deliveries: await until(context, c.req.raw.signal, body, seen, late) };
        },
    );
}

type Limits = { times: number; timeout: number };

function until<T>(context: EmulatorContext, signal: AbortSignal, { times, timeout }: Limits, seen: () => T[], late: () => Error) {
    const enough = () => {
        const all = seen();
        return all.length >= times ? all : undefined;
    };
    return context.waits.until(enough, { timeout, signal, late });
}

function matchingRequests(entries: RequestLogEntry[], wanted: z.output<typeof waitForRequestBody>): RequestLogEntry[] {
    const path = wanted.path === undefined ? undefined : pathExpression(wanted.path);
    return entries.filter(
        (entry) =>
            (wanted.operation === undefined || isRequestOf(wanted.operation, entry)) &&
            (wanted.method === undefined || wanted.method.toUpperCase() === entry.method) &&
            (path === undefined || path.test(entry.path)) &&
            (wanted.status === undefined || wanted.status === entry.status),
    );
}

function isDeliveryOf({ type, status, body }: WebhookDelivery, wanted: z.output<typeof waitForDeliveryBody>): boolean {
    const about = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    return (
        status === wanted.status &&
        (wanted.type === undefined || wanted.type === type) &&
        (wanted.providerConfigKey === undefined || wanted.providerConfigKey === about.providerConfigKey) &&
        (wanted.connectionId === undefined || wanted.connectionId === about.connectionId)
    );
}

function tooLate(what: string, { times, timeout }: Limits, seen: number, soFar: string): CodedError {
    const count = seen === 0 ? `no ${what}` : `${seen} of ${times} × ${what}`;
    return new CodedError(408, 'timeout', `After ${timeout} ms there was ${count}. ${soFar}`);
}

/** How many of what did arrive are named. */
const shown = 10;

function listed(what: string, lines: string[]): string {
    if (lines.length === 0) return `There were no ${what} at all.`;
    const earlier = lines.length > shown ? ` (and ${lines.length - shown} before)` : '';
    return `What there was${earlier}: ${lines.slice(-shown).join('; ')}.`;
}

function requestsSoFar({ requests }: EmulatorContext): string {
    const lines = requests.entries().map(({ method, path, status, operation, fault }) => {
        const more = [operation, fault && `fault ${fault}`].filter(Boolean).join(', ');
        return `${method} ${path} ${status}${more && ` (${more})`}`;
    });
    return listed('requests', lines);
}

function deliveriesSoFar({ webhooks, store, clock }: EmulatorContext): string {
    const deliveries = webhooks.deliveries();
    const { webhookUrl, webhookUrlSecondary } = store.environment.settings;
    if (deliveries.length === 0 && !webhookUrl && !webhookUrlSecondary)
        return 'None is sent: the environment has no webhook_url (the option webhookUrl).';
    const lines = deliveries.map(({ type, status, url, attempts }) => {
        const last = attempts.at(-1);
        const { origin, pathname } = URL.canParse(url) ? new URL(url) : { origin: url, pathname: '' };
        return `${type} ${status} at ${origin}${pathname}${last ? ` (${last.status ?? last.error})` : ''}`;
    });
    const waiting = clock.frozen && deliveries.some(({ status }) => status === 'pending');
    return `${listed('webhooks', lines)}${waiting ? ' The clock stands still: control.advance(ms) makes the next attempt due.' : ''}`;
}
