import { describe, expect, test } from 'vitest';
import { connectScene } from '../../test/support/connect-scene.js';

const { call, session } = connectScene();

describe('telemetry', () => {
    const beacon = (body: object) => call('POST', '/connect/telemetry', body);

    test('a beacon of the page is taken', async () => {
        const body = {
            token: await session(),
            event: 'view:list',
            timestamp: new Date().toISOString(),
            dimensions: { integration: 'x' },
        };
        expect((await beacon(body)).status).toBe(204);
    });

    test.each([
        [{ event: 'click:nothing' }, 400],
        [{ timestamp: '2020-01-01T00:00:00Z' }, 400],
        [{ more: 1 }, 400],
        [{ token: 'x' }, 401],
    ])('%j → %i', async (change, status) => {
        const body = { token: await session(), event: 'open', timestamp: new Date().toISOString(), ...change };
        expect((await beacon(body)).status).toBe(status);
    });
});
