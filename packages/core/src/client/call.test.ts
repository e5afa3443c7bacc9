import { expect, test } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { operation } from '../types/operation.js';
import { call, callForResponse, clientPort } from './call.js';
import { Client } from './client.js';

const list = operation({ name: 'listIntegrations', method: 'GET', path: '/integrations', idempotent: true });

test.each([undefined, {}, Object.create(null), 'text'])(
    'a method that is called without its client (%j) says so',
    async (client) => {
        expect(() => clientPort(client as never)).toThrow(NangoConfigError);
        await expect(call(client as never, list)).rejects.toThrow('was the method taken off its object');
        await expect(callForResponse(client as never, list)).rejects.toThrow('Call it as nango.getConnection(…)');
    },
);

test('a call resolves to the body, or to the whole answer', async () => {
    const client = new Client({ apiKey: 'key-key-key', fetch: async () => Response.json({ a: 1 }, { headers: { 'x-b': 'c' } }) });
    expect(await call(client, list)).toEqual({ a: 1 });
    expect(await callForResponse(client, list)).toMatchObject({ data: { a: 1 }, status: 200, headers: { 'x-b': 'c' } });
});
