import { expect, test } from 'vitest';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import { operation } from '../types/operation.js';
import { NangoNetworkError, NangoResponseError } from './transport-errors.js';

const get = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';

async function failure(fetch: () => Promise<Response>): Promise<Error> {
    const client = new Client({ apiKey, retry: false, rateLimit: false, fetch });
    return call(client, get, { path: { connectionId: 'secret-id' } }).then(
        () => expect.fail('must reject'),
        (error) => error as Error,
    );
}
const rejects = (cause: object) => async () => {
    throw new TypeError('fetch failed', { cause });
};
const breaks = (message: string) => async () =>
    new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError(message)) }));

const facts = { operation: 'getConnection', method: 'GET', path: '/connections/{connectionId}', isAxiosError: true };

test('no answer: operation, server and the code of the system are reported', async () => {
    const error = await failure(rejects(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })));
    expect(error).toBeInstanceOf(NangoNetworkError);
    expect(error.message).toBe('getConnection: no answer from https://api.nango.dev (ECONNRESET): read ECONNRESET');
    expect(error).toMatchObject({ ...facts, name: 'NangoNetworkError', code: 'ECONNRESET', progress: 'maybe-sent' });
    expect(error.cause).toMatchObject({ code: 'ECONNRESET', message: 'read ECONNRESET' });
    expect(Object.keys(error.cause as object)).toEqual(['code']);
});

test('a runtime that reports no code gives none', async () => {
    const error = await failure(rejects(new Error('something odd')));
    expect(error.message).toBe('getConnection: no answer from https://api.nango.dev: something odd');
    expect(error).toMatchObject({ ...facts, code: undefined });
    expect('code' in (error.cause as object)).toBe(false);
});

test("a runtime's words may hold the key: neither message nor cause does", async () => {
    const error = await failure(rejects(new Error(`cannot send header Bearer ${apiKey}`)));
    expect(error.message).toContain('[redacted]');
    expect((error.cause as Error).message).toContain('[redacted]');
    expect(`${error.message} ${(error.cause as Error).message}`).not.toContain(apiKey);
});

test.each([
    ['terminated', 'broke off before its end', 'truncated'],
    ['incorrect header check', 'could not be decompressed', 'undecodable'],
])('an answer whose body fails (%s) is reported as such', async (runtime, what, reason) => {
    const error = await failure(breaks(runtime));
    expect(error).toBeInstanceOf(NangoResponseError);
    expect(error.message).toBe(`getConnection: the answer ${what} (GET /connections/{connectionId})`);
    expect(error).toMatchObject({ ...facts, name: 'NangoResponseError', reason, progress: 'answered' });
    expect(JSON.stringify(error)).not.toContain('secret-id');
});
