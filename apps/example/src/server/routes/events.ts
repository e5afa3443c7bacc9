import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Topic } from '../live-updates.js';
import type { AppEnv, Services } from '../services.js';

/** After this a page connects again, and its session is looked at again. */
const longest = 10 * 60_000;
const heartbeat = 20_000;

/** Server-sent events: which data of the tenant has changed. No data: the page reads that where it always does. */
export function eventRoutes({ updates }: Services, stopping: AbortSignal): Hono<AppEnv> {
    return new Hono<AppEnv>().get('/', (c) =>
        streamSSE(c, async (stream) => {
            const changed = new Set<Topic>();
            let wake = () => {};
            const unsubscribe = updates.subscribe(c.get('user').tenant.id, (topic) => {
                changed.add(topic);
                wake();
            });
            const ends = Date.now() + longest;
            stream.onAbort(() => wake());
            const stop = () => wake();
            stopping.addEventListener('abort', stop);
            try {
                await stream.writeSSE({ event: 'hello', data: '', retry: 500 });
                while (!stream.aborted && !stopping.aborted && Date.now() < ends) {
                    if (changed.size === 0) {
                        await new Promise<void>((resolve) => {
                            const timer = setTimeout(resolve, heartbeat);
                            wake = () => {
                                clearTimeout(timer);
                                resolve();
                            };
                        });
                    }
                    const topics = [...changed];
                    changed.clear();
                    await (topics.length > 0
                        ? stream.writeSSE({ event: 'changed', data: JSON.stringify(topics) })
                        : stream.write(': still here\n\n'));
                }
            } finally {
                unsubscribe();
                stopping.removeEventListener('abort', stop);
            }
        }),
    );
}
