import { NangoApiError, NangoInputError, NangoTimeoutError } from '@x/core';
import { expect, test } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { apiKey, fail, serve } from '../../core/test/support/loopback.js';
import { Actions, type AsyncActionWebhook } from '../src/index.js';

const id = '0d1f6a3e-2b54-4c8e-9a77-3f1f6c0b9d11';
const webhook = (of = id): AsyncActionWebhook => ({ type: 'async_action', payload: { id: of, statusUrl: `/action/${of}` } });

/** Answers 404 until the n-th poll, or until the test says so. */
async function start(polls = Number.POSITIVE_INFINITY, result: unknown = { done: true }) {
    const state = { ended: false };
    const { url, requests } = await serve((_request, response) =>
        state.ended || requests.length >= polls ? result : fail(response, 404, 'not_found'),
    );
    return { nango: new Actions({ apiKey, host: url }), requests, state };
}

test('polls until there is a result', async () => {
    const { nango, requests } = await start(4);
    expect(await nango.waitForActionResult<{ done: boolean }>({ id }, { interval: 1 })).toEqual({ done: true });
    expect(requests.map(({ url }) => url)).toEqual(Array(4).fill(`/action/${id}`));
});

test('takes what triggerActionAsync returned, and asks at once', async () => {
    const { nango, requests } = await start(1);
    await nango.waitForActionResult({ id, statusUrl: `/action/${id}` }, { interval: 60_000 });
    await nango.waitForActionResult({ statusUrl: `/action/${id}` }, { interval: 60_000 });
    expect(requests).toHaveLength(2);
});

test('waits half as long again each time, to 15 s at most', async () => {
    const clock = fakeClock();
    const { nango, requests, state } = await start();
    const waiting = nango.waitForActionResult({ id }, { interval: 4_000 });
    for (const [polls, wait] of [4_000, 6_000, 9_000, 13_500, 15_000, 15_000].entries()) {
        await clock.passWait(wait);
        await eventually(() => expect(requests.length).toBe(polls + 2));
    }
    state.ended = true;
    await clock.passWait(15_000);
    expect(await waiting).toEqual({ done: true });
    expect(requests).toHaveLength(8);
});

test('gives up at the deadline, with the last answer as cause', async () => {
    const clock = fakeClock();
    const { nango, requests } = await start();
    const given = nango.waitForActionResult({ id }, { timeout: 70_000, interval: 30_000 }).catch((error) => error);
    for (const wait of [30_000, 30_000, 10_000]) await clock.passWait(wait);
    const error = await given;
    expect(error).toBeInstanceOf(NangoTimeoutError);
    expect(error).toMatchObject({
        operation: 'waitForActionResult',
        timeout: 70_000,
        scope: 'total',
        cause: { code: 'not_found' },
    });
    expect(requests).toHaveLength(4);
});

test('a server that says nothing does not hold it past the deadline', async () => {
    const clock = fakeClock();
    const { url, requests } = await serve(() => new Promise(() => undefined));
    const given = new Actions({ apiKey, host: url }).waitForActionResult({ id }, { timeout: 50_000 }).catch((error) => error);
    await eventually(() => expect(requests.length).toBe(1));
    await clock.pass(50_000);
    expect(await given).toMatchObject({ name: 'NangoTimeoutError', timeout: 50_000, scope: 'total' });
});

test("rejects with the action's own failure, and with other errors, at once", async () => {
    const { url, requests } = await serve((_request, response) =>
        requests.length < 2
            ? fail(response, 404, 'not_found')
            : fail(response, 500, 'action_script_runtime_error', { payload: { reason: 'no stock' } }),
    );
    const nango = new Actions({ apiKey, host: url });
    const failed = nango.waitForActionResult({ id }, { interval: 1 });
    await expect(failed).rejects.toThrow(NangoApiError);
    await expect(failed).rejects.toMatchObject({ code: 'action_script_runtime_error', payload: { reason: 'no stock' } });
    expect(requests).toHaveLength(2);
});

test('a webhook that comes while it waits settles it at once', async () => {
    const { nango, requests, state } = await start();
    let arrived = (_event: AsyncActionWebhook) => {};
    const event = new Promise<AsyncActionWebhook>((resolve) => (arrived = resolve));
    const waiting = nango.waitForActionResult({ id }, { interval: 60_000, webhook: event });
    await eventually(() => expect(requests.length).toBe(1));
    state.ended = true;
    arrived(webhook());
    expect(await waiting).toEqual({ done: true });
    expect(requests).toHaveLength(2);
});

test('a webhook of another action, or one that fails, changes nothing', async () => {
    const others = [
        () => Promise.resolve(webhook('other')),
        () => Promise.reject(new Error('handler')),
        () => Promise.resolve(undefined as never),
    ];
    for (const other of others) {
        const { nango, requests } = await start(3);
        expect(await nango.waitForActionResult({ id }, { interval: 5, webhook: other() })).toEqual({ done: true });
        expect(requests).toHaveLength(3);
    }
});

test('the event itself is enough; once it has ended, no result is null', async () => {
    const ended = await start(1);
    expect(await ended.nango.waitForActionResult(webhook())).toEqual({ done: true });
    const empty = await start();
    expect(await empty.nango.waitForActionResult(webhook())).toBeNull();
    expect(empty.requests).toHaveLength(1);
    expect(await empty.nango.waitForActionResult({ id }, { interval: 60_000, webhook: Promise.resolve(webhook()) })).toBeNull();
});

test('an aborted signal ends the wait with its reason, and leaves no listener', async () => {
    const { nango, requests } = await start();
    const controller = new AbortController();
    const { signal } = controller;
    const count = { added: 0, removed: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        count.added++;
        addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
        count.removed++;
        removeEventListener.apply(signal, args);
    };
    const waiting = nango.waitForActionResult({ id }, { interval: 60_000, signal });
    const reason = new Error('enough');
    waiting.catch(() => undefined);
    await eventually(() => expect(requests.length).toBe(1));
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(count.added).toBe(count.removed);
    expect(count.added).toBeGreaterThan(0);
    await expect(nango.waitForActionResult({ id }, { signal })).rejects.toBe(reason);
});

test.each<number | false>([false, Number.POSITIVE_INFINITY])(
    'with timeout %s waits until there is a result, whatever time the client gives a call',
    async (timeout) => {
        const clock = fakeClock();
        let answer = () => {};
        const { url, requests } = await serve(async (_request, response) => {
            if (requests.length < 3) return fail(response, 404, 'not_found');
            await new Promise<void>((resolve) => (answer = resolve));
            return { done: true };
        });
        const nango = new Actions({ apiKey, host: url, totalTimeout: 50 });
        const waiting = nango.waitForActionResult({ id }, { timeout, interval: 1_000 });
        for (const wait of [1_000, 1_500]) await clock.passWait(wait);
        await eventually(() => expect(requests.length).toBe(3));
        // Longer than the client's own limit.
        await clock.pass(51);
        answer();
        expect(await waiting).toEqual({ done: true });
    },
);

test.each([{ timeout: 0 }, { timeout: -1 }, { interval: 0 }, { interval: Number.NaN }])('refuses %j', async (options) => {
    const { nango, requests } = await start();
    await expect(nango.waitForActionResult({ id }, options)).rejects.toThrow(NangoInputError);
    expect(requests).toHaveLength(0);
});
