import { afterAll, beforeAll, expect } from 'vitest';
import { defaultAccountKey, type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, uuid, zulu } from './replay.js';

let emulator: RunningEmulator;
let id: number;
let secret: string;
let keyId: number;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            environment: { variables: { REGION: 'eu', B: '' } },
            integrations: [{ provider: 'unauthenticated', unique_key: 'none' }],
        },
    });
});
afterAll(() => emulator.close());

const account = (method: string, path: string, body?: unknown) => ({ method, path, body, key: defaultAccountKey });

const rows: Row[] = [
    {
        contract: '12',
        request: { path: '/environment-variables' },
        expect: {
            status: 200,
            body: [
                { name: 'REGION', value: 'eu' },
                { name: 'B', value: '' },
            ],
        },
    },
    {
        contract: '12',
        name: 'a body {} on the GET',
        request: { path: '/environment-variables', body: {} },
        expect: { status: 200 },
    },
    {
        contract: '12',
        name: 'another body on the GET',
        request: { path: '/environment-variables', body: { a: 1 } },
        expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
    },
    {
        contract: '12',
        request: account('POST', '/environments', { name: 'stage' }),
        expect: { status: 200, keys: ['data'], keysAt: { data: ['id', 'name'] }, like: { data: { name: 'stage' } } },
        after: ({ body }) => {
            id = body.data.id;
        },
    },
    {
        contract: '12',
        request: account('POST', '/environments', { name: 'Stage' }),
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_format', ['name']]] },
    },
    {
        contract: '12',
        request: account('POST', '/environments', { name: 'x', hmac_key: 'h'.repeat(1001) }),
        expect: { status: 400, code: 'invalid_body', issues: [['too_big', ['hmac_key']]] },
    },
    {
        contract: '12',
        request: { ...account('POST', '/environment/api-keys'), body: () => ({ environment_id: id, display_name: 'one' }) },
        expect: {
            status: 200,
            keys: ['data'],
            keysAt: { data: ['id', 'display_name', 'scopes', 'secret', 'created_at'] },
            like: {
                data: {
                    display_name: 'one',
                    scopes: ['environment:*'],
                    secret: expect.stringMatching(uuid),
                    created_at: expect.stringMatching(zulu),
                },
            },
        },
        after: ({ body }) => {
            secret = body.data.secret;
            keyId = body.data.id;
        },
    },
    {
        contract: '12',
        name: 'the new key opens its own environment only',
        request: { path: '/integrations', key: () => secret },
        expect: { status: 200, body: { data: [] } },
    },
    {
        contract: '12',
        request: account('POST', '/environment/api-keys', { environment_id: 0, display_name: '' }),
        expect: {
            status: 400,
            code: 'invalid_body',
            issues: [
                ['too_small', ['environment_id']],
                ['too_small', ['display_name']],
            ],
        },
    },
    {
        contract: '12',
        request: { ...account('DELETE', '/environment/api-keys'), body: () => ({ environment_id: id, key_id: keyId }) },
        expect: { status: 200, body: { success: true } },
    },
    {
        contract: '12',
        name: 'the key is gone',
        request: { path: '/integrations', key: () => secret },
        expect: { status: 401, code: 'unknown_account', limited: false },
    },
    {
        contract: '12',
        request: { ...account('DELETE', ''), path: () => `/environments/${id}` },
        expect: { status: 204 },
        after: ({ text }) => expect(text).toBe(''),
    },
    {
        contract: '12',
        request: { ...account('DELETE', ''), path: () => `/environments/${id}` },
        expect: { status: 404, code: 'not_found' },
    },
    {
        contract: '12',
        name: 'the production environment',
        request: account('POST', '/environments', { name: 'live', is_production: true }),
        expect: { status: 200 },
        after: ({ body }) => {
            id = body.data.id;
        },
    },
    {
        contract: '12',
        request: { ...account('DELETE', ''), path: () => `/environments/${id}` },
        expect: { status: 400, code: 'cannot_delete_prod_environment' },
    },
    {
        contract: '12',
        request: { method: 'POST', path: '/environment/webhook-signing-key/rotate' },
        expect: { status: 200, keys: ['data'], keysAt: { data: ['webhook_signing_key'] } },
    },
];

replay(() => emulator, rows);
