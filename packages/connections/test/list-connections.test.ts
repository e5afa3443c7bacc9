import { NangoInputError } from '@x/core';
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
