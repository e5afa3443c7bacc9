import { inspect } from 'node:util';
import { NangoApiError, NangoInputError } from '@x/core';
import { expect, test } from 'vitest';
import { Connections } from '../src/index.js';
import { startServer } from './server.js';

test('sends what it was given, dates as ISO text', async () => {
    await using server = await startServer(() => ({ status: 201, body: { connection_id: 'c1' } }));
    const expires_at = new Date('2030-01-01');
    const connection = await new Connections(server.options).importConnection({
        provider_config_key: 'github',
        credentials: { type: 'OAUTH2', access_token: 'at', expires_at },
    });
    expect(connection.connection_id).toBe('c1');
    expect(server.asked).toEqual(['POST /connections']);
});

test('no error repeats a credential that it was given', async () => {
    await using server = await startServer(() => ({
        status: 400,
        body: {
            error: {
                code: 'connection_test_failed',
                message: 'the provider says: bad key hunter2-hunter2',
                payload: { seen: 'id-override-1' },
            },
        },
    }));
    const failure = await new Connections(server.options)
        .importConnection({
            provider_config_key: 'tba',
            credentials: {
                type: 'TBA',
                token_id: 'hunter2-hunter2',
                token_secret: 'shh-shh',
                config_override: { client_id: 'id-override-1' },
            },
        })
        .catch((error) => error);
    expect(failure).toBeInstanceOf(NangoApiError);
    expect(failure.code).toBe('connection_test_failed');
    const shown = inspect(failure, { depth: 20, showHidden: true });
    for (const secret of ['hunter2', 'shh-shh', 'id-override-1']) expect(shown).not.toContain(secret);
});

test.each([
    [undefined, 'body'],
    [{ credentials: { type: 'NONE' } }, 'provider_config_key'],
    [{ provider_config_key: 'github' }, 'credentials'],
])('refuses %j', async (body, parameter) => {
    await using server = await startServer(() => ({ body: {} }));
    const call = new Connections(server.options).importConnection(body as never);
    await expect(call).rejects.toBeInstanceOf(NangoInputError);
    await expect(call).rejects.toMatchObject({ parameter });
    expect(server.asked).toEqual([]);
});
