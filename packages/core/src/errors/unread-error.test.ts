import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { operation } from '../types/operation.js';

const own = operation({ name: 'getConnection', method: 'GET', path: '/connections', idempotent: true });

describe('where what reads errors can not be loaded', () => {
    const gone = Object.assign(new Error('Cannot find module'), { code: 'ERR_MODULE_NOT_FOUND' });
    beforeEach(() => {
        vi.resetModules();
        for (const module of ['./answer-error.js', '../redaction/deep-redaction.js'])
            vi.doMock(module, () => {
                throw gone;
            });
    });
    afterEach(() => {
        vi.doUnmock('./answer-error.js');
        vi.doUnmock('../redaction/deep-redaction.js');
        vi.resetModules();
    });

    /** Calls through modules that are loaded anew. */
    async function fails(fetch: () => Promise<Response>, options: object = { retry: false, rateLimit: false }) {
        const [{ Client }, { callForResponse }] = await Promise.all([import('../client/client.js'), import('../client/call.js')]);
        const client = new Client({ apiKey: 'key-key-key', fetch, ...options });
        return callForResponse(client, own).catch((caught: unknown) => caught as Error & { response: { data: unknown } });
    }

    test.each([
        [404, 'NangoApiError'],
        [429, 'NangoRateLimitError'],
    ])('an answer of %i keeps its status, and says what to do', async (status, name) => {
        const body = JSON.stringify({ error: { code: 'unknown_connection' }, token: 'secret-of-somebody' });
        const headers = { 'x-request-id': 'r1', 'set-cookie': 'a=b' };
        const error = await fails(async () => new Response(body, { status, headers }));
        expect(error).toMatchObject({ name, status, requestId: 'r1', operation: 'getConnection' });
        expect((error as Error).message).toMatch(
            new RegExp(`the server answered ${status}, and what reads its error could not be loaded .*restart the process`),
        );
        expect(JSON.stringify([error, (error as { response: unknown }).response])).not.toMatch(/secret-of-somebody|a=b/);
    });

    test('a call that found no connection is still repeated, and fails with what it met', async () => {
        const refused = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
        const fetch = vi.fn(() => Promise.reject(refused));
        const error = await fails(fetch, { retry: { limit: 1, maxDelay: 1, outage: 0 } });
        expect(error).toMatchObject({ name: 'NangoNetworkError', code: 'ECONNREFUSED' });
        expect(fetch).toHaveBeenCalledTimes(2);
    });
});
