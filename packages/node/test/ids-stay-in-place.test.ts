import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import qs from 'qs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fc } from '../../core/test/support/properties.js';
import { Nango, NangoInputError } from '../src/index.js';

/**
 * Whatever the id or the query value is: a server that decodes as Nango's does (Express 5, qs; contract 1) sees exactly that, or the call
 * is refused before anything is sent.
 */

interface Seen {
    route: string;
    params: Record<string, unknown>;
    query: Record<string, unknown>;
    headers: Record<string, unknown>;
}

let seen: Seen[] = [];
let server: Server;
const clients: Record<string, Nango> = {};

beforeAll(async () => {
    const app = express();
    app.set('query parser', (text: string) => qs.parse(text, { arrayLimit: 100 }));
    const routes = [
        '/providers',
        '/providers/:provider',
        '/providers/:provider/templates',
        '/integrations/:uniqueKey',
        '/integrations/:uniqueKey/functions',
        '/integrations/:uniqueKey/functions/:name',
        '/integrations/:uniqueKey/functions/:name/code',
        '/connections',
        '/connections/:connectionId',
        '/scripts/config',
        '/records',
        '/records/prune',
        '/sync/status',
        '/sync/:name/variant/:variant',
        '/action/trigger',
        '/action/:id',
    ];
    for (const route of routes) {
        app.all(route, ({ params, query, headers }, response) => {
            seen.push({ route, params, query, headers });
            const credentials = { type: 'API_KEY' };
            response.json({ connections: [], credentials, data: { provider: 'github' }, records: [] });
        });
    }
    app.use((request, response) => {
        seen.push({ route: `elsewhere: ${request.url}`, params: {}, query: {}, headers: {} });
        response.status(404).json({});
    });
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const options = {
        apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b',
        host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        retry: false,
        rateLimit: false,
    } as const;
    clients['node:http'] = new Nango(options);
    clients.fetch = new Nango({ ...options, fetch });
});
afterAll(() => {
    server.closeAllConnections();
    server.close();
});
beforeEach(() => {
    seen = [];
});

