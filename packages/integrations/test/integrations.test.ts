import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NangoApiError, NangoInputError, NangoNotFoundError } from '@x/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EnvironmentVariables, Functions, Integrations, operations, Providers, ScriptsConfig } from '../src/index.js';

/** What the wire parity test of @x/node does not show: these classes on their own, and their errors. */

let server: Server;
let host: string;
let asked: string[] = [];
let answer: [number, unknown] = [200, {}];
beforeAll(async () => {
    server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        response.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1]));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
    server.closeAllConnections();
    server.close();
});
beforeEach(() => {
    asked = [];
});

const options = () => ({ apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b', host, retry: false, rateLimit: false }) as const;

test('each class works alone', async () => {
    answer = [200, { data: [] }];
    expect(await new Providers(options()).listProviders()).toEqual({ data: [] });
    expect(await new Integrations(options()).listIntegrations()).toEqual({ configs: [] });
    await new Functions(options()).listFunctions({ uniqueKey: 'github' }, { type: 'sync', page: 0 });
    await new ScriptsConfig(options()).getScriptsConfig('openai');
    await new EnvironmentVariables(options()).getEnvironmentVariables();
    expect(asked).toEqual([
        'GET /providers',
        'GET /integrations',
        'GET /integrations/github/functions?type=sync&page=0',
        'GET /scripts/config?format=openai',
        'GET /environment-variables',
    ]);
});

test('every method takes options after its own arguments', async () => {
    const reason = new Error('enough');
    const last = { signal: AbortSignal.abort(reason) };
    const integrations = new Integrations(options());
    const functions = new Functions(options());
    const providers = new Providers(options());
    const key = { uniqueKey: 'github' };
    const named = { uniqueKey: 'github', name: 'issues' };
    const calls = [
        providers.listProviders({}, last),
        providers.getProvider({ provider: 'github' }, last),
        providers.getProviderTemplates({ provider: 'github' }, last),
        integrations.listIntegrations(last),
        integrations.getIntegration(key, {}, last),
        integrations.createIntegration({ provider: 'github', unique_key: 'github' }, last),
        integrations.createQuickstartIntegration({ provider: 'github', unique_key: 'github' }, last),
        integrations.updateIntegration(key, {}, last),
        integrations.deleteIntegration('github', last),
        functions.listFunctions(key, {}, last),
        functions.getFunction(named, {}, last),
        functions.getFunctionCode(named, {}, last),
        functions.deleteFunction(named, { type: 'sync' }, last),
        new ScriptsConfig(options()).getScriptsConfig('nango', last),
        new EnvironmentVariables(options()).getEnvironmentVariables(last),
    ];
    for (const call of calls) await expect(call).rejects.toBe(reason);
    expect(calls).toHaveLength(Object.keys(operations).length);
    expect(asked).toEqual([]);
});

test('wrong arguments reject with what is wrong, and nothing is sent', async () => {
    const integrations = new Integrations(options());
    const functions = new Functions(options());
    const wrong: [Promise<unknown>, string][] = [
        [new Providers(options()).getProvider(undefined as never), 'provider'],
        [integrations.getIntegration({} as never), 'uniqueKey'],
        [integrations.createIntegration([] as never), 'body'],
        [integrations.updateIntegration({ uniqueKey: 'github' }, null as never), 'body'],
        [integrations.deleteIntegration(''), 'uniqueKey'],
        [functions.getFunction({ uniqueKey: 'github' } as never), 'name'],
        [functions.deleteFunction({ uniqueKey: 'github', name: 'a' }, undefined as never), 'type'],
    ];
    for (const [call, parameter] of wrong) {
        const failure = await call.catch((error) => error);
        expect(failure).toBeInstanceOf(NangoInputError);
        expect(failure).toMatchObject({ parameter });
    }
    expect(asked).toEqual([]);
});

test('errors have the class of their meaning', async () => {
    answer = [404, { error: { code: 'not_found' } }];
    await expect(new Integrations(options()).getIntegration({ uniqueKey: 'nope' })).rejects.toBeInstanceOf(NangoNotFoundError);
    answer = [409, { error: { code: 'ambiguous_function', payload: { matches: [{ type: 'sync', name: 'a' }] } } }];
    const failure = await new Functions(options()).getFunctionCode({ uniqueKey: 'github', name: 'a' }).catch((error) => error);
    expect(failure).toBeInstanceOf(NangoApiError);
    expect(failure).toMatchObject({ payload: { matches: [{ type: 'sync', name: 'a' }] } });
});
