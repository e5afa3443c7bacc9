import { Nango } from '@x/node';

/** Survives outages of up to an hour: each call goes on until its time is over, and the server gets no more load for it. */
export const nango = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    retry: { limit: Number.POSITIVE_INFINITY, outage: 3_600_000 },
    totalTimeout: 3_600_000,
    hooks: {
        onRetry: ({ call, attempt, wait, cause }) =>
            console.warn(`${call.operation} failed (${attempt})`, cause, `again in ${wait} ms`),
        onRateLimit: ({ call, wait, reason }) => console.info(`${call.operation} waits ${wait} ms (${reason})`),
    },
});

/** All at once: what the window takes goes at once, the rest in order. */
export async function tagAll(connectionIds: string[]): Promise<void> {
    await Promise.all(connectionIds.map((id) => nango.updateMetadata('github', id, { seen: true })));
}
