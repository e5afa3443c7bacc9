import { NangoInputError, NangoResponseError } from '@x/core';
import { expect, test } from 'vitest';
import { Connections } from '../src/index.js';
import { startServer } from './server.js';

test.each(['limit', 'page'])('a `%s` that is not a number is refused in both forms, 0 is left out', async (name) => {
    await using server = await startServer(() => ({ body: { connections: [] } }));
    const connections = new Connections(server.options);
    await expect(connections.listConnections({ [name]: Number.NaN })).rejects.toThrow(NangoInputError);
    await expect(connections.listConnections('', '', { [name]: Number.NaN })).rejects.toThrow(NangoInputError);
    expect(server.asked).toEqual([]);
    await connections.listConnections({ [name]: 0 });
    expect(server.asked).toEqual(['GET /connections']);
});

test.each([null, 'ok', true, 1])('a list that is %j in place of an object is an error of the answer', async (body) => {
    await using server = await startServer(() => ({ body }));
    const failure = await new Connections(server.options).listConnections().catch((error) => error);
    expect(failure).toBeInstanceOf(NangoResponseError);
    expect(failure).toMatchObject({ operation: 'listConnections', status: 200, reason: 'wrong_type' });
});
