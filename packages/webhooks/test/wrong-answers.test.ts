import { expect, it, vi } from 'vitest';
import { createWebhookHandler, type WebhookHandlerOptions } from '../src/fetch/index.js';
import { signWebhook } from '../src/index.js';
import { signingKey } from './deliver.js';
import { syncBody } from './events.js';

async function send(options: object) {
    const onError = vi.fn();
    const onSync = vi.fn();
    const handle = createWebhookHandler({ signingKey, onSync, onError, ...options } as WebhookHandlerOptions);
    const response = await handle(new Request('http://localhost/', { method: 'POST', ...signWebhook(syncBody, { signingKey }) }));
    const { outcome, error } = (await response.json()) as { outcome?: string; error?: { code: string } };
    const heard = onError.mock.calls.map(([error]) => error.reason ?? error.message);
    return [`${response.status} ${outcome ?? error?.code}`, onSync.mock.calls.length, heard];
}

it.each<[unknown, boolean]>([
    [true, true],
    [1, true],
    [false, false],
    [0, false],
    [null, false],
    [undefined, false],
])('a store that answers %j says that a delivery was handled: %j', async (answer, known) => {
    for (const has of [() => answer, async () => answer])
        expect(await send({ dedupe: { has, add() {} } })).toEqual(known ? ['200 duplicate', 0, []] : ['200 handled', 1, []]);
});

it.each(['false', '', {}, [], 2, Number.NaN, () => true])(
    'a store that answers %j costs no delivery, and is heard',
    async (answer) => {
        for (const has of [() => answer, async () => answer])
            expect(await send({ dedupe: { has, add() {} } })).toEqual(['200 handled', 1, ['dedupe_failed']]);
    },
);

it.each([false, 0, '', null, undefined, Number.NaN, []])('a confirm that returns %j confirms nothing', async (value) => {
    for (const confirm of [() => value, async () => value])
        expect(await send({ confirm })).toEqual(['200 unconfirmed', 0, ['unconfirmed']]);
});

it('a confirm that returns an error confirms nothing: the delivery is to come again', async () => {
    for (const confirm of [() => new Error('no answer'), async () => new TypeError('no answer')])
        expect(await send({ confirm })).toEqual(['500 handler_failed', 0, ['no answer']]);
});

it.each([true, 1, 'id', {}, [0]])('a confirm that returns %j confirms', async (value) => {
    expect(await send({ confirm: () => value })).toEqual(['200 handled', 1, []]);
});
