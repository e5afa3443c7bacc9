import { describe, expect, test } from 'vitest';
import { createEmulator, type EmulatorOptions, type Seed, type StartOptions, startEmulator } from '../src/index.js';

/** What a developer without a type check may write. */
const js = (options: object) => options as StartOptions;

describe('options that are wrong', () => {
    test.each<[object, string]>([
        [{ webhokUrl: 'http://127.0.0.1:1' }, 'unknown option "webhokUrl"; did you mean webhookUrl?'],
        [{ rateLimits: 1 }, 'unknown option "rateLimits"; did you mean rateLimit?'],
        [{ upstream: [] }, 'unknown option "upstream"; did you mean upstreams?'],
        [{ secretKey: 'a', colour: 1 }, 'unknown option "colour"; there are apiKey, webhookSigningKey, '],
        [{ rateLimit: { limt: 1, windowMs: 1 } }, 'rateLimit.limt: unknown option "limt"; did you mean limit?'],
        [{ rateLimit: -1 }, 'rateLimit: Too small'],
        [{ rateLimit: 'none' }, 'rateLimit: must be a number of requests a minute, { limit, windowMs } or false'],
        [{ webhookUrl: 'localhost:3000/hooks' }, 'webhookUrl: must be an address such as http://127.0.0.1:3000/webhooks'],
        [{ upstreams: 'http://127.0.0.1:4000' }, 'upstreams: '],
        [{ log: 'yes' }, 'log: must be a function'],
        [{ apiKey: 'my-secret' }, 'apiKey must be a UUID'],
        [{ frozenAt: 'soon' }, 'frozenAt must be a time'],
        [{ frozenAt: null }, 'frozenAt must be a time'],
        [{ frozenAt: true }, 'frozenAt must be a time'],
        [{ frozenAt: '' }, 'frozenAt must be a time'],
        [
            { upstreams: ['http://127.0.0.1:4000/api'] },
            "An upstream must be an origin such as http://127.0.0.1:4000, without a path, or '*'",
        ],
        [{ upstreams: ['https://*.example.com'] }, 'got "https://*.example.com"'],
        [{ origin: 'http://127.0.0.1:3003/nango' }, 'origin: must be an origin such as http://127.0.0.1:3003, without a path'],
        [{ accountKey: 'e0e0e0e0-0000-4000-8000-000000000001' }, 'apiKey and accountKey must differ'],
        [{ providers: './providers.yaml' }, 'takes its text, not its path'],
        [{ seed: '{"connections":[]}' }, 'The seed was refused'],
        [{ seed: { conections: [] } }, 'conections: unknown option "conections"; did you mean connections?'],
    ])('%j', async (options, message) => {
        expect(() => createEmulator(js(options))).toThrow(message);
        await expect(startEmulator(js({ port: 0, ...options }))).rejects.toThrow(message);
    });

    test.each<[object, string]>([
        [{ prot: 0 }, 'unknown option "prot"; did you mean port?'],
        [{ port: '0' }, 'port: '],
        [{ port: 70_000 }, 'port: '],
        [{ port: 0, allowedHost: [] }, 'unknown option "allowedHost"; did you mean allowedHosts?'],
    ])('of one that listens: %j', async (options, message) => {
        await expect(startEmulator(js(options))).rejects.toThrow(message);
    });

    test('all are named at once', () => {
        expect(() => createEmulator(js({ webhokUrl: 'x', rateLimit: 0, log: 1 }))).toThrow(
            /rateLimit: .*\n.*log: .*\n.*webhokUrl/s,
        );
    });

    test('of listening, where nothing listens', () => {
        expect(() => createEmulator(js({ port: 0 }))).toThrow(/^port is an option of startEmulator/);
    });
});

test('the other spelling of an option is taken, and one without a value counts as absent', async () => {
    const key = '12345678-1234-4234-8234-123456789012';
    const emulator = await startEmulator(
        js({ port: 0, api_key: key, webhook_url: undefined, allowed_hosts: ['api.local'], more: undefined }),
    );
    expect(emulator.apiKey).toBe(key);
    await emulator.close();
});

test('the compiler knows the seed', () => {
    const options: EmulatorOptions = {
        seed: {
            // @ts-expect-error no such name
            conections: [],
        },
    };
    const seed: Seed = {
        connections: [
            {
                provider_config_key: 'github',
                // @ts-expect-error no such type of credentials
                credentials: { type: 'MAGIC' },
            },
        ],
        // @ts-expect-error a list
        integrations: {},
    };
    // @ts-expect-error the text of a seed is none
    const text: EmulatorOptions = { seed: JSON.stringify(seed) };
    expect([options, text]).toHaveLength(2);
});

test('a seed in a variable or a JSON file is one to the compiler, and its words are checked at the start', () => {
    // What the compiler makes of JSON: texts, and lists of whatever is in them.
    const seed = {
        environment: { webhooks: { on_auth_creation: false }, variables: { REGION: 'eu' } },
        keys: [{ kind: 'script', scopes: ['environment:*'] }],
        integrations: [
            { provider: 'github', unique_key: 'gh', credentials: { type: 'OAUTH2', client_id: 'a', client_secret: 'b' } },
            { provider: 'private-api-bearer', unique_key: 'crm' },
        ],
        connections: [
            {
                provider_config_key: 'crm',
                connection_id: 'c1',
                credentials: { type: 'API_KEY', apiKey: 'k' },
                metadata: { a: 1 },
            },
            { provider_config_key: 'gh', credentials: { type: 'OAUTH2', access_token: 't' }, tags: { team: 'x' } },
        ],
        functions: [
            { integration: 'crm', type: 'sync', name: 'contacts', returns: ['Contact'], records: [{ id: '1', name: 'Ada' }] },
            { integration: 'crm', type: 'action', name: 'rename', output: null },
        ],
        records: [{ provider_config_key: 'crm', connection_id: 'c1', model: 'Contact', save: [{ id: 2 }] }],
    };
    createEmulator({ seed });
    const mistaken = { functions: [{ integration: 'crm', type: 'snyc', name: 'contacts' }] };
    expect(() => createEmulator({ seed: mistaken })).toThrow('functions.0.type: there is no "snyc"; did you mean sync?');
    // @ts-expect-error no such name
    expect(() => createEmulator({ seed: { conections: [] } })).toThrow('did you mean connections?');
});
