import { expect, onTestFinished, test, vi } from 'vitest';
import { clientOnFakeTime, whileTimePasses } from './docs/fake-clock.js';
import { sendJson, startRouteServer } from './support/route-server.js';

test('the fake clock of docs/testing.md passes waits, however late the answers come', async () => {
    const server = await startRouteServer();
    onTestFinished(() => server.close());
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const limited = { 'retry-after': '40', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' };
    server.handle = (_request, response) => {
        // Many turns of the event loop later: the clock has moved on by then.
        let turns = 200;
        const answer = () => {
            if (turns-- > 0) return void setImmediate(answer);
            if (server.seen.length <= 2) sendJson(response, { error: { code: 'too_many_request' } }, 429, limited);
            else sendJson(response, { connections: [] });
        };
        answer();
    };
    const begun = Date.now();
    await expect(whileTimePasses(clientOnFakeTime(server.url).listConnections())).resolves.toEqual({ connections: [] });
    expect(server.seen).toHaveLength(3);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(80_000);
});
