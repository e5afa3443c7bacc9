import { describe, expect, test } from 'vitest';
import { fc } from '../../core/test/support/properties.js';
import { createEmulator } from '../src/index.js';
import { caller, oauthCredentials, scene } from './support/scene.js';

/** A body that each route accepts, to be spoiled one place at a time. */
const accepted: [method: string, path: string, body: Record<string, unknown>][] = [
    [
        'POST',
        '/integrations',
        { provider: 'github', unique_key: 'x', credentials: oauthCredentials, display_name: 'X', forward_webhooks: true },
    ],
    ['POST', '/integrations/quickstart', { provider: 'github', unique_key: 'x', display_name: 'X' }],
    ['PATCH', '/integrations/github', { display_name: 'X', credentials: oauthCredentials, custom: { a: 'b' } }],
    [
        'POST',
        '/connections',
        {
            provider_config_key: 'key-api',
            connection_id: 'x',
            credentials: { type: 'API_KEY', apiKey: 'k' },
            metadata: {},
            tags: { a: 'b' },
            end_user: { id: '1' },
        },
    ],
    [
        'PATCH',
        '/connections/octo?provider_config_key=github',
        { end_user: { id: '1', email: 'a@example.com' }, tags: { a: 'b' }, webhook_url_override: 'https://example.com' },
    ],
    ['POST', '/connections/metadata', { connection_id: 'octo', provider_config_key: 'github', metadata: { a: 1 } }],
    ['PATCH', '/connections/metadata', { connection_id: ['octo'], provider_config_key: 'github', metadata: { a: 1 } }],
    ['PATCH', '/records/prune', { model: 'Issue', until_cursor: 'x', limit: 5 }],
    ['POST', '/sync/trigger', { syncs: ['issues'], provider_config_key: 'github', connection_id: 'octo', opts: { reset: true } }],
    ['POST', '/sync/start', { syncs: ['issues'], provider_config_key: 'github', connection_id: 'octo' }],
    ['POST', '/sync/pause', { syncs: [{ name: 'issues', variant: 'base' }], provider_config_key: 'github' }],
    [
        'PUT',
        '/sync/update-connection-frequency',
        { sync_name: 'issues', provider_config_key: 'github', connection_id: 'octo', frequency: '1h' },
    ],
    ['POST', '/sync/issues/variant/eu', { provider_config_key: 'github', connection_id: 'octo' }],
    ['DELETE', '/sync/issues/variant/eu', { provider_config_key: 'github', connection_id: 'octo' }],
    ['POST', '/action/trigger', { action_name: 'echo', input: {} }],
    [
        'POST',
        '/connect/sessions',
        { end_user: { id: '1' }, organization: { id: 'o' }, allowed_integrations: ['github'], tags: { a: 'b' } },
    ],
    ['POST', '/connect/sessions/reconnect', { connection_id: 'octo', integration_id: 'github', end_user: { id: '1' } }],
    ['POST', '/_emulator/faults', { type: 'status', status: 500, times: 1, path: '/nowhere' }],
    ['PATCH', '/_emulator/settings', { name: 'dev', webhooks: { on_sync_error: true } }],
    ['POST', '/_emulator/clock', { advance: 0 }],
];
/** Bodies whose unknown fields are allowed (contract 13.1). */
const loose = new Set(['/action/trigger']);
/** Fields that take any string, however long: the server looks at neither length nor charset there (contract 8.5, 11.1). */
const anyString = new Set(
    ['/connections', '/sync/trigger'].flatMap((path) => [`${path} provider_config_key`, `${path} connection_id`]),
);
/** Fields that take anything. */
const open = new Set(['metadata', 'input']);
const headers = { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' };

const emulator = createEmulator({ seed: scene, rateLimit: false });
emulator
    .defineSync('github', 'issues', { model: 'Issue', run: () => [] })
    .defineAction('github', 'echo', (input: unknown) => input);
const call = caller(emulator);

/** No route's field takes a value like these where it wants a string, an object or a number. */
const wrong = fc.constantFrom<unknown>(-1, 1.5, [[]], ['\u0000'], { '\u0000': {} }, [null], '\u0000', 'x'.repeat(20_000));
const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: 'binary' }),
    fc.array(fc.anything({ maxDepth: 1, withBigInt: false })).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
);

