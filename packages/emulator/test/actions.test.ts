import { beforeEach, describe, expect, test, vi } from 'vitest';
import { settle } from '../../core/test/support/eventually.js';
import { actionFailureStatus } from '../src/actions/action-error.js';
import type { Emulator } from '../src/index.js';
import { type Call, setScene } from './support/scene.js';

let call: Call;
let emulator: Emulator;
beforeEach(() => {
    ({ call, emulator } = setScene());
});

const where = { 'Provider-Config-Key': 'github', 'Connection-Id': 'octo' };
const trigger = (action_name: string, input?: unknown, headers = {}) =>
    call('POST', '/action/trigger', {
        body: { action_name, ...(input === undefined ? {} : { input }) },
        headers: { ...where, ...headers },
    });

describe('at once', () => {
    test.each([[{ a: 1 }], [[1, 2]], ['text'], [7], [true]])('answers the output itself: %j', async (value) => {
        const answer = await trigger('echo', value);
        expect([answer.status, answer.body]).toEqual([200, value]);
    });

    test.each([[0], [''], [false], [null]])('the falsy input %j arrives as null', async (value) => {
        expect((await trigger('echo', value)).body).toBeNull();
    });

    test('a function that returns nothing answers null; more fields in the body are ignored', async () => {
        expect((await trigger('nothing')).text).toBe('null');
        expect((await call('POST', '/action/trigger', { body: { action_name: 'echo', x: 1 }, headers: where })).status).toBe(200);
    });

    test('an ActionError, another error, an upstream failure', async () => {
        const thrown = await trigger('fails');
        expect([thrown.status, thrown.body]).toEqual([
            500,
            { error: { message: expect.any(String), code: 'action_script_runtime_error', payload: { reason: 'no' } } },
        ]);
        const broken = await trigger('breaks');
        expect([broken.status, broken.body.error.code]).toEqual([500, 'script_internal_error']);
        const upstream = await trigger('upstream');
        expect([upstream.status, upstream.body]).toEqual([
            424,
            {
                error: {
                    payload: { no: 1 },
                    code: 'script_http_error',
                    upstream: { status: 502, headers: { via: 'x' }, body: { no: 1 } },
                },
            },
        ]);
    });

    test.each(Object.entries(actionFailureStatus))('the failure %s answers %d', async (code, status) => {
        const answer = await trigger('fails-as', code);
        expect([answer.status, answer.body.error.code, answer.body.error.payload]).toEqual([status, code, { asked: code }]);
    });

    test('an output that is too large or can not be written as JSON', async () => {
        emulator.defineAction('github', 'huge', () => 'x'.repeat(10 * 1024 * 1024));
        emulator.defineAction('github', 'circular', () => {
            const loop: { self?: unknown } = {};
            loop.self = loop;
            return loop;
        });
        expect((await trigger('huge')).body.error.code).toBe('script_output_too_large');
        expect((await trigger('circular')).body.error.code).toBe('invalid_action_output');
    });

    test.each([
        ['nope', {}, 404, 'not_found'],
        ['switched-off', {}, 404, 'disabled_resource'],
        ['echo', { 'Connection-Id': 'nobody' }, 400, 'unknown_connection'],
        ['echo', { 'Provider-Config-Key': 'nope' }, 400, 'unknown_connection'],
        ['a/b', {}, 400, 'invalid_body'],
        ['echo', { 'X-Async': 'maybe' }, 400, 'invalid_headers'],
        ['echo', { 'X-Max-Retries': '6' }, 400, 'invalid_headers'],
    ])('%s %o → %d %s', async (name, headers, status, code) => {
        const answer = await trigger(name, {}, headers);
        expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    });

    test('missing headers are reported before the body, the provider config key first', async () => {
        const answer = await call('POST', '/action/trigger', { body: {} });
        expect(answer.body.error.code).toBe('invalid_headers');
        expect(answer.body.error.errors.map((issue: { path: string[] }) => issue.path)).toEqual([
            ['provider-config-key'],
            ['connection-id'],
        ]);
        expect((await call('POST', '/action/trigger?x=1', { body: {} })).body.error.code).toBe('invalid_headers');
    });

    test('the action sees the connection with its credentials and metadata', async () => {
        emulator.defineAction('github', 'look', (_: never, { connection, metadata }) => ({
            token: connection.credentials.access_token,
            metadata,
        }));
        expect((await trigger('look')).body).toEqual({ token: 'gho_access', metadata: { plan: 'pro' } });
    });
});

