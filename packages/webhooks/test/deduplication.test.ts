import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
import { createWebhookHandler, type DedupeStore, memoryDedupeStore, type WebhookHandlerOptions } from '../src/fetch/index.js';
import { signWebhook } from '../src/index.js';
import { signingKey } from './deliver.js';
import { syncBody } from './events.js';

afterEach(() => void vi.useRealTimers());

function receiver(options: WebhookHandlerOptions) {
    const handle = createWebhookHandler({ signingKey, onError() {}, ...options });
    return async (body: unknown = syncBody): Promise<string> => {
        const request = new Request('http://localhost/', { method: 'POST', ...signWebhook(body, { signingKey }) });
        const response = await handle(request);
        const { outcome, error } = (await response.json()) as { outcome?: string; error?: { code: string; message: string } };
        return `${response.status} ${outcome ?? `${error?.code}: ${error?.message}`}`;
    };
}

/** A handler whose end the test decides. */
function gate() {
    const waiting: PromiseWithResolversOf[] = [];
    const onSync = vi.fn(() => new Promise<void>((resolve, reject) => void waiting.push({ resolve, reject })));
    return { onSync, waiting };
}
interface PromiseWithResolversOf {
    resolve(): void;
    reject(error: Error): void;
}

const failed = '500 handler_failed: The receiver failed to handle the webhook.';

describe('a repeated delivery', () => {
    it('is answered with 200 and not handled again', async () => {
        const onSync = vi.fn();
        const send = receiver({ onSync });
        expect([await send(), await send(), await send({ ...syncBody, model: 'Other' })]).toEqual([
            '200 handled',
            '200 duplicate',
            '200 handled',
        ]);
        expect(onSync).toHaveBeenCalledTimes(2);
    });

    it('is handled when the one before failed', async () => {
        const onSync = vi.fn().mockRejectedValueOnce(new Error('x'));
        const send = receiver({ onSync });
        expect([await send(), await send(), await send()]).toEqual([failed, '200 handled', '200 duplicate']);
    });

    it('is handled again after two minutes, since equal bodies may be two events', async () => {
        vi.useFakeTimers({ toFake: ['Date'] });
        const send = receiver({ onSync() {} });
        await send();
        vi.setSystemTime(Date.now() + 119_999);
        expect(await send()).toBe('200 duplicate');
        vi.setSystemTime(Date.now() + 1);
        expect(await send()).toBe('200 handled');
    });

    it('is handled every time with dedupe: false', async () => {
        const send = receiver({ onSync() {}, dedupe: false });
        expect([await send(), await send()]).toEqual(['200 handled', '200 handled']);
    });

    it('waits for the one that is still being handled, and is a duplicate when that succeeds', async () => {
        const { onSync, waiting } = gate();
        const send = receiver({ onSync });
        const both = [send(), send()];
        await eventually(() => expect(waiting).toHaveLength(1));
        waiting[0]?.resolve();
        expect((await Promise.all(both)).sort()).toEqual(['200 duplicate', '200 handled']);
        expect(onSync).toHaveBeenCalledTimes(1);
    });

    it('takes over when the one that is still being handled fails', async () => {
        const { onSync, waiting } = gate();
        const send = receiver({ onSync });
        const both = [send(), send()];
        await eventually(() => expect(waiting).toHaveLength(1));
        waiting[0]?.reject(new Error('x'));
        await eventually(() => expect(waiting).toHaveLength(2));
        waiting[1]?.resolve();
        expect((await Promise.all(both)).sort()).toEqual(['200 handled', failed]);
    });

    it('asks to be sent again rather than run beside one that takes longer than Nango waits', async () => {
        vi.useFakeTimers();
        const { onSync, waiting } = gate();
        const send = receiver({ onSync });
        const both = [send(), send()];
        await vi.advanceTimersByTimeAsync(15_000);
        expect(await both[1]).toBe('503 in_progress: The same delivery is still being handled.');
        waiting[0]?.resolve();
        expect(await both[0]).toBe('200 handled');
        expect(onSync).toHaveBeenCalledTimes(1);
    });

    it('is not held up for ever by one that never ends', async () => {
        vi.useFakeTimers();
        const { onSync, waiting } = gate();
        const send = receiver({ onSync });
        void send();
        await vi.advanceTimersByTimeAsync(120_000);
        const second = send();
        await eventually(() => expect(waiting).toHaveLength(2));
        waiting[1]?.resolve();
        expect(await second).toBe('200 handled');
    });
});

describe('a store of deliveries', () => {
    it('may be asynchronous, and is given the SHA-256 of the body and the time to live', async () => {
        const kept = new Map<string, number>();
        const store: DedupeStore = {
            has: async (hash) => kept.has(hash),
            add: async (hash, ttl) => kept.set(hash, ttl),
        };
        const first = receiver({ onSync() {}, dedupe: store });
        const otherProcess = receiver({ onSync() {}, dedupe: store });
        expect([await first(), await otherProcess()]).toEqual(['200 handled', '200 duplicate']);
        expect([...kept]).toEqual([[expect.stringMatching(/^[0-9a-f]{64}$/), 120_000]]);
    });

    it('loses no delivery when it fails', async () => {
        const onError = vi.fn();
        const broken = () => Promise.reject(new Error('store down'));
        const send = receiver({ onSync() {}, onError, dedupe: { has: broken, add: broken } });
        expect([await send(), await send()]).toEqual(['200 handled', '200 handled']);
        expect(onError).toHaveBeenCalledTimes(4);
    });

    it('in memory is bounded, and lets the oldest go', () => {
        const store = memoryDedupeStore(3);
        for (const hash of ['a', 'b', 'c', 'a', 'd']) store.add(hash, 1_000);
        expect(['a', 'b', 'c', 'd'].map((hash) => store.has(hash))).toEqual([true, false, true, true]);
    });

    it('in memory forgets what has expired', () => {
        vi.useFakeTimers();
        const store = memoryDedupeStore();
        store.add('a', 1_000);
        vi.advanceTimersByTime(999);
        expect(store.has('a')).toBe(true);
        vi.advanceTimersByTime(1);
        expect(store.has('a')).toBe(false);
    });
});
