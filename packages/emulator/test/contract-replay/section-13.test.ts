import { afterAll, beforeAll, expect } from 'vitest';
import { ActionError, ActionFailure, type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, uuid } from './replay.js';

let emulator: RunningEmulator;
let hold: Promise<void> = Promise.resolve();
let release = () => {};
let attempts = 0;
const headers = { 'Connection-Id': 'c1', 'Provider-Config-Key': 'key-api' };
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [{ provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } }],
            functions: [
                { integration: 'key-api', type: 'action', name: 'off', enabled: false, output: 1 },
                {
                    integration: 'key-api',
                    type: 'action',
                    name: 'reached',
                    output: 'by path',
                    endpoint: { method: 'POST', path: '/things/new' },
                },
                {
                    integration: 'key-api',
                    type: 'sync',
                    name: 'things',
                    returns: ['Thing'],
                    endpoint: { method: 'GET', path: '/things' },
                    records: [{ id: 'a' }],
                },
            ],
        },
    });
    emulator.defineAction('key-api', 'echo', (input: unknown) => input);
    emulator.defineAction('key-api', 'nothing', () => undefined);
    emulator.defineAction('key-api', 'held', async () => {
        await hold;
        return { done: true };
    });
    emulator.defineAction('key-api', 'throws', () => {
        attempts++;
        throw new ActionError({ reason: 'no' });
    });
    emulator.defineAction('key-api', 'breaks', () => {
        throw new Error('broken');
    });
    emulator.defineAction('key-api', 'upstream', () => {
        throw Object.assign(new Error('x'), { response: { status: 404, headers: { via: 'x' }, data: { no: 1 } } });
    });
    emulator.defineAction('key-api', 'fails-as', (code: never) => {
        throw new ActionFailure(code);
    });
    await emulator.control.settle();
});
afterAll(() => emulator.close());

const run = (action_name: string, input?: unknown, more: Record<string, string> = {}) => ({
    method: 'POST',
    path: '/action/trigger',
    body: { action_name, input },
    headers: { ...headers, ...more },
});
const bad = (name: string, wrong: Record<string, string>, code: string, path: string): Row => ({
    contract: '13.1',
    name,
    request: run('echo', 1, wrong),
    expect: { status: 400, code: 'invalid_headers', issues: [[code, [path]]] },
});
const failures = {
    script_api_rate_limit_error: 424,
    invalid_action_input: 400,
    invalid_action_output: 400,
    script_output_too_large: 400,
    action_failure: 400,
    script_aborted: 410,
    action_script_failure: 500,
    script_network_error: 500,
    script_invalid_error: 500,
    script_cancelled: 500,
    function_runtime_out_of_memory: 500,
    function_runtime_timed_out: 500,
    function_runtime_other: 500,
    execution_timeout: 500,
};
const ids: Record<string, string> = {};
const queue = (name: string, input?: unknown, more: Record<string, string> = {}): Row => ({
    contract: '13.1',
    name: `${name} into the queue`,
    request: run(name, input, { 'X-Async': 'true', ...more }),
    expect: { status: 202, keys: ['id', 'statusUrl'], headers: { location: /^\/action\/[0-9a-f-]{36}$/ } },
    after: ({ body, headers: { location } }) => {
        expect(body.id).toMatch(uuid);
        expect([body.statusUrl, location]).toEqual([`/action/${body.id}`, `/action/${body.id}`]);
        ids[name] = body.id;
    },
});
const result = (name: string, contract = '13.2') => ({ contract, request: { path: () => `/action/${ids[name]}` } });

