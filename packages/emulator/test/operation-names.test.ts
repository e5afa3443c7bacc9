import { Nango } from '@x/node';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as actions from '../../actions/src/operations.js';
import * as connect from '../../connect/src/operations.js';
import * as connections from '../../connections/src/operations.js';
import * as integrations from '../../integrations/src/operations.js';
import * as proxy from '../../proxy/src/operations.js';
import * as syncs from '../../syncs/src/operations.js';
import { isRequestOf, operationNames } from '../src/base/operation-names.js';
import { buildEmulator } from '../src/emulator.js';
import { operationMatcher } from '../src/http/operation-matcher.js';
import type { Fault, OperationName } from '../src/index.js';
import { setScene } from './support/scene.js';

const operations = [actions, connect, connections, integrations, proxy, syncs].flatMap((module) => Object.values(module));
const names = new Set<string>(operationNames);

describe('the names of operations', () => {
    test('hold every method of the client that makes a request', () => {
        const silent = new Set([
            'constructor',
            // Any request: by its path.
            ...['rawRequest', 'withResponse'],
            // No request.
            ...['getUserAgent', 'verifyWebhookSignature', 'verifyIncomingWebhookRequest', 'parseWebhook', 'handleWebhook'],
            ...['webhookHandler', 'signWebhook'],
        ]);
        const methods = Object.entries(Object.getOwnPropertyDescriptors(Nango.prototype)).filter(
            ([, { value }]) => typeof value === 'function',
        );
        expect(methods.length).toBeGreaterThan(40);
        for (const [method] of methods) if (!silent.has(method)) expect(names, method).toContain(method);
    });

    test('find the request of every operation of the client', () => {
        const { routes } = buildEmulator({});
        const operationOf = operationMatcher(routes);
        expect(operations.length).toBeGreaterThan(40);
        for (const { name, method, path } of operations) {
            // What a method asks beside its own request.
            if (name === 'createReconnectSession' && method === 'GET') continue;
            if (name === 'getToken' && path.startsWith('/providers')) continue;
            const concrete = path.replace(/\{\w+\}/g, 'x');
            const headers: HeadersInit = name === 'triggerActionAsync' ? { 'X-Async': 'true' } : {};
            const operation = operationOf(new Request(`http://localhost${concrete}`, { method, headers }), concrete);
            expect(isRequestOf(name as OperationName, { method, operation }), `${name}: ${operation}`).toBe(true);
        }
    });

    test('hold every operation of the description but those of the control surface', async () => {
        const { emulator } = setScene();
        const { paths } = (await (await emulator.fetch('/_emulator/openapi.json')).json()) as {
            paths: Record<string, Record<string, { operationId: string }>>;
        };
        const described = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
        for (const id of described) if (!id.startsWith('control.')) expect(names).toContain(id);
    });
});

describe('a fault strikes under every name of a request', () => {
    const body = { provider_config_key: 'key-api', credentials: { type: 'API_KEY', apiKey: 'k' } };
    test.each<[OperationName, string, string, object?]>([
        ['getToken', 'GET', '/connections/octo?provider_config_key=github'],
        ['getRawTokenResponse', 'GET', '/connections/octo?provider_config_key=github'],
        ['getMetadata', 'GET', '/connection/octo?provider_config_key=github'],
        ['getConnection', 'GET', '/connection/octo?provider_config_key=github'],
        ['waitForConnection', 'GET', '/connections'],
        ['listConnections', 'GET', '/connection'],
        ['importConnection', 'POST', '/connection', body],
        ['getIntegration', 'GET', '/config/github'],
        ['iterateRecords', 'GET', '/records?model=Issue'],
        ['consumeRecords', 'GET', '/records/?model=Issue'],
        ['waitForActionResult', 'GET', '/action/1'],
        ['post', 'POST', '/proxy/user'],
        ['proxy', 'PUT', '/proxy/user'],
        ['get', 'GET', '/proxy/user'],
        ['proxyDelete', 'DELETE', '/proxy/user'],
        ['v1', 'GET', '/v1/any'],
    ])('%s: %s %s', async (operation, method, path, body) => {
        const { emulator } = setScene();
        await emulator.control.fault({ type: 'status', status: 418, operation, times: 1 });
        const init = body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {};
        expect((await emulator.fetch(path, { method, ...init })).status).toBe(418);
        // The log says which, though no route saw it.
        expect((await emulator.control.requests()).at(-1)).toMatchObject({ status: 418, operation: expect.any(String) });
    });

    test('and no other request', async () => {
        const { emulator, call } = setScene();
        await emulator.control.fault({ type: 'status', status: 418, operation: 'post' });
        await emulator.control.fault({ type: 'status', status: 418, operation: 'triggerActionAsync' });
        const nango = new Nango({ apiKey: emulator.apiKey, host: emulator.url, fetch: emulator.fetch, retry: false });
        expect((await call('GET', '/proxy/user')).status).not.toBe(418);
        expect(await nango.triggerAction('github', 'octo', 'echo', { a: 1 })).toEqual({ a: 1 });
        await expect(nango.triggerActionAsync('github', 'octo', 'echo')).rejects.toMatchObject({ status: 418 });
    });
});

describe('what would never strike is refused', () => {
    test.each<[object, RegExp]>([
        [{ operation: 'listConection' }, /operation: .*"listConection".*did you mean listConnections\?/],
        [{ operation: 'getTokens' }, /did you mean getToken\?/],
        [{ operation: 'get_connection' }, /did you mean getConnection\?/],
        [{ path: 'connections' }, /path: a path begins with a slash/],
        [{ path: 'http://127.0.0.1:3003/connections' }, /path: a path begins with a slash/],
        [{ path: '/connections?limit=1' }, /path: a path has no query/],
        [{ method: 'GTE' }, /method: .*did you mean GET\?/],
        [{ times: 0 }, /times: /],
        [{ tims: 1 }, /unknown option "tims"; did you mean times\?/],
    ])('%j', async (where, message) => {
        const { emulator } = setScene();
        const fault = { type: 'status', status: 500, ...where } as unknown as Fault;
        await expect(emulator.control.fault(fault)).rejects.toThrow(message);
        expect(await emulator.control.faults()).toEqual([]);
    });

    test('by the compiler, too', () => {
        expectTypeOf<'getToken' | 'post' | 'iterateRecords'>().toExtend<Fault['operation']>();
        expectTypeOf<'listConection'>().not.toExtend<Fault['operation']>();
    });
});
