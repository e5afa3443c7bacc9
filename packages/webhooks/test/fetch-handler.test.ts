import { afterEach, expect, it, vi } from 'vitest';
import { createWebhookHandler } from '../src/fetch/index.js';
import { signWebhook } from '../src/index.js';
import { signingKey } from './deliver.js';
import { syncBody } from './events.js';

afterEach(() => void vi.useRealTimers());

const handle = createWebhookHandler({ signingKey, dedupe: false });
const delivery = (body: unknown = syncBody) =>
    new Request('http://localhost/', { method: 'POST', ...signWebhook(body, { signingKey }) });

async function outcome(request: Request): Promise<unknown> {
    const answer = await handle(request);
    const { error, outcome } = (await answer.json()) as { error?: { code: string }; outcome?: string };
    return [answer.status, outcome ?? error?.code];
}

it('distinguishes a body that something read before from one that was never there', async () => {
    const read = delivery();
    await read.text();
    expect(await outcome(read)).toEqual([500, 'body_consumed']);
    const { headers } = signWebhook('', { signingKey });
    expect(await outcome(new Request('http://localhost/', { method: 'POST', headers }))).toEqual([400, 'not_json']);
});

it('leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(await outcome(delivery())).toEqual([200, 'ignored']);
    expect(vi.getTimerCount()).toBe(0);
});
