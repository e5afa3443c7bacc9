import { z } from 'zod';
import type { RouteAuth } from '../auth/auth-result.js';
import { zuluDate } from '../connections/dates.js';
import type { EmulatorContext } from '../context.js';
import { InvalidBodyError, NotFoundError } from '../errors/coded-error.js';
import { faultSchema } from '../faults/fault.js';
import { deployDescribed } from '../functions/deploy-described.js';
import { Reply, type Routes } from '../http/routes.js';
import { applyKey, applyRecords, applySeed, applySettings } from '../state/apply-seed.js';
import { resetState } from '../state/reset.js';
import { SeedError } from '../state/seed-error.js';
import { restoreSnapshot, takeSnapshot } from '../state/snapshot.js';
import {
    anyJson,
    anything,
    clockBody,
    clockState,
    connectBody,
    idParams,
    logEntry,
    placedFault,
    seedFunction,
    seedKey,
    seedRecords,
    settingsBody,
    webhookBody,
} from './control-schemas.js';

/** Loopback and the origin guard keep strangers out; no key is asked for. */
const auth: RouteAuth = { kind: 'none' };
const ok = z.strictObject({ ok: z.literal(true) });
const control = { auth, contract: 'emulator', control: true } as const;

/** The control surface, `/_emulator/*`: what a test does to the emulator rather than through its API. */
export function registerControl(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/seed',
            operation: 'control.seed',
            summary: 'Add state: the JSON of a seed file',
            body: anyJson,
            success: { 200: ok },
        },
        ({ body }) => refusingSeeds(() => applySeed(context, body)),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/reset',
            operation: 'control.reset',
            summary: 'Go back to how the emulator started',
            success: { 200: ok },
        },
        () => {
            resetState(context);
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/snapshot',
            operation: 'control.snapshot',
            summary: 'Take a snapshot of the whole state, credentials included',
            success: { 200: anything },
        },
        () => takeSnapshot(context),
    );
    routes.add(
        {
            ...control,
            method: 'put',
            path: '/_emulator/snapshot',
            operation: 'control.restore',
            summary: 'Replace the whole state by a snapshot',
            body: anyJson,
            success: { 200: ok },
        },
        ({ body }) => refusingSeeds(() => restoreSnapshot(context, body)),
    );
    registerTime(routes, context);
    registerFaults(routes, context);
    registerLogs(routes, context);
    registerWrites(routes, context);
}

function refusingSeeds(work: () => void): { ok: true } {
    try {
        work();
    } catch (error) {
        if (error instanceof SeedError) throw new InvalidBodyError(error.message);
        throw error;
    }
    return { ok: true };
}

function registerTime(routes: Routes, context: EmulatorContext): void {
    const now = () => ({ now: zuluDate(context.clock.now()), frozen: context.clock.frozen });
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/clock',
            operation: 'control.clock',
            summary: 'Tell the time',
            success: { 200: clockState },
        },
        now,
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/clock',
            operation: 'control.setClock',
            summary: 'Stop the clock, let it run, or move it forward',
            body: clockBody,
            success: { 200: clockState },
        },
        async ({ body }) => {
            if (body.freeze !== undefined) context.clock.freeze(body.freeze === true ? undefined : Date.parse(body.freeze));
            if (body.resume) context.clock.resume();
            if (body.advance !== undefined) await context.clock.advance(body.advance);
            context.changed();
            return now();
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/settle',
            operation: 'control.settle',
            summary: 'Wait until nothing is due and nothing is running',
            success: { 200: clockState },
        },
        async () => {
            await context.clock.settle();
            return now();
        },
    );
}

function registerFaults(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/faults',
            operation: 'control.faults',
            summary: 'List the faults that are set',
            success: { 200: z.strictObject({ faults: z.array(placedFault) }) },
        },
        () => ({ faults: context.faults.list() }),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/faults',
            operation: 'control.fault',
            summary: 'Make requests fail',
            body: faultSchema,
            success: { 201: placedFault },
        },
        ({ body }) => {
            const placed = context.faults.add(body);
            context.changed();
            return new Reply(201, placed);
        },
    );
    routes.add(
        {
            ...control,
            method: 'delete',
            path: '/_emulator/faults',
            operation: 'control.clearFaults',
            summary: 'Take all faults away',
            success: { 200: ok },
        },
        () => {
            context.faults.clear();
            context.changed();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'delete',
            path: '/_emulator/faults/:id',
            operation: 'control.removeFault',
            summary: 'Take one fault away',
            params: idParams,
            success: { 200: ok },
            errors: { 404: ['not_found'] },
        },
        ({ params }) => {
            if (!context.faults.remove(params.id)) throw new NotFoundError(`There is no fault ${params.id}.`);
            context.changed();
            return { ok: true };
        },
    );
}

