import { Nango } from '@x/node';
import { vi } from 'vitest';

/** Without a time limit for an attempt: a clock that runs ahead of the network would end it. */
export const clientOnFakeTime = (host: string) => new Nango({ apiKey: 'test-key', host, timeout: false });

/** Lets time pass until a call has ended. Answers come by the real clock, for which `setImmediate` makes room. */
export async function whileTimePasses<T>(call: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => {
        ended = true;
    };
    call.then(end, end);
    while (!ended) {
        await vi.advanceTimersByTimeAsync(1_000);
        await new Promise((resolve) => setImmediate(resolve));
    }
    return call;
}