const rows: Row[] = [
    ...[{ a: 1 }, [1, 2], 'text', 7, true].map(
        (input): Row => ({
            contract: '13.1',
            name: `output ${JSON.stringify(input)}`,
            request: run('echo', input),
            expect: { status: 200, body: input },
        }),
    ),
    ...[0, '', false, null, undefined].map(
        (input): Row => ({
            contract: '13.1',
            name: `falsy input ${JSON.stringify(input)}`,
            request: run('echo', input),
            expect: { status: 200, body: null },
        }),
    ),
    { contract: '13.1', name: 'nothing is null', request: run('nothing'), expect: { status: 200, body: null, text: /^null$/ } },
    {
        contract: '13.1',
        name: 'the body is loose',
        request: { ...run('echo'), body: { action_name: 'echo', input: 1, nope: 1 } },
        expect: { status: 200, body: 1 },
    },
    {
        contract: '13.1',
        request: { ...run('echo'), body: {} },
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', ['action_name']]] },
    },
    {
        contract: '13.1',
        request: run('a b'),
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_format', ['action_name']]] },
    },
    {
        contract: '13.1',
        name: 'no headers: the key first, and before the body',
        request: { method: 'POST', path: '/action/trigger', body: {} },
        expect: {
            status: 400,
            code: 'invalid_headers',
            issues: [
                ['invalid_type', ['provider-config-key']],
                ['invalid_type', ['connection-id']],
            ],
        },
    },
    bad('X-Async', { 'X-Async': 'maybe' }, 'invalid_value', 'x-async'),
    bad('X-Max-Retries: 6', { 'X-Max-Retries': '6' }, 'too_big', 'x-max-retries'),
    bad('X-Max-Retries: -1', { 'X-Max-Retries': '-1' }, 'too_small', 'x-max-retries'),
    bad('X-Max-Retries: many', { 'X-Max-Retries': 'many' }, 'invalid_type', 'x-max-retries'),
    { contract: '13.1', request: run('echo', 1, { 'X-Async': 'off', 'X-Max-Retries': '5' }), expect: { status: 200, body: 1 } },
    ...[{ 'Connection-Id': 'nobody' }, { 'Provider-Config-Key': 'nope' }].map(
        (wrong): Row => ({
            contract: '13.1',
            name: JSON.stringify(wrong),
            request: run('echo', 1, wrong),
            expect: { status: 400, code: 'unknown_connection' },
        }),
    ),
    { contract: '13.1', request: run('nope'), expect: { status: 404, code: 'not_found' } },
    { contract: '13.1', request: run('off'), expect: { status: 404, code: 'disabled_resource' } },
    {
        contract: '13.1',
        name: 'an ActionError',
        request: run('throws'),
        expect: { status: 500, code: 'action_script_runtime_error', message: true, payload: { reason: 'no' } },
    },
    {
        contract: '13.1',
        name: 'another error',
        request: run('breaks'),
        expect: { status: 500, code: 'script_internal_error', message: true },
    },
    {
        contract: '13.1',
        name: 'an HTTP error inside',
        request: run('upstream'),
        expect: {
            status: 424,
            code: 'script_http_error',
            message: false,
            keysAt: { error: ['payload', 'code', 'upstream'], 'error.upstream': ['status', 'headers', 'body'] },
            like: { error: { upstream: { status: 404, headers: { via: 'x' }, body: { no: 1 } } } },
        },
    },
    ...Object.entries(failures).map(
        ([code, status]): Row => ({
            contract: '13.1',
            name: code,
            request: run('fails-as', code),
            expect: { status, code, message: true, keysAt: { error: ['message', 'code', 'payload'] } },
        }),
    ),
    {
        ...queue('held'),
        before: () => {
            hold = new Promise((resolve) => {
                release = resolve;
            });
        },
    },
    queue('echo', { a: 1 }),
    { ...result('held'), name: 'running', expect: { status: 404, code: 'not_found' } },
    { ...result('echo'), name: 'queued behind it: runs are sequential', expect: { status: 404, code: 'not_found' } },
    {
        ...result('held'),
        name: 'finished',
        before: async () => {
            release();
            await emulator.control.settle();
        },
        expect: { status: 200, body: { done: true } },
    },
    { ...result('echo'), name: 'and the next', expect: { status: 200, body: { a: 1 } } },
    queue('nothing'),
    {
        ...result('nothing'),
        name: 'an output of null',
        before: () => emulator.control.settle(),
        expect: { status: 404, code: 'not_found' },
    },
    {
        ...queue('throws', null, { 'X-Max-Retries': '2' }),
        before: () => {
            attempts = 0;
        },
    },
    {
        ...result('throws', '13.2'),
        name: 'a failure replays its status',
        before: () => emulator.control.settle(),
        expect: { status: 500, code: 'action_script_runtime_error', message: true, payload: { reason: 'no' } },
        after: () => expect(attempts).toBe(3),
    },
    queue('upstream'),
    {
        ...result('upstream'),
        before: () => emulator.control.settle(),
        expect: { status: 424, code: 'script_http_error', message: false },
    },
    {
        contract: '13.2',
        request: { path: '/action/nope' },
        expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['id']]] },
    },
    {
        contract: '13.2',
        request: { path: '/action/99999999-9999-4999-8999-999999999999' },
        expect: { status: 404, code: 'not_found' },
    },
    {
        contract: '13.4',
        request: { method: 'POST', path: '/v1/things/new', headers, body: {} },
        expect: { status: 200, body: 'by path' },
    },
    {
        contract: '13.4',
        request: { path: '/v1/things?limit=1', headers },
        expect: { status: 200, keys: ['records', 'next_cursor'], like: { records: [{ id: 'a' }] } },
    },
    {
        contract: '13.4',
        name: 'an action by its path, into the queue',
        request: { method: 'POST', path: '/v1/things/new', headers: { ...headers, 'X-Async': 'true' }, body: {} },
        expect: { status: 202, keys: ['id', 'statusUrl'], headers: { location: /^\/action\// } },
    },
    {
        contract: '13.4',
        name: 'an action takes no query',
        request: { method: 'POST', path: '/v1/things/new?nope=1', headers, body: {} },
        expect: { status: 400, code: 'invalid_query_params' },
    },
    {
        contract: '13.4',
        name: 'the headers of actions are for actions only',
        request: { path: '/v1/nope', headers: { ...headers, 'X-Async': 'maybe' } },
        expect: { status: 404, keys: ['message'] },
    },
    {
        contract: '13.4',
        request: { path: '/v1/nope', headers },
        expect: { status: 404, keys: ['message'] },
    },
    { contract: '13.4', request: { path: '/v1/things' }, expect: { status: 400, code: 'invalid_headers' } },
];

replay(() => emulator, rows);