describe('in the queue', () => {
    const queue = async (name: string, input?: unknown, headers = {}) => {
        const answer = await trigger(name, input, { 'X-Async': 'true', ...headers });
        expect(answer.status).toBe(202);
        expect(answer.body).toEqual({ id: expect.any(String), statusUrl: `/action/${answer.body.id}` });
        expect(answer.headers.get('location')).toBe(answer.body.statusUrl);
        return answer.body.statusUrl as string;
    };

    test('404 while it waits or runs, then its output', async () => {
        const url = await queue('echo', { a: 1 });
        const waiting = await call('GET', url);
        expect([waiting.status, waiting.body.error.code]).toEqual([404, 'not_found']);
        await emulator.control.settle();
        expect((await call('GET', url)).body).toEqual({ a: 1 });
    });

    test('an output of null stays 404, an unknown id is 404, an id that is no UUID 400', async () => {
        const url = await queue('nothing');
        await emulator.control.settle();
        expect((await call('GET', url)).status).toBe(404);
        expect((await call('GET', '/action/99999999-9999-4999-8999-999999999999')).status).toBe(404);
        expect((await call('GET', '/action/nope')).body.error).toMatchObject({
            code: 'invalid_uri_params',
            errors: [{ path: ['id'] }],
        });
    });

    test('a failure is reported again with its own status, after all retries', async () => {
        let attempts = 0;
        emulator.defineAction('github', 'counts', () => {
            attempts++;
            throw new Error('again');
        });
        const url = await queue('counts', undefined, { 'X-Max-Retries': '2' });
        await emulator.control.settle();
        expect(attempts).toBe(3);
        const answer = await call('GET', url);
        expect([answer.status, answer.body.error.code]).toEqual([500, 'script_internal_error']);
        const upstream = await queue('upstream');
        await emulator.control.settle();
        expect((await call('GET', upstream)).status).toBe(424);
    });

    test('a retry may succeed', async () => {
        let attempts = 0;
        emulator.defineAction('github', 'second', () => {
            if (++attempts === 1) throw new Error('once');
            return attempts;
        });
        const url = await queue('second', undefined, { 'X-Max-Retries': '5' });
        await emulator.control.settle();
        expect((await call('GET', url)).body).toBe(2);
    });

    test('one after the other in an environment, each reported by a webhook', async () => {
        const order: string[] = [];
        const sent = vi.spyOn(emulator.context.webhooks, 'send');
        emulator.defineAction('github', 'ordered', async (name: string) => {
            order.push(`start ${name}`);
            await settle();
            order.push(`end ${name}`);
        });
        await queue('ordered', 'a');
        const url = await queue('ordered', 'b');
        await emulator.control.settle();
        expect(order).toEqual(['start a', 'end a', 'start b', 'end b']);
        const told = sent.mock.calls.map(([{ body }]) => body).filter(({ type }) => type === 'async_action');
        expect(told[1]).toEqual({
            type: 'async_action',
            from: 'nango',
            connectionId: 'octo',
            providerConfigKey: 'github',
            payload: { id: url.slice('/action/'.length), statusUrl: url },
        });
    });
});

describe('the deprecated /v1', () => {
    test('runs the action of an endpoint, lists the records of a model, and knows nothing else', async () => {
        emulator.defineAction('github', 'old', {
            endpoint: { method: 'POST', path: '/old/way' },
            run: (input: unknown) => ({ got: input }),
        });
        emulator.defineSync('github', 'olds', {
            model: 'Old',
            endpoint: { method: 'GET', path: '/olds' },
            run: () => [{ id: 1 }],
        });
        await emulator.control.settle();
        const ran = await call('POST', '/v1/old/way', { body: { a: 1 }, headers: where });
        expect(ran.body).toEqual({ got: { a: 1 } });
        const listed = await call('GET', '/v1/olds?limit=1', { headers: where });
        expect(listed.body.records).toMatchObject([{ id: '1' }]);
        const unknown = await call('GET', '/v1/nothing', { headers: where });
        expect([unknown.status, unknown.body]).toEqual([404, { message: expect.any(String) }]);
        expect((await call('GET', '/v1/olds')).body.error.code).toBe('invalid_headers');
    });
});

test('environment variables take neither a query nor a body', async () => {
    expect((await call('GET', '/environment-variables')).body).toEqual([{ name: 'REGION', value: 'eu' }]);
    expect((await call('GET', '/environment-variables?x=1')).body.error.code).toBe('invalid_query_params');
});

test('the webhook signing key is rotated', async () => {
    const { data } = (await call('POST', '/environment/webhook-signing-key/rotate')).body;
    expect(data.webhook_signing_key).not.toBe(emulator.webhookSigningKey);
    expect(emulator.context.store.environment.settings.webhookSigningKey).toBe(data.webhook_signing_key);
});
