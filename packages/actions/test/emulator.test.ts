import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NangoApiError } from '@x/core';
import { ActionError, startEmulator } from '@x/emulator';
import { parseWebhook, type WebhookEvent } from '@x/webhooks';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Actions, type AsyncActionWebhook } from '../src/index.js';

/** The same methods against the emulator, which answers as the wire contract says, and delivers webhooks. */

const signingKey = 'signing-key-of-this-test';
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let nango: Actions;
let events: WebhookEvent[];
beforeEach(async () => {
    events = [];
    const receiver = createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        events.push(parseWebhook(body, request.headers, { signingKey }));
        response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    emulator = await startEmulator({
        port: 0,
        webhookUrl,
        webhookSigningKey: signingKey,
        upstreams: ['*'],
        seed: {
            environment: { webhooks: { on_async_action_completion: true } },
            integrations: [{ provider: 'unauthenticated', unique_key: 'shop' }],
            connections: [{ provider_config_key: 'shop', connection_id: 'c1', credentials: { type: 'NONE' } }],
        },
    });
    onTestFinished(async () => {
        receiver.close();
        await emulator.close();
    });
    nango = new Actions({ apiKey: 'e0e0e0e0-0000-4000-8000-000000000001', host: emulator.url });
    emulator
        .defineAction('shop', 'double', ({ n }: { n: number }) => ({ doubled: n * 2 }))
        .defineAction('shop', 'nothing', () => undefined)
        .defineAction('shop', 'fails', () => {
            throw new ActionError({ reason: 'no stock' });
        });
});

test('an action answers, or fails with the data of its author', async () => {
    expect(await nango.triggerAction<{ n: number }, { doubled: number }>('shop', 'c1', 'double', { n: 4 })).toEqual({
        doubled: 8,
    });
    expect(await nango.triggerAction('shop', 'c1', 'nothing')).toBeNull();
    await expect(nango.triggerAction('shop', 'c1', 'fails')).rejects.toMatchObject({
        status: 500,
        code: 'action_script_runtime_error',
        payload: { reason: 'no stock' },
    });
    await expect(nango.triggerAction('shop', 'c1', 'missing')).rejects.toMatchObject({ status: 404 });
});

test('an async action is waited for by polling', async () => {
    const queued = await nango.triggerActionAsync('shop', 'c1', 'double', { n: 5 });
    expect(queued.statusUrl).toBe(`/action/${queued.id}`);
    expect(await nango.waitForActionResult(queued, { interval: 10, timeout: 10_000 })).toEqual({ doubled: 10 });
    expect(await nango.getAsyncActionResult({ statusUrl: queued.statusUrl })).toEqual({ doubled: 10 });
});

test('its webhook settles it, even when it returned nothing', async () => {
    const arrived = async (id: string) => {
        await emulator.control.settle();
        await expect.poll(() => events.some((event) => event.type === 'async_action' && event.payload.id === id)).toBe(true);
        return events.find((event) => event.type === 'async_action' && event.payload.id === id) as AsyncActionWebhook;
    };
    const doubled = await nango.triggerActionAsync('shop', 'c1', 'double', { n: 6 });
    expect(await nango.waitForActionResult(await arrived(doubled.id))).toEqual({ doubled: 12 });
    const nothing = await nango.triggerActionAsync('shop', 'c1', 'nothing');
    const waiting = nango.waitForActionResult(nothing, { interval: 60_000, webhook: arrived(nothing.id) });
    expect(await waiting).toBeNull();
});

test('a failed async action fails as the action itself would have', async () => {
    const queued = await nango.triggerActionAsync('shop', 'c1', 'fails');
    const failed = nango.waitForActionResult(queued, { interval: 10, timeout: 10_000 });
    await expect(failed).rejects.toThrow(NangoApiError);
    await expect(failed).rejects.toMatchObject({ code: 'action_script_runtime_error', payload: { reason: 'no stock' } });
});
