import { onAbort } from '../runtime/on-abort.js';

/** How a list that comes in pages is read. */
export interface Paging<Page, Cursor> {
    /** Where to begin; `undefined` for the beginning. */
    readonly first?: Cursor | undefined;
    /**
     * Fetches one page. The signal is aborted when nobody wants the page any more: pass it on to the call.
     *
     * @param cursor what `next` gave for the page before, or `first`
     */
    fetch(cursor: Cursor | undefined, signal: AbortSignal): Promise<Page>;
    /** Where the following page begins; `undefined` after the last one. */
    next(page: Page, cursor: Cursor | undefined): Cursor | undefined;
    /** Fetches one page ahead while the current one is being used. @default true */
    readonly prefetch?: boolean | undefined;
    /** Ends the iteration: the next step rejects with its reason. */
    readonly signal?: AbortSignal | undefined;
}

/**
 * Reads pages one after another. With `prefetch` the page after the current one is already on its way while the caller works, and never
 * more than that one. Leaving the loop early cuts the request that is under way.
 */
export async function* paginate<Page, Cursor>(paging: Paging<Page, Cursor>): AsyncGenerator<Page, void, undefined> {
    const { first, prefetch = true, signal } = paging;
    const controller = new AbortController();
    const off = signal && onAbort(signal, () => controller.abort(signal.reason));
    try {
        let cursor = first;
        let ahead: Promise<Page> | undefined;
        while (true) {
            signal?.throwIfAborted();
            const page: Page = await (ahead ?? paging.fetch(cursor, controller.signal));
            // A resolved promise keeps its page in memory.
            ahead = undefined;
            signal?.throwIfAborted();
            cursor = paging.next(page, cursor);
            if (cursor !== undefined && prefetch) {
                ahead = paging.fetch(cursor, controller.signal);
                // Its failure belongs to whoever asks for that page; nobody may.
                ahead.catch(() => undefined);
            }
            yield page;
            if (cursor === undefined) return;
        }
    } finally {
        off?.();
        controller.abort();
    }
}

/** A list that can be read item by item, or page by page. Every `for await` over it starts anew. */
export interface PagedIterable<Item, Page> extends AsyncIterable<Item> {
    /** The same list in the pages that the server makes. */
    pages(): AsyncIterableIterator<Page>;
}

/**
 * Makes the iterable that `iterate…` methods return.
 *
 * @param pages starts reading; not called before the first step of an iteration, and it may throw then
 * @param items takes a page's items out of it
 */
export function pagedIterable<Item, Page>(
    pages: () => AsyncIterableIterator<Page>,
    items: (page: Page) => Iterable<Item>,
): PagedIterable<Item, Page> {
    async function* allPages() {
        yield* pages();
    }
    async function* allItems() {
        for await (const page of pages()) yield* items(page);
    }
    return { pages: allPages, [Symbol.asyncIterator]: allItems };
}
