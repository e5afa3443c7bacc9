import { callForResponse, operation } from '@x/core';
import { expect, test, vi } from 'vitest';
import { adapters, plainClient } from './support/adapters.js';
import { settle } from './support/eventually.js';
import { fakeClock } from './support/fake-clock.js';
import { startLimitedServer } from './support/limited-server.mjs';

const numbered = operation({ name: 'numbered', method: 'GET', path: '/{n}', idempotent: true });

test.each(
    adapters.flatMap((adapter) => [
        { adapter, name: adapter.name, calls: 400, limit: 80, window: 60_000 },
        { adapter, name: adapter.name, calls: 150, limit: 40, window: 3_000 },
    ]),
)(
    '$calls calls at once under $limit per $window ms, over $name: the least time, no 429, no call overtakes',
    async ({ adapter, calls, limit, window }) => {
        fakeClock(1_800_000_000_123);
        const limited = await startLimitedServer({ limit, window });
        let travelling = 0;
        const client = plainClient(adapter, limited.url, {
            rateLimit: { isolated: true },
            hooks: { onRequest: () => void travelling++, onResponse: () => void travelling-- },
        });
        let ended = false;
        const done = Promise.all(
            Array.from({ length: calls }, (_, n) => callForResponse(client, numbered, { path: { n } })),
        ).finally(() => {
            ended = true;
        });
        // The clock stands while anything travels, and goes on to the next timer while all wait.
        for (; !ended; await settle(3)) {
            if (travelling === 0 && client.rateLimit.queued > 0) await vi.advanceTimersToNextTimerAsync();
        }
        await done;
        await limited.close();
        expect(limited.stats).toMatchObject({ served: calls, rejected: 0 });
        // Within a window they travel side by side; from window to window the order is kept.
        const windowOf = (place: number) => Math.floor(place / limit);
        expect(limited.stats.order.map((url) => windowOf(Number(url.slice(1))))).toEqual(
            limited.stats.order.map((_, place) => windowOf(place)),
        );
        // By the clock that stands while anything travels: what the wait rule makes the least.
        const windows = Math.ceil(calls / limit) - 1;
        expect(limited.stats.lastAt - limited.stats.firstAt).toBeLessThanOrEqual(windows * (window + 1_500) * 1.03);
    },
);
