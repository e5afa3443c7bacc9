import { z } from 'zod';
import { providerConfigKey } from '../base/formats.js';
import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { jsonResponse } from '../http/json-response.js';
import { parseBody } from '../http/parse-body.js';
import { readBody } from '../http/read-body.js';
import type { Routes } from '../http/routes.js';
import { findIntegration } from '../state/look-up.js';
import { forwardedWebhookHeaders } from './forwarded-headers.js';
import { matchConnections } from './match-connections.js';

const params = z.strictObject({ environmentUuid: z.uuid(), providerConfigKey });

/**
 * `POST /webhook/:environmentUuid/:providerConfigKey`: what a provider sends (contract 17.2). Each matched connection gets a
 * `forward` webhook of its own; without a match the raw payload goes on, signed all the same.
 */
export function registerProviderWebhooks(routes: Routes, context: EmulatorContext): void {
    routes.describe({
        method: 'post',
        path: '/webhook/:environmentUuid/:providerConfigKey',
        operation: 'receiveProviderWebhook',
        contract: '17.2',
        summary: 'What a provider sends: forwarded to the environment, in an envelope where a connection matches',
        auth: { kind: 'none' },
        query: 'any',
        body: z.unknown(),
        params,
        success: { 200: null, 204: null },
        errors: {
            429: ['too_many_request'],
            400: ['invalid_uri_params'],
            404: ['unknown_environment', 'unknown_provider_config'],
        },
    });
    routes.hono.post('/webhook/:environmentUuid/:providerConfigKey', async (c) => {
        c.set('operation', 'receiveProviderWebhook');
        // A malformed JSON body is refused before anything is looked up (contract 1.2).
        const parsed = await parseBody(c.req.raw);
        routes.count(c, 'webhook');
        const place = params.safeParse(c.req.param());
        if (!place.success) throw ValidationError.from('uri_params', place.error);
        const environment = context.store.environmentByUuid(place.data.environmentUuid);
        if (!environment) throw new CodedError(404, 'unknown_environment');
        const integration = findIntegration(environment, place.data.providerConfigKey, 'bare-404');
        const payload = parsed ?? (await readPayload(c.req.raw));
        if (isUrlVerification(payload)) return jsonResponse(200, { challenge: payload.challenge });
        // Without a script nobody knows whose webhook it is: it goes nowhere (contract 17.2).
        if (!context.providers.get(integration.provider)?.webhook_routing_script) return new Response(null, { status: 204 });
        if (integration.forwardWebhooks) {
            const headers = forwardedWebhookHeaders(c.req.raw.headers);
            const envelope = { type: 'forward', from: integration.provider };
            const matched = matchConnections(environment, integration, payload);
            if (matched.length === 0) context.webhooks.send({ environment, body: envelope, headers, raw: payload ?? {} });
            for (const connection of matched) {
                const { connectionId, providerConfigKey } = connection;
                const body = { ...envelope, connectionId, providerConfigKey, payload };
                context.webhooks.send({ environment, connection, body, headers });
            }
        }
        return new Response(null, { status: 200 });
    });
}

/** Bodies that the JSON and form parsers leave alone: JSON under another name, or text. */
async function readPayload(request: Request): Promise<unknown> {
    const text = new TextDecoder().decode(await readBody(request));
    if (text === '') return {};
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Slack's (and others') first call, which the answer must echo. */
function isUrlVerification(payload: unknown): payload is { challenge: string } {
    if (typeof payload !== 'object' || payload === null) return false;
    const { type, challenge } = payload as Record<string, unknown>;
    return type === 'url_verification' && typeof challenge === 'string';
}
