import { NangoApiError, NangoInputError, NangoTimeoutError } from '@x/core';
import { expect, test } from 'vitest';
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

test('waits longer each time', async () => {
    const { nango, requests } = await start();
    const times: number[] = [];
    requests.push = (
        (add) =>
        (...more) => {
            times.push(performance.now());
            return add(...more);
        }
    )(requests.push.bind(requests));
    await expect(nango.waitForActionResult({ id }, { interval: 40, timeout: 700 })).rejects.toThrow(NangoTimeoutError);
    const waits = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(waits[0]).toBeGreaterThan(35);
    expect(waits[2]).toBeGreaterThan(85);
    expect(waits.length).toBeLessThan(8);
});

test('gives up at the deadline, with the last answer as cause', async () => {
    const { nango } = await start();
    const started = performance.now();
    const error = await nango.waitForActionResult({ id }, { timeout: 100, interval: 30_000 }).catch((error) => error);
    expect(performance.now() - started).toBeGreaterThanOrEqual(99);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(error).toBeInstanceOf(NangoTimeoutError);
    expect(error).toMatchObject({ operation: 'waitForActionResult', timeout: 100, scope: 'total', cause: { code: 'not_found' } });
});

test('a server that says nothing does not hold it past the deadline', async () => {
    const { url } = await serve(() => new Promise(() => undefined));
    const nango = new Actions({ apiKey, host: url });
    const started = performance.now();
    await expect(nango.waitForActionResult({ id }, { timeout: 50 })).rejects.toMatchObject({ timeout: 50, scope: 'total' });
    expect(performance.now() - started).toBeLessThan(5_000);
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
    await expect.poll(() => requests.length).toBe(1);
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
    await expect.poll(() => requests.length).toBe(1);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(count.added).toBe(count.removed);
    expect(count.added).toBeGreaterThan(0);
    await expect(nango.waitForActionResult({ id }, { signal })).rejects.toBe(reason);
});

test.each<number | false>([false, Number.POSITIVE_INFINITY])(
    'with timeout %s waits until there is a result, whatever time the client gives a call',
    async (timeout) => {
        const { url, requests } = await serve(async (_request, response) => {
            if (requests.length < 3) return fail(response, 404, 'not_found');
            // Longer than the client's own limit.
            await new Promise((resolve) => setTimeout(resolve, 150));
            return { done: true };
        });
        const nango = new Actions({ apiKey, host: url, totalTimeout: 50 });
        expect(await nango.waitForActionResult({ id }, { timeout, interval: 1 })).toEqual({ done: true });
    },
);

test.each([{ timeout: 0 }, { timeout: -1 }, { interval: 0 }, { interval: Number.NaN }])('refuses %j', async (options) => {
    const { nango, requests } = await start();
    await expect(nango.waitForActionResult({ id }, options)).rejects.toThrow(NangoInputError);
    expect(requests).toHaveLength(0);
});
