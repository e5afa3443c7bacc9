import { describe, expect, test, vi } from 'vitest';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { createEmulator, type Seed } from '../src/index.js';
import { caller, noon, scene, setScene } from './support/scene.js';

describe('seed', () => {
    test('every wrong field is listed, and nothing is changed', async () => {
        const { emulator, call } = setScene();
        const bad = {
            integrations: [{ provider: 'slack', unique_key: 'a/b' }],
            connections: [{ provider_config_key: 'github', credentials: { type: 'MAGIC' } }],
            extra: 1,
        };
        const error = await emulator.control.seed(bad as unknown as Seed).catch((reason: unknown) => reason as Error);
        expect((error as Error).message).toContain('integrations.0.unique_key: ');
        expect((error as Error).message).toContain('connections.0.credentials.type: ');
        expect((error as Error).message).toContain('extra: unknown option "extra"; there are environment, keys, ');
        const unknown = {
            integrations: [{ provider: 'nope', unique_key: 'a' }],
            connections: [{ provider_config_key: 'b', credentials: { type: 'NONE' } }],
        } as Seed;
        await expect(emulator.control.seed(unknown)).rejects.toThrow(
            /integrations\.0\.provider: no provider "nope".*\n.*connections\.0\.provider_config_key: no integration "b"/,
        );
        expect((await call('GET', '/integrations')).body.data).toHaveLength(4);
    });

    test('is refused at the start in the same words', () => {
        expect(() => createEmulator({ seed: { connections: 1 } as unknown as Seed })).toThrow(
            /The seed was refused:\n {2}connections: /,
        );
    });

    test('sends no webhook', async () => {
        const { emulator } = setScene({ webhookUrl: 'http://127.0.0.1:9/' });
        expect((await emulator.control.deliveries()).filter(({ type }) => type === 'auth')).toEqual([]);
    });
});

