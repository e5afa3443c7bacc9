import { afterEach, beforeEach, describe } from 'vitest';
import { answers } from './conformance/answers.js';
import { brokenAnswers } from './conformance/broken-answers.js';
import { requests } from './conformance/requests.js';
import { timeLimits } from './conformance/time-limits.js';
import { adapters } from './support/adapters.js';
import { type RouteServer, startRouteServer } from './support/route-server.js';

describe.each(adapters)('transport over $name', (adapter) => {
    let current: RouteServer;
    beforeEach(async () => {
        current = await startRouteServer();
    });
    afterEach(() => current.close());
    const context = { server: () => current };

    describe('requests', () => requests(adapter, context));
    describe('answers', () => answers(adapter, context));
    describe('broken answers', () => brokenAnswers(adapter, context));
    describe('time limits and cancelling', () => timeLimits(adapter, context));
});
