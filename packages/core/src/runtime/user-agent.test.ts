import { expect, test } from 'vitest';
import { userAgent } from './user-agent.js';

test('names product and runtime, and what the user adds', () => {
    expect(userAgent('@x/node/1.0.0', 'node.js/20.1.0', undefined)).toBe('@x/node/1.0.0 (node.js/20.1.0)');
    expect(userAgent('@x/node/1.0.0', 'node.js/20.1.0', '')).toBe('@x/node/1.0.0 (node.js/20.1.0)');
    expect(userAgent('@x/node/1.0.0', 'deno/2.1.0', 'my-app/3')).toBe('@x/node/1.0.0 (deno/2.1.0); my-app/3');
});