describe('bodies that violate the schema', () => {
    test.each(accepted)(
        '%s %s: an unknown field, a wrong type anywhere, no body → 400 of the contract',
        async (method, path, body) => {
            const refused = async (spoiled: unknown) => {
                const answer = await call(method, path, { body: JSON.stringify(spoiled), headers });
                expect(answer.status, JSON.stringify(spoiled).slice(0, 200)).toBe(400);
                expect(answer.body.error.code).toMatch(/^invalid_(body|json|headers)$/);
                if (answer.body.error.errors)
                    for (const issue of answer.body.error.errors)
                        expect(Object.keys(issue).sort()).toEqual(['code', 'message', 'path']);
            };
            await refused([]);
            await refused([body]);
            await fc.assert(
                fc.asyncProperty(
                    fc.constantFrom(...Object.keys(body).filter((key) => !open.has(key))),
                    wrong,
                    async (key, value) => {
                        if (typeof body[key] === 'object' || Array.isArray(body[key]))
                            await refused({ ...body, [key]: typeof value === 'object' ? 1 : value });
                        else if (typeof body[key] === 'number') await refused({ ...body, [key]: [] });
                        else if (anyString.has(`${path} ${key}`))
                            await refused({ ...body, [key]: typeof value === 'string' ? 1 : value });
                        else await refused({ ...body, [key]: value === '\u0000' ? [0] : value });
                    },
                ),
                { numRuns: 25 },
            );
            if (loose.has(path)) return;
            await fc.assert(
                fc.asyncProperty(
                    fc.string({ minLength: 1, unit: 'binary' }),
                    fc.jsonValue({ maxDepth: 1 }),
                    async (key, value) => {
                        fc.pre(!(key in body) && key !== '__proto__' && /^[^a-z]/.test(key));
                        await refused({ ...body, [key]: value });
                    },
                ),
                { numRuns: 15 },
            );
        },
    );
});

describe('anything at all', () => {
    test.each(accepted)('%s %s never fails inside, whatever the body', async (method, path) => {
        await fc.assert(
            fc.asyncProperty(junk, async (body) => {
                const answer = await call(method, path, { body: JSON.stringify(body) ?? '', headers });
                expect(answer.status).toBeLessThan(500);
            }),
            { numRuns: 25 },
        );
    });

    test('paths, queries and headers of every GET never fail inside', async () => {
        const paths = [
            '/providers',
            '/providers/:x',
            '/integrations',
            '/integrations/:x',
            '/integrations/:x/functions',
            '/integrations/github/functions/:x/code',
            '/connections',
            '/connections/:x',
            '/records',
            '/sync/status',
            '/action/:x',
            '/scripts/config',
            '/config/:x',
            '/environment-variables',
        ];
        const text = fc
            .string({ unit: 'binary', minLength: 1, maxLength: 30 })
            .filter((value) => !/\p{Surrogate}/u.test(value) && !['.', '..'].includes(value));
        await fc.assert(
            fc.asyncProperty(
                fc.constantFrom(...paths),
                text,
                fc.dictionary(text, text, { maxKeys: 3 }),
                async (path, segment, query) => {
                    const search = new URLSearchParams(query).toString();
                    const answer = await call('GET', `${path.replace(':x', encodeURIComponent(segment))}?${search}`, { headers });
                    expect(answer.status).toBeLessThan(500);
                },
            ),
            { numRuns: 300 },
        );
    });

    test('whatever the connection id, the server reads exactly that id', async () => {
        const charset = [...'abcXYZ019,.;:=+~[]|@{}$"\'\\/_- '];
        const id = fc
            .string({ unit: fc.constantFrom(...charset), minLength: 1, maxLength: 40 })
            .filter((value) => value !== '.' && value !== '..');
        await fc.assert(
            fc.asyncProperty(id, async (connection_id) => {
                const made = await call('POST', '/connections', {
                    body: { provider_config_key: 'none', connection_id, credentials: { type: 'NONE' } },
                });
                expect(made.status).toBe(201);
                const read = await call('GET', `/connections/${encodeURIComponent(connection_id)}?provider_config_key=none`);
                expect(read.body.connection_id).toBe(connection_id);
            }),
            { numRuns: 100 },
        );
    });
});
