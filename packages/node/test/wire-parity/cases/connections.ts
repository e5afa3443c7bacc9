import type { Answer } from '../../recording-server.js';
import { at, type ParityCase } from '../parity-case.js';

const withCredentials = (credentials: unknown): Answer => ({
    body: { id: 1, connection_id: 'c1', provider: 'github', metadata: { plan: 'pro' }, credentials },
});
const oauth2 = withCredentials({ type: 'OAUTH2', access_token: 'at', raw: { access_token: 'at', scope: 'a' } });
const oauth1 = withCredentials({ type: 'OAUTH1', oauth_token: 'ot', oauth_token_secret: 'os', raw: { a: 'b' } });
const apiKey = withCredentials({ type: 'API_KEY', apiKey: 'k' });
const list: Answer = { body: { connections: [{ id: 1, connection_id: 'c1', provider_config_key: 'github' }] } };
const done: Answer = { body: { success: true } };
const flags = (pck: string) =>
    [
        ['force_refresh', 'false'],
        ['provider_config_key', pck],
        ['refresh_github_app_jwt_token', 'false'],
        ['refresh_token', 'false'],
    ] as [string, string][];

const lists: readonly (readonly unknown[])[] = [
    [],
    ['c1'],
    [undefined, 'ada'],
    ['c1', 'ada', { endUserId: 'u1', endUserOrganizationId: 'o1', limit: 5, page: 2 }],
    [undefined, undefined, { endUserId: 'u1', limit: 0, page: 0 }],
    ['', ''],
    [undefined, undefined, { integrationId: 'github', tags: { a: 'b' } }],
    [{}],
    [{ connectionId: 'c/1' }],
    [{ userId: 'u&1', page: 2 }],
    [{ integrationId: 'github', limit: 10, page: 0 }],
    [{ integrationId: ['github', 'git lab'] }],
    [{ tags: { displayName: 'Ada L', email: 'ada@example.com', Team: 'blue', 'a.b/c': 'd' } }],
    [{ tags: {} }],
    [{ connectionId: undefined, userId: undefined, integrationId: undefined, tags: undefined, limit: undefined }],
];

const refusedLists: readonly (readonly unknown[])[] = [
    [{ connectionId: '' }],
    [{ userId: '' }],
    [{ integrationId: [] }],
    [{ tags: { end_user_id: undefined } }],
    [{ tags: { end_user_id: '' } }],
    [{ tags: { 'a][b': 'c' } }],
];

const show = (args: readonly unknown[]) => args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(', ');

export const connectionCases: readonly ParityCase[] = [
    ...lists.map((args) => ({
        name: `listConnections(${show(args)})`,
        run: (n: any) => n.listConnections(...args),
        answer: list,
    })),
    ...refusedLists.map((args) => ({
        name: `listConnections(${show(args)})`,
        run: (n: any) => n.listConnections(...args),
        answer: list,
        differs: { 'empty-filters-refused': true } as const,
    })),
    ...[[], [true], [false, true], [true, true, true], [undefined, undefined, true]].map((args) => ({
        name: `getConnection(${show(args)})`,
        run: (n: any) => n.getConnection('github', 'c1', ...args),
        answer: oauth2,
    })),
    {
        name: 'getConnection, text as flag',
        run: (n) => n.getConnection('github', 'c1', 'yes'),
        answer: oauth2,
        differs: { 'local-checks': true },
    },
    ...['a b', 'a=b,c;d~e+f', 'ü'].map((id) => ({
        name: `getConnection, id ${id}`,
        run: (n: any) => n.getConnection('github', id),
        answer: oauth2,
        ...(encodeURI(id) === encodeURIComponent(id)
            ? {}
            : { differs: { 'ids-stay-in-place': at(`/connections/${encodeURIComponent(id)}`) } }),
    })),
    ...['a/b', 'a?b=c', 'a#b', '../integrations/github', 'a%2Fb', '100%'].map((id) => ({
        name: `getConnection, id ${id}`,
        run: (n: any) => n.getConnection('github', id),
        answer: oauth2,
        differs: { 'ids-stay-in-place': at(`/connections/${encodeURIComponent(id)}`, flags('github')) },
    })),
    ...['', undefined, '.', '..'].map((id) => ({
        name: `getConnection, id ${id}`,
        run: (n: any) => n.getConnection('github', id),
        answer: oauth2,
        differs: { 'ids-refused': true } as const,
    })),
    {
        name: 'getConnection, no integration',
        run: (n) => n.getConnection('', 'c1'),
        answer: oauth2,
        differs: { 'ids-refused': true },
    },
    { name: 'getToken, OAuth 2', run: (n) => n.getToken('github', 'c1'), answer: oauth2 },
    { name: 'getToken, OAuth 1, forced', run: (n) => n.getToken('github', 'c1', true), answer: oauth1 },
    { name: 'getToken, API key, GitHub app', run: (n) => n.getToken('github', 'c1', false, true), answer: apiKey },
    { name: 'getRawTokenResponse', run: (n) => n.getRawTokenResponse('github', 'c1', true, true), answer: oauth2 },
    { name: 'getRawTokenResponse, nothing raw', run: (n) => n.getRawTokenResponse('github', 'c1'), answer: apiKey },
    { name: 'getMetadata', run: (n) => n.getMetadata('github', 'c1'), answer: oauth2 },
    { name: 'getMetadata, no connection', run: (n) => n.getMetadata('github', ''), answer: oauth2 },
    {
        name: 'patchConnection',
        run: (n) =>
            n.patchConnection(
                { connectionId: 'c1', provider_config_key: 'github' },
                { end_user: { id: 'u1', email: 'ada@example.com' }, tags: { a: 'b' }, webhook_url_override: '' },
            ),
        answer: done,
    },
    {
        name: 'patchConnection, integration with &',
        run: (n) => n.patchConnection({ connectionId: 'c1', provider_config_key: 'a&b=c' }, { tags: {} }),
        answer: done,
        differs: { 'ids-stay-in-place': at('/connections/c1', [['provider_config_key', 'a&b=c']]) },
    },
    { name: 'deleteConnection', run: (n) => n.deleteConnection('github', 'c1'), answer: done },
    { name: 'deleteConnection, 204', run: (n) => n.deleteConnection('github', 'c1'), answer: { status: 204 } },
    {
        name: 'deleteConnection, id that climbs',
        run: (n) => n.deleteConnection('github', '../integrations/github'),
        answer: done,
        differs: { 'ids-stay-in-place': at('/connections/..%2Fintegrations%2Fgithub') },
    },
    ...['setMetadata', 'updateMetadata'].flatMap((method) => [
        { name: method, run: (n: any) => n[method]('github', 'c1', { a: { b: [1] } }), answer: { status: 201, body: { a: 1 } } },
        { name: `${method}, several`, run: (n: any) => n[method]('github', ['c1', 'c2'], {}), answer: { body: { a: 1 } } },
        { name: `${method}, none`, run: (n: any) => n[method]('github', [], { a: 1 }), answer: { body: { a: 1 } } },
        { name: `${method}, no integration`, run: (n: any) => n[method](undefined, 'c1', {}) },
        { name: `${method}, no connection`, run: (n: any) => n[method]('github', undefined, {}) },
        { name: `${method}, no metadata`, run: (n: any) => n[method]('github', 'c1') },
        {
            name: `${method}, an array`,
            run: (n: any) => n[method]('github', 'c1', [1]),
            differs: { 'local-checks': true } as const,
        },
    ]),
    {
        name: 'waitForConnection, found at once',
        run: (n) => n.waitForConnection('github', 'u1'),
        answer: list,
    },
];
