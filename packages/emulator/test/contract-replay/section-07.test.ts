import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, zulu } from './replay.js';

let emulator: RunningEmulator;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                { provider: 'private-api-bearer', unique_key: 'empty' },
            ],
            functions: [
                {
                    integration: 'key-api',
                    type: 'action',
                    name: 'both',
                    source: 'catalog',
                    code: 'export default 1',
                    input: 'In',
                    description: 'Does both.\n- a: the first',
                    json_schema: {
                        definitions: {
                            In: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } }, required: ['a'] },
                        },
                    },
                    output: 1,
                },
                {
                    integration: 'key-api',
                    type: 'sync',
                    name: 'both',
                    source: 'catalog',
                    returns: ['Thing'],
                    frequency: 'every hour',
                },
                {
                    integration: 'key-api',
                    type: 'on-event',
                    name: 'hook',
                    event: 'post-connection-creation',
                    source: 'standalone',
                },
                { integration: 'key-api', type: 'action', name: 'kept', source: 'repo', output: 1 },
            ],
        },
    });
});
afterAll(() => emulator.close());

const deployed = ['type', 'name', 'description', 'scopes', 'id', 'enabled', 'last_deployed', 'source'];
const typed = ['returns', 'json_schema'];
const base = '/integrations/key-api/functions';
const flow = [
    ...['id', 'name', 'type', 'returns', 'description', 'attributes', 'scopes', 'version', 'source', 'endpoints', 'enabled'],
    ...['last_deployed', 'webhookSubscriptions', 'json_schema', 'sdk_version', 'models', 'features'],
];

const rows: Row[] = [
    {
        contract: '7.2',
        request: { path: base },
        expect: {
            status: 200,
            keys: ['data', 'pagination'],
            like: {
                data: [
                    { type: 'action', name: 'both', last_deployed: expect.stringMatching(zulu) },
                    { type: 'action', name: 'kept' },
                    { type: 'on-event', name: 'hook' },
                    { type: 'sync', name: 'both' },
                ],
                pagination: { total: 4, page: 0, limit: 20 },
            },
            keysAt: {
                pagination: ['total', 'page', 'limit'],
                'data.0': [...deployed, ...typed, 'input'],
                'data.1': [...deployed, ...typed],
                'data.2': [...deployed, 'event'],
                'data.3': [...deployed, ...typed, 'runs', 'auto_start', 'track_deletes'],
            },
        },
    },
    {
        contract: '7.2',
        request: { path: `${base}?limit=1&page=1` },
        expect: { status: 200, like: { data: [{ name: 'kept' }], pagination: { total: 4, page: 1, limit: 1 } } },
    },
    {
        contract: '7.2',
        request: { path: `${base}?search=%20OT%20&type=sync` },
        expect: { status: 200, like: { data: [{ type: 'sync', name: 'both' }], pagination: { total: 1 } } },
    },
    { contract: '7.2', request: { path: '/integrations/empty/functions' }, expect: { status: 200, like: { data: [] } } },
    { contract: '7.2', request: { path: '/integrations/nope/functions' }, expect: { status: 404, code: 'not_found' } },
    ...(
        [
            ['type=nope', 'invalid_value', 'type'],
            ['search=%20', 'too_small', 'search'],
            [`search=${'s'.repeat(256)}`, 'too_big', 'search'],
            ['page=-1', 'too_small', 'page'],
            ['page=1.5', 'invalid_type', 'page'],
            ['limit=0', 'too_small', 'limit'],
            ['limit=101', 'too_big', 'limit'],
            ['limit=abc', 'invalid_type', 'limit'],
        ] as const
    ).map(
        ([query, code, field]): Row => ({
            contract: '7.2',
            request: { path: `${base}?${query}` },
            expect: { status: 400, code: 'invalid_query_params', issues: [[code, [field]]] },
        }),
    ),
    {
        contract: '7.2',
        name: 'without a type the first by list order wins',
        request: { path: `${base}/both` },
        expect: { status: 200, keys: ['data'], like: { data: { type: 'action', name: 'both' } } },
    },
    {
        contract: '7.2',
        request: { path: `${base}/both?type=sync` },
        expect: { status: 200, like: { data: { type: 'sync', runs: 'every hour', auto_start: true, track_deletes: false } } },
    },
    { contract: '7.2', request: { path: `${base}/nope` }, expect: { status: 404, code: 'not_found' } },
    { contract: '7.2', request: { path: '/integrations/nope/functions/both' }, expect: { status: 404, code: 'not_found' } },
    {
        contract: '7.2',
        request: { path: `${base}/a%20b` },
        expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['name']]] },
    },
    {
        contract: '7.2',
        request: { path: `${base}/both/code` },
        expect: {
            status: 409,
            code: 'ambiguous_function',
            payload: {
                matches: [
                    { type: 'action', name: 'both' },
                    { type: 'sync', name: 'both' },
                ],
            },
        },
    },
    {
        contract: '7.2',
        request: { path: `${base}/both/code?type=action` },
        expect: { status: 200, body: { type: 'action', code: 'export default 1' } },
    },
    { contract: '7.2', name: 'no file', request: { path: `${base}/kept/code` }, expect: { status: 404, code: 'not_found' } },
    { contract: '7.2', request: { path: `${base}/nope/code` }, expect: { status: 404, code: 'not_found' } },
    {
        contract: '7.2',
        request: { method: 'DELETE', path: `${base}/both` },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_value', ['type']]] },
    },
    {
        contract: '7.2',
        request: { method: 'DELETE', path: `${base}/hook?type=on-event` },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_value', ['type']]] },
    },
    {
        contract: '7.2',
        request: { method: 'DELETE', path: `${base}/kept?type=action` },
        expect: { status: 400, code: 'function_managed_by_deploy' },
    },
    {
        contract: '7.2',
        request: { method: 'DELETE', path: `${base}/nope?type=action` },
        expect: { status: 404, code: 'not_found' },
    },
    {
        contract: '9',
        request: { path: '/scripts/config?format=nonsense&more=1' },
        expect: {
            status: 200,
            like: [{ providerConfigKey: 'key-api', provider: 'private-api-bearer', 'on-events': [] }],
            keysAt: {
                0: ['providerConfigKey', 'provider', 'syncs', 'actions', 'on-events'],
                '0.actions.0': [...flow, 'input'],
                '0.actions.1': flow,
                '0.syncs.0': [...flow, 'sync_type', 'auto_start', 'runs', 'track_deletes'],
            },
        },
    },
    {
        contract: '9',
        request: { path: '/scripts/config?format=openai' },
        expect: {
            status: 200,
            keys: ['data'],
            keysAt: { 'data.0': ['name', 'description', 'parameters'], 'data.0.parameters': ['type', 'properties', 'required'] },
        },
        after: ({ body }) => {
            const tools = Object.fromEntries(body.data.map((tool: any) => [JSON.stringify(tool.parameters.required), tool]));
            expect(tools['["a"]'].parameters.properties.a).toEqual({ type: 'string', description: 'the first' });
            expect(tools['["a"]'].parameters.properties.b.description).toMatch(/./);
        },
    },
    {
        contract: '7.2',
        request: { method: 'DELETE', path: `${base}/both?type=sync` },
        expect: { status: 200, body: { data: { success: true } } },
    },
];

replay(() => emulator, rows);
