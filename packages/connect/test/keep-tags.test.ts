import { NangoInputError } from '@x/core';
import { startEmulator } from '@x/emulator';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { ConnectSessions, type ReconnectSessionInput } from '../src/index.js';

/** Against the emulator, which gives a reconnected connection the session's tags and no others, as the server does. */

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let sessions: ConnectSessions;
let sent: { method: string; path: string; body: unknown }[];

const of = { connection_id: 'c1', integration_id: 'crm' };
const ada = { id: 'ada', email: 'ada@example.com', display_name: 'Ada' };

beforeEach(async () => {
    const connection = (connection_id: string, more: object) => ({
        provider_config_key: 'crm',
        connection_id,
        credentials: { type: 'API_KEY' as const, apiKey: 'k' },
        ...more,
    });
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'crm' },
                { provider: 'private-api-bearer', unique_key: 'other' },
            ],
            connections: [
                connection('c1', { end_user: ada, tags: { team: 'blue' } }),
                connection('tagged', { tags: { end_user_id: 'ada', team: 'blue' } }),
                connection('bare', {}),
                { ...connection('c1', { tags: { team: 'of another integration' } }), provider_config_key: 'other' },
            ],
        },
    });
    onTestFinished(() => emulator.close());
    sent = [];
    sessions = new ConnectSessions({
        apiKey: 'e0e0e0e0-0000-4000-8000-000000000001',
        host: emulator.url,
        fetch: (input, init) => {
            const { pathname, search } = new URL(String(input instanceof Request ? input.url : input));
            const method = (input instanceof Request ? input.method : init?.method) ?? 'GET';
            sent.push({ method, path: pathname + search, body: init?.body });
            return fetch(input, init);
        },
    });
});

/** What the connection has after its user went through the session. */
async function afterReconnecting(session: ReconnectSessionInput) {
    const { data } = await sessions.createReconnectSession(session);
    await emulator.control.connect({ token: data.token, integrationId: 'crm', credentials: { apiKey: 'new' } });
    const response = await fetch(`${emulator.url}/connections?connectionId=${session.connection_id}&integrationId=crm`, {
        headers: { authorization: `Bearer ${emulator.apiKey}` },
    });
    const { connections } = (await response.json()) as { connections: { tags: object; end_user: { id: string } | null }[] };
    return connections[0];
}

test('without it the tags are lost, as with the vendor’s client, and nothing is read', async () => {
    expect((await afterReconnecting(of))?.tags).toEqual({});
    expect((await afterReconnecting({ ...of, keepTags: false }))?.tags).toEqual({});
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(2).fill('POST /connect/sessions/reconnect'));
});

test('with it the connection keeps its tags and its end user', async () => {
    const before = { end_user_id: 'ada', end_user_email: 'ada@example.com', end_user_display_name: 'Ada', team: 'blue' };
    const after = await afterReconnecting({ ...of, keepTags: true });
    expect(after?.tags).toEqual(before);
    expect(after?.end_user).toMatchObject(ada);
    // Once more: what was kept can be kept again.
    expect((await afterReconnecting({ ...of, keepTags: true }))?.tags).toEqual(before);
    expect(sent[0]).toMatchObject({ method: 'GET', path: '/connections?connectionId=c1&integrationId=crm' });
});

test('a connection with tags alone keeps those; one without any gets none', async () => {
    const tagged = await afterReconnecting({ ...of, connection_id: 'tagged', keepTags: true });
    expect(tagged?.tags).toEqual({ end_user_id: 'ada', team: 'blue' });
    expect(tagged?.end_user).toBeNull();
    expect((await afterReconnecting({ ...of, connection_id: 'bare', keepTags: true }))?.tags).toEqual({});
});

test('what the session says itself wins: tags are added, in whatever case, and another user takes the place of the former one', async () => {
    const added = await afterReconnecting({ ...of, tags: { Team: 'red', plan: 'pro' }, keepTags: true });
    expect(added?.tags).toMatchObject({ end_user_id: 'ada', team: 'red', plan: 'pro' });
    const grace = { id: 'grace', email: 'grace@example.com' };
    const replaced = await afterReconnecting({ ...of, end_user: grace, keepTags: true });
    expect(replaced?.tags).toEqual({
        end_user_id: 'grace',
        end_user_email: 'grace@example.com',
        team: 'red',
        plan: 'pro',
    });
});

test('ids may be numbers; the object that was given stays as it is', async () => {
    const body = Object.freeze({ connection_id: 7 as never, integration_id: 'crm', keepTags: true });
    await expect(sessions.createReconnectSession(body)).rejects.toMatchObject({ status: 400, code: 'invalid_body' });
    expect(sent[0]?.path).toBe('/connections?connectionId=7&integrationId=crm');
});

test('an unknown connection is reported by the server', async () => {
    const failure = sessions.createReconnectSession({ ...of, connection_id: 'nobody', keepTags: true });
    await expect(failure).rejects.toMatchObject({ status: 400, code: 'invalid_body', operation: 'createReconnectSession' });
});

test.each([
    ['keepTags', { ...of, keepTags: 'yes' }],
    ['connection_id', { integration_id: 'crm', keepTags: true }],
    ['integration_id', { connection_id: 'c1', integration_id: '', keepTags: true }],
])('a wrong `%s` is refused, and nothing is sent', async (parameter, body) => {
    const failure = await sessions.createReconnectSession(body as never).catch((error) => error);
    expect(failure).toBeInstanceOf(NangoInputError);
    expect(failure.parameter).toBe(parameter);
    expect(sent).toEqual([]);
});