/** Any UTF-16 text, halves of surrogate pairs too, and the texts that URLs, paths and queries are made of. */
const awkward = fc.constantFrom(
    ...[
        '',
        '.',
        '..',
        './',
        '../',
        '/..',
        '%2e%2e',
        '%252e',
        '/',
        '//',
        '\\',
        '?',
        '#',
        '&',
        '=',
        '%',
        '%2F',
        '%zz',
        ';',
        '+',
        ' ',
        ':',
        '@',
    ],
    ...[
        '[',
        ']',
        '[]',
        '__proto__',
        'constructor',
        "'",
        '"',
        '\0',
        '\t',
        '\r\n',
        'ü',
        '漢',
        '😀',
        '\ud800',
        '\udc00',
        'integrations',
        'null',
    ],
);
const anything = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 6 });
const text = fc.oneof(
    { weight: 3, arbitrary: fc.array(awkward, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
);

type Where = Partial<Record<'params' | 'query' | 'headers', Record<string, unknown>>>;
interface Call {
    readonly route: string;
    readonly run: (nango: Nango, a: string, b: string) => Promise<unknown>;
    /** Where the server must see the two texts. */
    readonly at: (a: string, b: string) => Where;
}

const headers = (a: string, b: string) => ({ headers: { 'provider-config-key': a, 'connection-id': b } });
const getting = {
    route: '/connections/:connectionId',
    at: (a: string, b: string) => ({ params: { connectionId: b }, query: { provider_config_key: a } }),
};
const functions = (at: string) => ({
    route: `/integrations/:uniqueKey/functions/:name${at}`,
    at: (a: string, b: string) => ({ params: { uniqueKey: a, name: b } }),
});
const variant = { route: '/sync/:name/variant/:variant', at: (a: string, b: string) => ({ params: { name: a, variant: b } }) };
const variantOf = (name: string, variant: string) => ({ provider_config_key: 'github', connection_id: 'c1', name, variant });

const calls: Record<string, Call> = {
    listProviders: { route: '/providers', run: (n, a) => n.listProviders({ search: a }), at: (a) => ({ query: { search: a } }) },
    getProvider: {
        route: '/providers/:provider',
        run: (n, a) => n.getProvider({ provider: a }),
        at: (a) => ({ params: { provider: a } }),
    },
    getProviderTemplates: {
        route: '/providers/:provider/templates',
        run: (n, a) => n.getProviderTemplates({ provider: a }),
        at: (a) => ({ params: { provider: a } }),
    },
    getIntegration: {
        route: '/integrations/:uniqueKey',
        run: (n, a) => n.getIntegration({ uniqueKey: a }),
        at: (a) => ({ params: { uniqueKey: a } }),
    },
    'getIntegration, older form': {
        route: '/integrations/:uniqueKey',
        run: (n, a) => n.getIntegration(a),
        at: (a) => ({ params: { uniqueKey: a } }),
    },
    updateIntegration: {
        route: '/integrations/:uniqueKey',
        run: (n, a) => n.updateIntegration({ uniqueKey: a }, {}),
        at: (a) => ({ params: { uniqueKey: a } }),
    },
    'updateIntegration, older form': {
        route: '/integrations/:uniqueKey',
        run: (n, a) => n.updateIntegration('github', a),
        at: (a) => ({ params: { uniqueKey: a } }),
    },
    deleteIntegration: {
        route: '/integrations/:uniqueKey',
        run: (n, a) => n.deleteIntegration(a),
        at: (a) => ({ params: { uniqueKey: a } }),
    },
    listFunctions: {
        route: '/integrations/:uniqueKey/functions',
        run: (n, a, b) => n.listFunctions({ uniqueKey: a }, { search: b }),
        at: (a, b) => ({ params: { uniqueKey: a }, query: { search: b } }),
    },
    getFunction: { ...functions(''), run: (n, a, b) => n.getFunction({ uniqueKey: a, name: b }) },
    getFunctionCode: { ...functions('/code'), run: (n, a, b) => n.getFunctionCode({ uniqueKey: a, name: b }) },
    deleteFunction: { ...functions(''), run: (n, a, b) => n.deleteFunction({ uniqueKey: a, name: b }, { type: 'sync' }) },
    getConnection: { ...getting, run: (n, a, b) => n.getConnection(a, b) },
    getToken: { ...getting, run: (n, a, b) => n.getToken(a, b) },
    getRawTokenResponse: { ...getting, run: (n, a, b) => n.getRawTokenResponse(a, b) },
    getMetadata: { ...getting, run: (n, a, b) => n.getMetadata(a, b) },
    patchConnection: { ...getting, run: (n, a, b) => n.patchConnection({ connectionId: b, provider_config_key: a }, {}) },
    deleteConnection: { ...getting, run: (n, a, b) => n.deleteConnection(a, b) },
    listConnections: {
        route: '/connections',
        run: (n, a, b) => n.listConnections({ connectionId: a, userId: b }),
        at: (a, b) => ({ query: { connectionId: a, endUserId: b } }),
    },
    'listConnections, tag': {
        route: '/connections',
        run: (n, a) => n.listConnections({ tags: { team: a } }),
        at: (a) => ({ query: { tags: { team: a } } }),
    },
    "listConnections, tag's key": {
        route: '/connections',
        run: (n, a, b) => n.listConnections({ tags: { [a]: b } }),
        at: (a, b) => ({ query: { tags: { [a.toLowerCase()]: b } } }),
    },
    'listConnections, integrations': {
        route: '/connections',
        run: (n, a, b) => n.listConnections({ integrationId: [a, b] }),
        at: (a, b) => ({ query: { integrationId: `${a},${b}` } }),
    },
    iterateConnections: {
        route: '/connections',
        run: async (n, a) => {
            for await (const _ of n.iterateConnections({ userId: a }));
        },
        at: (a) => ({ query: { endUserId: a } }),
    },
    getScriptsConfig: {
        route: '/scripts/config',
        run: (n, a) => n.getScriptsConfig(a as 'nango'),
        at: (a) => ({ query: { format: a } }),
    },
    listRecords: {
        route: '/records',
        run: (n, a, b) => n.listRecords({ providerConfigKey: a, connectionId: b, model: 'M' }),
        at: headers,
    },
    'listRecords, query': {
        route: '/records',
        run: (n, a, b) => n.listRecords({ providerConfigKey: 'github', connectionId: 'c1', model: a, ids: [b, 'x'] }),
        at: (a, b) => ({ query: { model: a, ids: [b, 'x'] } }),
    },
    pruneRecords: {
        route: '/records/prune',
        run: (n, a, b) => n.pruneRecords({ providerConfigKey: a, connectionId: b, model: 'M', untilCursor: 'x' }),
        at: headers,
    },
    syncStatus: {
        route: '/sync/status',
        run: (n, a, b) => n.syncStatus(a, '*', b),
        at: (a, b) => ({ query: { provider_config_key: a, connection_id: b } }),
    },
    createSyncVariant: { ...variant, run: (n, a, b) => n.createSyncVariant(variantOf(a, b)) },
    deleteSyncVariant: { ...variant, run: (n, a, b) => n.deleteSyncVariant(variantOf(a, b)) },
    triggerAction: { route: '/action/trigger', run: (n, a, b) => n.triggerAction(a, b, 'act'), at: headers },
    triggerActionAsync: { route: '/action/trigger', run: (n, a, b) => n.triggerActionAsync(a, b, 'act'), at: headers },
    getAsyncActionResult: {
        route: '/action/:id',
        run: (n, a) => n.getAsyncActionResult({ id: a }),
        at: (a) => ({ params: { id: a } }),
    },
    'getAsyncActionResult, statusUrl': {
        route: '/action/:id',
        run: (n, a) => n.getAsyncActionResult({ statusUrl: `/action/${a}` }),
        at: (a) => ({ params: { id: a } }),
    },
};

for (const adapter of ['node:http', 'fetch']) {
    describe(adapter, () => {
        test.each(Object.entries(calls))('%s', async (_name, { route, run, at }) => {
            const nango = clients[adapter] as Nango;
            let sent = 0;
            await fc.assert(
                fc.asyncProperty(text, text, async (a, b) => {
                    seen = [];
                    const failure = await run(nango, a, b).then(
                        () => undefined,
                        (error) => error,
                    );
                    if (seen.length === 0) {
                        expect(failure).toBeInstanceOf(NangoInputError);
                        return;
                    }
                    sent++;
                    const first = seen[0] as Seen;
                    expect(first.route).toBe(route);
                    for (const [place, values] of Object.entries(at(a, b))) {
                        const got = first[place as keyof Where] as Record<string, unknown>;
                        for (const name of Object.keys(values)) expect(plain(got[name])).toEqual(values[name]);
                    }
                }),
                // Plain ones first: by chance, all others may be refused.
                { numRuns: 40, examples: [['github', 'c1']] },
            );
            // The property would hold for a client that refuses everything.
            expect(sent).toBeGreaterThan(0);
        });
    });
}

/** qs makes objects without a prototype. */
function plain(value: unknown): unknown {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : value;
}
