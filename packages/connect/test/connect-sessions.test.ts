import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { NangoAuthenticationError, NangoInputError } from '@x/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ConnectSessions } from '../src/index.js';

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const token = `nango_connect_session_${'0a'.repeat(32)}`;

let server: Server;
let sessions: ConnectSessions;
let asked: IncomingMessage[] = [];
let answer: [number, string] = [200, '{}'];
let limits: Record<string, string> = {};
beforeAll(async () => {
    server = createServer((request, response) => {
        asked.push(request);
        response
            .writeHead(answer[0], { 'content-type': 'application/json', ...limits })
            .end(answer[0] === 204 ? undefined : answer[1]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    sessions = new ConnectSessions({ apiKey, host, retry: false, rateLimit: false });
});
afterAll(() => {
    server.closeAllConnections();
    server.close();
});
beforeEach(() => {
    asked = [];
});

test('a session is read and deleted with its own token, and the API key stays at home', async () => {
    answer = [200, JSON.stringify({ data: { endUser: null } })];
    expect(await sessions.getConnectSession(token)).toEqual({ data: { endUser: null } });
    answer = [204, ''];
    expect(await sessions.deleteConnectSession(token)).toBeUndefined();
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /connect/session', 'DELETE /connect/session']);
    for (const { headers } of asked) {
        expect(headers.authorization).toBe(`Bearer ${token}`);
        expect(JSON.stringify(headers)).not.toContain(apiKey);
    }
});

test('making sessions takes the API key', async () => {
    answer = [201, JSON.stringify({ data: { token, connect_link: 'x', expires_at: 'y' } })];
    expect((await sessions.createConnectSession({ end_user: { id: 'u1' } })).data.token).toBe(token);
    expect((await sessions.createReconnectSession({ connection_id: 'c1', integration_id: 'github' })).data.token).toBe(token);
    for (const { headers } of asked) expect(headers.authorization).toBe(`Bearer ${apiKey}`);
});

test('an unknown token is an authentication error that repeats neither token nor key', async () => {
    answer = [401, JSON.stringify({ error: { code: 'unknown_connect_session_token', message: `no ${token}`, payload: {} } })];
    const failure = await sessions.getConnectSession(token).catch((error) => error);
    expect(failure).toBeInstanceOf(NangoAuthenticationError);
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toMatch(/0a0a0a|7b2f9d0e/);
});

test("a session's calls do not wait for the API key's window: the server counts them apart", async () => {
    const waiting = new ConnectSessions({ apiKey, host: sessions.serverUrl, rateLimit: { isolated: true, maxWait: 0 } });
    const reset = Math.ceil(Date.now() / 1_000) + 50;
    limits = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    answer = [201, JSON.stringify({ data: { token, connect_link: 'x', expires_at: 'y' } })];
    await waiting.createConnectSession({ tags: { a: 'b' } });
    await expect(waiting.createConnectSession({ tags: { a: 'b' } })).rejects.toMatchObject({ sent: false });
    limits = {};
    answer = [200, JSON.stringify({ data: { endUser: null } })];
    expect(await waiting.getConnectSession(token)).toEqual({ data: { endUser: null } });
    answer = [204, ''];
    await waiting.deleteConnectSession(token);
    expect(asked).toHaveLength(3);
});

test('a session is never made twice', async () => {
    answer = [503, ''];
    const retrying = new ConnectSessions({ apiKey, host: sessions.serverUrl, retry: { limit: 2, baseDelay: 1 } });
    await expect(retrying.createConnectSession({ tags: { a: 'b' } })).rejects.toMatchObject({ status: 503 });
    expect(asked).toHaveLength(1);
});

test.each([
    ['getConnectSession', ''],
    ['deleteConnectSession', undefined],
    ['createConnectSession', 'u1'],
    ['createReconnectSession', undefined],
] as const)('%s refuses %j', async (method, argument) => {
    await expect(sessions[method](argument as never)).rejects.toBeInstanceOf(NangoInputError);
    await expect(sessions[method](`${token}\r\nx: y` as never)).rejects.toBeInstanceOf(NangoInputError);
    expect(asked).toEqual([]);
});