describe('snapshot', () => {
    test('restored in another emulator it gives the same answers, and the same ids from then on', async () => {
        const first = setScene();
        await first.emulator.control.settle();
        const { token } = (await first.call('POST', '/connect/sessions', { body: { tags: {} } })).body.data;
        await first.call('POST', '/sync/pause', { body: { provider_config_key: 'github', syncs: ['issues'] } });
        const snapshot = JSON.parse(JSON.stringify(await first.emulator.control.snapshot()));

        const second = createEmulator({ rateLimit: false });
        await second.control.restore(snapshot);
        const call = caller(second);
        await first.emulator.control.rateLimit(false);
        const headers = { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' };
        for (const path of [
            '/integrations',
            '/integrations/github?include=credentials',
            '/connections',
            '/connections/octo?provider_config_key=github&refresh_token=true',
            '/records?model=Issue',
            '/sync/status?syncs=*&provider_config_key=github',
            '/scripts/config',
            '/environment-variables',
        ]) {
            expect((await call('GET', path, { headers })).text, path).toBe((await first.call('GET', path, { headers })).text);
        }
        expect((await call('GET', '/connect/session', { key: token })).status).toBe(200);
        const create = { body: { provider_config_key: 'none', credentials: { type: 'NONE' } } };
        expect((await call('POST', '/connections', create)).text).toBe((await first.call('POST', '/connections', create)).text);
    });

    test('taken again after it was restored it is the same', async () => {
        const { emulator } = setScene();
        await emulator.control.settle();
        const before = await emulator.control.snapshot();
        await emulator.control.advance(3_600_000);
        await emulator.control.restore(before);
        expect(await emulator.control.snapshot()).toEqual(before);
    });

    test('schedules go on from where they were', async () => {
        const { emulator, call } = setScene();
        await emulator.control.settle();
        const snapshot = await emulator.control.snapshot();
        await emulator.control.reset();
        await emulator.control.restore(snapshot);
        await emulator.control.advance(3_600_000);
        const { syncs } = (await call('GET', '/sync/status?syncs=issues&provider_config_key=github')).body;
        expect(syncs[0].finishedAt).toBe('2026-03-01T13:00:00.000Z');
    });

    test('edited by hand, its records are put in order', async () => {
        const { emulator, call } = setScene();
        await emulator.control.settle();
        await emulator.control.advance(1000);
        const where = { provider_config_key: 'github', connection_id: 'octo', model: 'Issue' };
        await emulator.control.records({ ...where, save: [{ id: 'late' }] });
        const snapshot = await emulator.control.snapshot();
        snapshot.store.environments[0]?.records[0]?.rows.reverse();
        await emulator.control.restore(snapshot);
        const headers = { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' };
        const { records } = (await call('GET', '/records?model=Issue', { headers })).body;
        expect(records.map(({ id }: { id: string }) => id)).toEqual(['1', '2', 'late']);
    });

    test('that is none is refused, and the state stays', async () => {
        const { emulator, call } = setScene();
        await expect(emulator.control.restore({ version: 2 } as never)).rejects.toThrow(
            /The snapshot was refused:\n {2}version: /,
        );
        expect((await call('GET', '/integrations')).body.data).toHaveLength(4);
    });
});

describe('reset', () => {
    test('goes back to the start: seed, functions in code, ids, clock', async () => {
        const { emulator, call } = setScene();
        await emulator.control.settle();
        const start = await emulator.control.snapshot();
        await call('DELETE', '/integrations/github');
        await emulator.control.advance(1000);
        await emulator.control.fault({ type: 'reset' });
        await emulator.control.reset();
        await emulator.control.settle();
        expect((await emulator.control.snapshot()).store).toEqual(start.store);
        expect(await emulator.control.now()).toEqual({ now: new Date(noon), frozen: true });
        expect(await emulator.control.faults()).toEqual([]);
    });

    test('two emulators of one seed are the same', async () => {
        const bodies = [setScene(), setScene()].map(
            async ({ call }) => (await call('POST', '/connect/sessions', { body: { tags: {} } })).text,
        );
        const [first, second] = await Promise.all(bodies);
        expect(first).toBe(second);
        const other = createEmulator({ seed: scene, frozenAt: noon, idSeed: 'other' });
        expect((await caller(other)('POST', '/connect/sessions', { body: { tags: {} } })).text).not.toBe(first);
    });
});

describe('clock', () => {
    test('runs, stops, moves and runs on', async () => {
        fakeClock();
        const { control } = createEmulator();
        expect((await control.now()).now.getTime()).toBe(Date.now());
        const stopped = await control.freeze('2030-01-01T00:00:00Z');
        expect(stopped).toEqual({ now: new Date('2030-01-01T00:00:00Z'), frozen: true });
        expect((await control.advance(500)).now.getTime()).toBe(stopped.now.getTime() + 500);
        const running = await control.resume();
        expect(running.frozen).toBe(false);
        expect(running.now.getTime()).toBe(stopped.now.getTime() + 500);
        vi.setSystemTime(Date.now() + 70);
        expect((await control.now()).now.getTime()).toBe(stopped.now.getTime() + 570);
    });
});

describe('request log', () => {
    test('says what was asked and answered, without secrets', async () => {
        const { emulator, call } = setScene();
        const lines: string[] = [];
        const logged = createEmulator({ seed: scene, log: (line) => lines.push(line) });
        await caller(logged)('GET', '/connections?search=octo');
        expect(lines).toEqual([expect.stringMatching(/^GET \/connections\?search=octo 200 [\d.]+ ms$/)]);

        await call('GET', '/connections/nobody?provider_config_key=github&refresh_token=true');
        await call('GET', `/oauth/connect/github?connect_session_token=nango_connect_session_${'b'.repeat(64)}`, { key: null });
        const log = await emulator.control.requests();
        expect(log[0]).toMatchObject({
            method: 'GET',
            path: '/connections/nobody',
            status: 404,
            code: 'not_found',
            operation: 'getConnection',
            fault: null,
        });
        expect(JSON.stringify(log)).not.toContain('b'.repeat(64));
        expect(JSON.stringify(log)).not.toContain(emulator.apiKey);
        await emulator.control.clearRequests();
        expect(await emulator.control.requests()).toEqual([]);
    });
});

describe('deploy', () => {
    test('functions with canned outputs', async () => {
        const { emulator, call } = setScene();
        const where = { 'Provider-Config-Key': 'github', 'Connection-Id': 'octo' };
        await emulator.control.deploy({ integration: 'github', type: 'action', name: 'canned', output: { a: 1 } });
        await emulator.control.deploy({ integration: 'github', type: 'action', name: 'throws', throws: { b: 2 } });
        await emulator.control.deploy({
            integration: 'github',
            type: 'sync',
            name: 'canned',
            returns: ['Can'],
            records: [{ id: 1 }],
        });
        await emulator.control.settle();
        expect((await call('POST', '/action/trigger', { body: { action_name: 'canned' }, headers: where })).body).toEqual({
            a: 1,
        });
        const thrown = await call('POST', '/action/trigger', { body: { action_name: 'throws' }, headers: where });
        expect(thrown.body.error).toMatchObject({ code: 'action_script_runtime_error', payload: { b: 2 } });
        expect((await call('GET', '/records?model=Can', { headers: where })).body.records).toHaveLength(1);
    });
});

describe('many connections', () => {
    test('10,000 are listed by page and by tag', async () => {
        const connections = Array.from({ length: 10_000 }, (_, index) => ({
            provider_config_key: 'none',
            connection_id: `c${index}`,
            credentials: { type: 'NONE' as const },
            tags: { bucket: String(index % 100) },
        }));
        const { emulator, call } = setScene();
        await emulator.control.seed({ connections });
        const page = await call('GET', '/connections?limit=100&page=50');
        expect(page.body.connections).toHaveLength(100);
        expect(page.body.connections[0].connection_id).toBe('c4999');
        expect((await call('GET', '/connections?tags[bucket]=7&limit=2000')).body.connections).toHaveLength(100);
        const last = await call('GET', '/connections?limit=10&page=999');
        expect(last.body.connections.at(0).connection_id).toBe('c9');
    });
});

test('the description names every route once and says who may call it', async () => {
    const { emulator } = setScene();
    const response = await emulator.fetch(new Request('http://localhost:3003/_emulator/openapi.json'));
    const { openapi, paths } = (await response.json()) as {
        openapi: string;
        paths: Record<string, Record<string, { operationId: string; security: object[] }>>;
    };
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const open = operations
        .filter(({ security, path }) => security.length === 0 && !path.startsWith('/_emulator'))
        .map(({ path }) => path);
    expect(open).toEqual(expect.arrayContaining(['/health', '/ready']));
    expect(JSON.stringify(paths['/connect/sessions'])).toContain('allowed_integrations');
});
