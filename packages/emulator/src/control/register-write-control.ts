import { z } from 'zod';
import { nearest, suggestion } from '../base/nearest.js';
import { finishWithoutBrowser } from '../connect/finish-without-browser.js';
import type { EmulatorContext } from '../context.js';
import { InvalidBodyError, NotFoundError } from '../errors/coded-error.js';
import { deployDescribed } from '../functions/deploy-described.js';
import type { Routes } from '../http/routes.js';
import { applyKey, applyRecords, applySettings } from '../seed/apply-seed.js';
import { SeedError } from '../seed/seed-error.js';
import { control, ok } from './control-route.js';
import { connectBody, seedFunction, seedKey, seedRecords, settingsBody, webhookBody } from './control-schemas.js';

/** What a test does to the state directly. */
export function registerWriteControl(routes: Routes, context: EmulatorContext): void {
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
            const { providerConfigKey: key, connectionId: id } = body;
            const connection = key === undefined || id === undefined ? undefined : environment.connections.get(key, id);
            if (id !== undefined && !connection) throw new NotFoundError('There is no such connection.');
            context.webhooks.send({ environment, connection, body: body.body });
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
        ({ body }) => finishWithoutBrowser(context, withoutUndefined(body)),
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
        ({ body, environment }) => {
            // It may be deployed before its integration; a name that is nearly that of one is a mistake.
            const { integration } = body;
            const keys = environment.integrations.all().map(({ uniqueKey }) => uniqueKey);
            if (!keys.includes(integration) && nearest(integration, keys) !== undefined)
                throw new InvalidBodyError(`integration: no integration "${integration}"${suggestion(integration, keys)}`);
            return { id: deployDescribed(context, environment, body).id };
        },
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
            const unknown = settings.shared_credentials?.find((name) => !context.providers.has(name));
            if (unknown !== undefined)
                throw new InvalidBodyError(
                    `shared_credentials: no provider "${unknown}"${suggestion(unknown, [...context.providers.keys()])}`,
                );
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