function registerLogs(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/requests',
            operation: 'control.requests',
            summary: 'Read the request log, oldest first; secrets are masked',
            success: { 200: z.strictObject({ requests: z.array(logEntry) }) },
        },
        () => ({ requests: context.requests.entries() }),
    );
    routes.add(
        {
            ...control,
            method: 'delete',
            path: '/_emulator/requests',
            operation: 'control.clearRequests',
            summary: 'Empty the request log',
            success: { 200: ok },
        },
        () => {
            context.requests.clear();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'get',
            path: '/_emulator/webhooks',
            operation: 'control.deliveries',
            summary: 'List the webhook deliveries and their attempts',
            success: { 200: z.strictObject({ deliveries: z.array(anything) }) },
        },
        () => ({ deliveries: context.ports.webhooks.deliveries() }),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/webhooks/:id/redeliver',
            operation: 'control.redeliver',
            summary: 'Send a webhook again',
            params: idParams,
            success: { 200: anything },
            errors: { 404: ['not_found'] },
        },
        ({ params }) => {
            const delivery = context.ports.webhooks.redeliver(params.id);
            if (!delivery) throw new NotFoundError(`There is no delivery ${params.id}.`);
            return delivery;
        },
    );
}

function registerWrites(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/webhooks',
            operation: 'control.sendWebhook',
            summary: 'Send a webhook of any body, signed as all are',
            body: webhookBody,
            success: { 200: ok },
            errors: { 404: ['not_found'] },
        },
        ({ body, environment }) => {
            const { provider_config_key: key, connection_id: id } = body;
            const connection = key === undefined || id === undefined ? undefined : environment.connections.get(key, id);
            if (id !== undefined && !connection) throw new NotFoundError('There is no such connection.');
            context.ports.webhooks.send({ environment, connection, body: body.body });
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/connect',
            operation: 'control.connect',
            summary: 'Finish a connect session without a browser',
            body: connectBody,
            success: { 200: z.strictObject({ connectionId: z.string(), providerConfigKey: z.string() }) },
        },
        ({ body: { integration_id: integrationId, ...rest } }) =>
            context.ports.connect.finish({ integrationId, ...withoutUndefined(rest) }),
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/records',
            operation: 'control.records',
            summary: 'Save and delete records of a model, as one run of a sync would',
            body: seedRecords,
            success: { 200: z.strictObject({ added: z.number(), updated: z.number(), deleted: z.number() }) },
        },
        ({ body, environment }) => {
            try {
                return applyRecords(context, environment, body);
            } catch (error) {
                if (error instanceof SeedError) throw new NotFoundError(error.message);
                throw error;
            }
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/functions',
            operation: 'control.deploy',
            summary: 'Deploy a function with a canned output',
            body: seedFunction,
            success: { 200: z.strictObject({ id: z.number() }) },
        },
        ({ body, environment }) => ({ id: deployDescribed(context, environment, body).id }),
    );
    routes.add(
        {
            ...control,
            method: 'patch',
            path: '/_emulator/settings',
            operation: 'control.settings',
            summary: "Change the environment's settings or the rate limit",
            body: settingsBody,
            success: { 200: ok },
        },
        ({ body: { rate_limit: rateLimit, ...settings }, environment }) => {
            applySettings(environment, settings);
            if (rateLimit !== undefined) {
                context.limiter.settings =
                    rateLimit === false
                        ? null
                        : typeof rateLimit === 'number'
                          ? { limit: rateLimit, windowMs: 60_000 }
                          : rateLimit;
                context.limiter.reset();
            }
            context.changed();
            return { ok: true };
        },
    );
    routes.add(
        {
            ...control,
            method: 'post',
            path: '/_emulator/keys',
            operation: 'control.addKey',
            summary: 'Add a key, or give one other scopes',
            body: seedKey,
            success: { 200: z.strictObject({ id: z.number(), secret: z.string(), scopes: z.array(z.string()) }) },
        },
        ({ body, environment }) => {
            const { id, secret, scopes } = applyKey(context, environment, body);
            return { id, secret, scopes };
        },
    );
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
    Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
