import { callForResponse, operation } from '@x/core';
import { expect, test, vi } from 'vitest';
import { adapters, plainClient } from './support/adapters.js';
import { startLimitedServer } from './support/limited-server.mjs';

test.each(adapters)(
    '1,000 calls at once under 200 per minute, over $name: the least time, no 429, no call overtakes',
    async (adapter) => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
        const limited = await startLimitedServer({ limit: 200, window: 60_000 });
        try {
            const client = plainClient(adapter, limited.url, { rateLimit: { isolated: true } });
            const numbered = operation({ name: 'numbered', method: 'GET', path: '/{n}', idempotent: true });
            let ended = false;
            const calls = Promise.all(
                Array.from({ length: 1_000 }, (_, n) => callForResponse(client, numbered, { path: { n } })),
            );
            const done = calls.finally(() => {
                ended = true;
            });
            // The clock stands while anything travels, and jumps while all wait.
            let quiet = 0;
            let answered = -1;
            while (!ended) {
                await new Promise((resolve) => setImmediate(resolve));
                const now = limited.stats.served + limited.stats.rejected;
                quiet = now === answered ? quiet + 1 : 0;
                answered = now;
                if (quiet > 200) {
                    quiet = 0;
                    await vi.advanceTimersByTimeAsync(100);
                }
            }
            await done;
            expect(limited.stats.served).toBe(1_000);
            expect(limited.stats.rejected).toBeLessThanOrEqual(10);
            const windowOf = (n: number) => Math.floor(n / 200);
            expect(limited.stats.order.map((url) => windowOf(Number(url.slice(1))))).toEqual(
                limited.stats.order.map((_, n) => windowOf(n)),
            );
            const spent = limited.stats.lastAt - limited.stats.firstAt;
            console.info(
                `1,000 calls, ${adapter.name}: ${spent} ms of at best ${4 * 60_000}, ${limited.stats.rejected} answers with 429`,
            );
            expect(spent).toBeLessThanOrEqual(4 * (60_000 + 1_500) * 1.03);
        } finally {
            vi.useRealTimers();
            await limited.close();
        }
    },
    60_000,
);

test.each(adapters)('short windows, real clock, over $name: no call fails, none overtakes, no 429', async (adapter) => {
    const limited = await startLimitedServer({ limit: 40, window: 3_000 });
    try {
        const client = plainClient(adapter, limited.url, { rateLimit: { isolated: true } });
        const numbered = operation({ name: 'numbered', method: 'GET', path: '/{n}', idempotent: true });
        // On a busy machine the first answer takes its time: more calls may be under way by then than this small window takes.
        await callForResponse(client, numbered, { path: { n: 0 } });
        await Promise.all(Array.from({ length: 149 }, (_, n) => callForResponse(client, numbered, { path: { n: n + 1 } })));
        expect(limited.stats).toMatchObject({ served: 150, rejected: 0 });
        // Within a window they travel side by side; from window to window the order is kept.
        const window = (place: number) => Math.floor(place / 40);
        expect(limited.stats.order.map((url) => window(Number(url.slice(1))))).toEqual(
            limited.stats.order.map((_, place) => window(place)),
        );
        const spent = limited.stats.lastAt - limited.stats.firstAt;
        expect(spent).toBeLessThan(3 * (3_000 + 1_500) * 1.03);
    } finally {
        await limited.close();
    }
});
