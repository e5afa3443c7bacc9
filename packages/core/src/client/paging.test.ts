import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { pagedIterable, paginate } from './paging.js';

/** Pages 0 to `last`, each answered when the test says so. */
function book(last: number) {
    const asked: number[] = [];
    const signals: AbortSignal[] = [];
    const answers: (() => void)[] = [];
    return {
        asked,
        signals,
        answer: (page: number) => answers[page]?.(),
        fetch(cursor: number | undefined, signal: AbortSignal) {
            const page = cursor ?? 0;
            asked.push(page);
            signals.push(signal);
            return new Promise<number>((resolve, reject) => {
                answers[page] = () => resolve(page);
                signal.addEventListener('abort', () => reject(signal.reason), { once: true });
            });
        },
        next: (page: number) => (page < last ? page + 1 : undefined),
    };
}

test('asks for the next page while the current one is in use, and for no more than that', async () => {
    const { asked, answer, ...list } = book(3);
    const pages = paginate(list);
    const first = pages.next();
    answer(0);
    await first;
    await turn();
    expect(asked).toEqual([0, 1]);
    answer(1);
    await turn();
    expect(asked).toEqual([0, 1]);
    expect(await pages.next()).toEqual({ done: false, value: 1 });
    expect(asked).toEqual([0, 1, 2]);
    await pages.return();
});

test('asks for nothing after the last page', async () => {
    const asked: (number | undefined)[] = [];
    const pages = paginate<number, number>({
        fetch: async (cursor) => {
            asked.push(cursor);
            return cursor ?? 0;
        },
        next: (page) => (page < 2 ? page + 1 : undefined),
    });
    for await (const page of pages) expect(page).toBeLessThan(3);
    expect(asked).toEqual([undefined, 1, 2]);
});

test('asks for a page only when it is wanted, without prefetch', async () => {
    const { asked, answer, ...list } = book(1);
    const pages = paginate({ ...list, prefetch: false });
    const first = pages.next();
    answer(0);
    await first;
    await turn();
    expect(asked).toEqual([0]);
    const second = pages.next();
    await turn();
    answer(1);
    expect(await second).toEqual({ done: false, value: 1 });
    expect(await pages.next()).toEqual({ done: true, value: undefined });
    expect(asked).toEqual([0, 1]);
});

test('aborts the request in progress when the loop is left, without an unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { answer, signals, ...list } = book(3);
    const started = paginate(list);
    const first = started.next();
    answer(0);
    await first;
    await started.return();
    expect(signals[1]?.aborted).toBe(true);
    await turn();
    await turn();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
});

test('reports a failed page when it is asked for, not before', async () => {
    const pages = paginate<number, number>({
        fetch: async (cursor) => {
            if (cursor === 1) throw new Error('page 1 is gone');
            return 0;
        },
        next: () => 1,
    });
    expect((await pages.next()).value).toBe(0);
    await turn();
    await expect(pages.next()).rejects.toThrow('page 1 is gone');
    expect(await pages.next()).toEqual({ done: true, value: undefined });
});

test("rejects with the signal's reason, in a request and between two, and takes its listener back", async () => {
    const caller = new AbortController();
    const { answer, ...list } = book(3);
    const pages = paginate({ ...list, signal: caller.signal });
    const first = pages.next();
    answer(0);
    await first;
    answer(1);
    await turn();
    const reason = new Error('enough');
    caller.abort(reason);
    await expect(pages.next()).rejects.toBe(reason);

    const inRequest = new AbortController();
    const waiting = paginate({ ...book(3), signal: inRequest.signal }).next();
    const seen = once(inRequest.signal, 'abort');
    inRequest.abort(reason);
    await seen;
    await expect(waiting).rejects.toBe(reason);
    await expect(paginate({ ...book(3), signal: inRequest.signal }).next()).rejects.toBe(reason);
});

test('reads a list anew in each loop, by item or by page', async () => {
    let reads = 0;
    const list = pagedIterable(
        () => {
            reads++;
            return paginate<number[], number>({
                fetch: async (cursor = 0) => [cursor * 2, cursor * 2 + 1],
                next: (_page, cursor = 0) => (cursor < 2 ? cursor + 1 : undefined),
            });
        },
        (page) => page,
    );
    expect(reads).toBe(0);
    const items: number[] = [];
    for await (const item of list) items.push(item);
    expect(items).toEqual([0, 1, 2, 3, 4, 5]);
    const pages: number[][] = [];
    for await (const page of list.pages()) pages.push(page);
    expect(pages).toEqual([
        [0, 1],
        [2, 3],
        [4, 5],
    ]);
});

test('begins where it is asked to, and learns of its abort while the first page is under way', async () => {
    const { asked, answer, signals, ...list } = book(9);
    const caller = new AbortController();
    const pages = paginate({ ...list, first: 4, signal: caller.signal });
    const first = pages.next();
    expect(asked).toEqual([4]);
    expect(signals[0]?.aborted).toBe(false);
    const reason = new Error('enough');
    caller.abort(reason);
    expect(signals[0]?.reason).toBe(reason);
    await expect(first).rejects.toBe(reason);
    expect(answer).toBeTypeOf('function');
});

test('a signal that outlives the loop is left with as many listeners as it had', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    for await (const _page of paginate({ fetch: async () => 0, next: () => undefined, signal }));
    expect(added).toHaveBeenCalledOnce();
    expect(removed.mock.calls).toEqual(added.mock.calls);
});

test('a page that arrives after the abort is not handed out', async () => {
    const caller = new AbortController();
    const reason = new Error('enough');
    const pages = paginate<number, number>({
        fetch: async () => {
            caller.abort(reason);
            return 0;
        },
        next: () => 1,
        signal: caller.signal,
    });
    await expect(pages.next()).rejects.toBe(reason);
});
