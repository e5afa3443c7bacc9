import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Emulator } from '../src/index.js';
import { parseFrequency } from '../src/syncs/frequency.js';
import { type Call, setScene } from './support/scene.js';

let call: Call;
let emulator: Emulator;
beforeEach(async () => {
    ({ call, emulator } = setScene());
    await emulator.control.settle();
});

const hour = 3_600_000;
const at = { provider_config_key: 'github', connection_id: 'octo' };
const status = async (syncs = '*', connection = '&connection_id=octo') =>
    (await call('GET', `/sync/status?syncs=${syncs}&provider_config_key=github${connection}`)).body.syncs;
const records = async (model = 'Issue', query = '') =>
    (
        await call('GET', `/records?model=${model}${query}`, {
            headers: { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' },
        })
    ).body.records;

describe('schedules', () => {
    test('a sync runs when its connection comes, and then at its frequency, on the emulator’s clock', async () => {
        const [, issues] = await status();
        expect(issues).toEqual({
            id: expect.any(String),
            name: 'issues',
            variant: 'base',
            connection_id: 'octo',
            type: 'INITIAL',
            status: 'SUCCESS',
            latestExecutionStatus: 'SUCCESS',
            finishedAt: '2026-03-01T12:00:00.000Z',
            nextScheduledSyncAt: '2026-03-01T13:00:00.000Z',
            frequency: 'every hour',
            latestResult: { Issue: { added: 2, updated: 0, deleted: 0 } },
            recordCount: { Issue: 2 },
            checkpoint: null,
        });
        expect((await records()).map(({ id }: { id: string }) => id)).toEqual(['1', '2']);
        await emulator.control.advance(2 * hour);
        expect((await status('issues'))[0]).toMatchObject({
            finishedAt: '2026-03-01T14:00:00.000Z',
            nextScheduledSyncAt: '2026-03-01T15:00:00.000Z',
            latestResult: { Issue: { added: 0, updated: 0, deleted: 0 } },
        });
    });

    test('a sync that does not start by itself is paused and has no result', async () => {
        const [catalogued] = await status('catalogued');
        expect(catalogued).toMatchObject({ status: 'PAUSED', nextScheduledSyncAt: null, recordCount: { Gist: 0 } });
        for (const field of ['finishedAt', 'latestResult', 'latestExecutionStatus']) expect(catalogued).not.toHaveProperty(field);
    });

    test('pause stops the schedule; start runs at once; starting again changes nothing', async () => {
        await call('POST', '/sync/pause', { body: { ...at, syncs: ['issues'] } });
        expect((await status('issues'))[0]).toMatchObject({
            status: 'PAUSED',
            nextScheduledSyncAt: null,
            latestExecutionStatus: 'SUCCESS',
        });
        await emulator.control.advance(5 * hour);
        expect((await status('issues'))[0].finishedAt).toBe('2026-03-01T12:00:00.000Z');
        expect((await call('POST', '/sync/start', { body: { ...at, syncs: ['issues'] } })).body).toEqual({ success: true });
        await emulator.control.settle();
        const started = (await status('issues'))[0];
        expect(started).toMatchObject({
            status: 'SUCCESS',
            finishedAt: '2026-03-01T17:00:00.000Z',
            nextScheduledSyncAt: '2026-03-01T18:00:00.000Z',
        });
        await emulator.control.advance(1000);
        await call('POST', '/sync/start', { body: { ...at, syncs: ['issues'] } });
        await emulator.control.settle();
        expect((await status('issues'))[0]).toEqual(started);
    });

    test('a new frequency counts from now; null goes back to the deployed one', async () => {
        const set = (frequency: unknown) =>
            call('PUT', '/sync/update-connection-frequency', { body: { ...at, sync_name: 'issues', frequency } });
        expect((await set('every 2h')).body).toEqual({ frequency: '2h' });
        expect((await status('issues'))[0]).toMatchObject({ frequency: '2h', nextScheduledSyncAt: '2026-03-01T14:00:00.000Z' });
        for (const [given, answered] of [
            ['every half hour', '30m'],
            ['every half day', '12h'],
            ['every month', '30d'],
            ['every week', '1w'],
            ['30s', '30s'],
        ]) {
            expect((await set(given)).body).toEqual({ frequency: answered });
        }
        expect((await set(null)).body).toEqual({ frequency: 'every hour' });
        for (const given of ['29s', '1 s'])
            expect((await set(given)).body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
        for (const given of ['hour', 'half hour', 'half day', 'month', 'day'])
            expect((await set(given)).body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
        for (const given of ['often', '', 5]) expect((await set(given)).body.error.code).toBe('invalid_body');
        const body = { ...at, sync_name: 'issues', frequency: null };
        const unknown = await call('PUT', '/sync/update-connection-frequency', { body: { ...body, sync_name: 'nope' } });
        expect([unknown.status, unknown.body]).toEqual([400, { error: { code: 'unknown_sync' } }]);
        const nobody = await call('PUT', '/sync/update-connection-frequency', { body: { ...body, connection_id: 'nobody' } });
        expect([nobody.status, nobody.body]).toEqual([400, { error: { code: 'unknown_connection' } }]);
    });

    test('while it runs it says RUNNING, and when it throws ERROR, with an error on the connection', async () => {
        let release = () => {};
        const gate = new Promise<void>((resolve) => {
            release = resolve;
        });
        emulator.defineSync('github', 'slow', {
            model: 'Slow',
            async run() {
                await gate;
                throw new Error('no more');
            },
        });
        const sent = vi.spyOn(emulator.context.webhooks, 'send');
        await expect
            .poll(async () => (await status('slow'))[0])
            .toMatchObject({ status: 'RUNNING', latestExecutionStatus: 'RUNNING' });
        expect((await status('slow'))[0]).not.toHaveProperty('finishedAt');
        release();
        await emulator.control.settle();
        expect((await status('slow'))[0]).toMatchObject({
            status: 'ERROR',
            latestExecutionStatus: 'STOPPED',
            latestResult: {},
        });
        const { errors } = (await call('GET', '/connections/octo?provider_config_key=github')).body;
        expect(errors).toEqual([{ type: 'sync', log_id: expect.any(String) }]);
        expect(sent.mock.calls[0]?.[0].body).toMatchObject({
            type: 'sync',
            success: false,
            syncName: 'slow',
            error: { description: 'no more' },
        });
    });
});

test.each([
    ['a b', 'Model', '1h', /"a b" is no name of a function/],
    ['fine', 'model', '1h', /"model" is no name of a model/],
    ['fine', 'Model', 'sometimes', /"sometimes" is no frequency/],
    ['fine', 'Model', '5s', /every 30 seconds/],
])('a sync %s of %s every %s can not be defined', (name, model, frequency, message) => {
    expect(() => emulator.defineSync('github', name, { model, frequency, run: () => [] })).toThrow(message);
});

describe('runs', () => {
    test('save, remove, checkpoints and the connection’s metadata', async () => {
        const seen: unknown[] = [];
        emulator.defineSync('github', 'steps', {
            model: ['Aa', 'Bb'],
            syncType: 'incremental',
            run({ save, remove, setCheckpoint, checkpoint, lastSyncDate, metadata, connection, variant }) {
                seen.push({
                    checkpoint,
                    lastSyncDate: lastSyncDate?.toISOString(),
                    metadata,
                    variant,
                    token: connection.credentials.access_token,
                });
                save([{ id: 1 }, { id: 2 }], 'Aa');
                save([{ id: 'x' }], 'Bb');
                if (checkpoint) remove([{ id: 2 }, 'nobody'], 'Aa');
                setCheckpoint({ page: 1 });
            },
        });
        await emulator.control.advance(hour);
        expect(seen).toEqual([
            { checkpoint: null, metadata: { plan: 'pro' }, variant: 'base', token: 'gho_access', lastSyncDate: undefined },
            {
                checkpoint: { page: 1 },
                metadata: { plan: 'pro' },
                variant: 'base',
                token: 'gho_access',
                lastSyncDate: '2026-03-01T12:00:00.000Z',
            },
        ]);
        expect((await status('steps'))[0]).toMatchObject({
            type: 'INCREMENTAL',
            checkpoint: { page: 1 },
            latestResult: { Aa: { added: 0, updated: 0, deleted: 1 }, Bb: { added: 0, updated: 0, deleted: 0 } },
            recordCount: { Aa: 1, Bb: 1 },
        });
    });

    test('records that a run no longer gives are deleted when that is tracked', async () => {
        let rows = [{ id: 1 }, { id: 2 }];
        emulator.defineSync('github', 'tracked', { model: 'Row', trackDeletes: true, run: () => rows });
        await emulator.control.settle();
        rows = [{ id: 2 }];
        await emulator.control.advance(hour);
        expect((await records('Row', '&filter=deleted')).map(({ id }: { id: string }) => id)).toEqual(['1']);
        expect((await status('tracked'))[0].recordCount).toEqual({ Row: 1 });
    });

    test('reports changes in a webhook for each model, and nothing when nothing changed', async () => {
        const sent = vi.spyOn(emulator.context.webhooks, 'send');
        emulator.defineSync('github', 'news', { model: 'News', run: () => [{ id: 1 }] });
        await emulator.control.settle();
        expect(sent.mock.calls.map(([webhook]) => webhook.body)).toEqual([
            {
                type: 'sync',
                from: 'nango',
                connectionId: 'octo',
                providerConfigKey: 'github',
                syncName: 'news',
                syncVariant: 'base',
                model: 'News',
                syncType: 'INITIAL',
                success: true,
                responseResults: { added: 1, updated: 0, deleted: 0 },
                modifiedAfter: '2026-03-01T12:00:00.000Z',
                queryTimeStamp: '2026-03-01T12:00:00.000Z',
                checkpoints: null,
            },
        ]);
        await emulator.control.advance(hour);
        expect(sent).toHaveBeenCalledTimes(1);
        await emulator.control.settings({ webhooks: { on_sync_completion_always: true } });
        await emulator.control.advance(hour);
        expect(sent.mock.calls.length).toBeGreaterThan(1);
    });
});

describe('trigger', () => {
    const trigger = (body: object, headers = {}) => call('POST', '/sync/trigger', { body, headers });

    test('runs once more; with emptyCache the records go first', async () => {
        const before = await records();
        await emulator.control.advance(1000);
        expect((await trigger({ ...at, syncs: ['issues'] })).body).toEqual({ success: true });
        await emulator.control.settle();
        expect(await records()).toEqual(before);
        await trigger({ ...at, syncs: [], opts: { emptyCache: true, more: 1 } });
        await emulator.control.settle();
        expect((await records())[0]._nango_metadata.first_seen_at).toMatch(/^2026-03-01T12:00:01/);
        await emulator.control.advance(1000);
        await trigger({ ...at, syncs: [{ name: 'issues', variant: 'base' }], sync_mode: 'full_refresh_and_clear_cache' });
        await emulator.control.settle();
        expect((await records())[0]._nango_metadata.first_seen_at).toMatch(/^2026-03-01T12:00:02/);
    });

    test('a cache that was emptied is empty when the run begins, whatever the runs before it still save', async () => {
        let end = () => {};
        const held = new Promise<void>((resolve) => {
            end = resolve;
        });
        emulator.defineSync('github', 'slow', {
            model: 'Slow',
            autoStart: false,
            run: async ({ save }) => {
                await held;
                save([{ id: '1' }]);
            },
        });
        await trigger({ ...at, syncs: ['slow'] });
        await trigger({ ...at, syncs: ['slow'], opts: { reset: true, emptyCache: true } });
        end();
        await emulator.control.settle();
        const [slow] = await status('slow');
        expect([slow.type, slow.latestResult]).toEqual(['INITIAL', { Slow: { added: 1, updated: 0, deleted: 0 } }]);
    });

    test('the connection may come from the headers', async () => {
        expect((await trigger({ syncs: ['issues'] }, { 'Provider-Config-Key': 'github', 'Connection-Id': 'octo' })).status).toBe(
            200,
        );
        expect((await trigger({ syncs: ['issues'] })).body.error.code).toBe('missing_provider_config_key');
    });

    test.each([
        [{ ...at, syncs: ['nope'] }, 400, { code: 'no_syncs_found', payload: {} }],
        [{ ...at, syncs: ['issues::other'] }, 400, { code: 'no_syncs_found' }],
        [{ provider_config_key: 'github', syncs: ['nope'] }, 400, { code: 'no_syncs_found' }],
        [{ provider_config_key: 'nope', syncs: [] }, 400, { code: 'unknown_provider_config' }],
        [
            { ...at, connection_id: 'nobody', syncs: [] },
            404,
            { code: 'unknown_connection', payload: { connectionId: 'nobody', providerConfigKey: 'github' } },
        ],
        [{ provider_config_key: 'none', connection_id: 'n1', syncs: ['issues'] }, 400, { code: 'no_syncs_found' }],
    ])('%j → %d %o', async (body, code, error) => {
        for (const command of ['trigger', 'start', 'pause']) {
            if (JSON.stringify(body).includes('::') && command !== 'trigger') continue;
            const answer = await call('POST', `/sync/${command}`, { body });
            expect(answer.status).toBe(code);
            expect(answer.body.error).toMatchObject({ message: expect.any(String), ...error });
        }
    });

    test('with a connection, a name that does not exist ends it, after those before it; without one, it does not matter', async () => {
        await emulator.control.advance(1000);
        const answer = await trigger({ ...at, syncs: ['issues', 'nope'] });
        expect([answer.status, answer.body.error.code]).toEqual([400, 'no_syncs_found']);
        await emulator.control.settle();
        expect((await status('issues'))[0].finishedAt).toBe('2026-03-01T12:00:01.000Z');
        expect((await trigger({ provider_config_key: 'github', syncs: ['issues', 'nope'] })).status).toBe(200);
    });

    test('with nothing deployed, all is fine and a name is not', async () => {
        const none = { provider_config_key: 'none', connection_id: 'n1' };
        for (const command of ['trigger', 'start', 'pause']) {
            expect((await call('POST', `/sync/${command}`, { body: { ...none, syncs: [] } })).status).toBe(200);
        }
        expect((await call('GET', '/sync/status?syncs=*&provider_config_key=none')).body).toEqual({ syncs: [] });
    });

    test.each([
        [{ ...at }, ['syncs']],
        [{ ...at, syncs: 'issues' }, ['syncs']],
        [{ ...at, syncs: [{ name: 'issues' }] }, ['syncs', '0']],
        [{ ...at, syncs: [], sync_mode: 'weird' }, ['sync_mode']],
        [{ ...at, syncs: [], x: 1 }, []],
    ])('%j is refused', async (body, path) => {
        const answer = await trigger(body);
        expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_body']);
        expect(answer.body.error.errors[0].path.slice(0, path.length)).toEqual(path);
    });

    test('start and pause take at most 256 names', async () => {
        const syncs = Array.from({ length: 257 }, () => 'issues');
        expect((await call('POST', '/sync/pause', { body: { ...at, syncs } })).body.error.errors[0]).toMatchObject({
            code: 'too_big',
            path: ['syncs'],
        });
    });
});

describe('status', () => {
    test('of names that do not exist is shorter, of a connection that does not exist an error', async () => {
        expect(await status('issues,nope,catalogued::other')).toHaveLength(1);
        expect((await call('GET', '/sync/status?syncs=*&provider_config_key=nope')).body).toEqual({ syncs: [] });
        const answer = await call('GET', '/sync/status?syncs=*&provider_config_key=github&connection_id=nobody');
        expect([answer.status, answer.body]).toEqual([400, { error: { code: 'invalid_body', message: expect.any(String) } }]);
        for (const query of ['provider_config_key=github', 'syncs=*', 'syncs=*&provider_config_key=github&x=1']) {
            expect((await call('GET', `/sync/status?${query}`)).body.error.code).toBe('invalid_query_params');
        }
    });
});

describe('variants', () => {
    const path = '/sync/issues/variant/eu';

    test('have records of their own', async () => {
        const made = await call('POST', path, { body: at });
        expect(made.body).toEqual({ id: expect.any(String), name: 'issues', variant: 'eu' });
        await emulator.control.settle();
        expect(await records('Issue', '&variant=eu')).toHaveLength(2);
        expect((await status('issues::eu'))[0]).toMatchObject({ variant: 'eu', recordCount: { Issue: 2 } });
        expect((await call('DELETE', path, { body: at })).body).toEqual({ success: true });
        expect(await records('Issue', '&variant=eu')).toEqual([]);
        expect(await records()).toHaveLength(2);
    });

    test.each([
        ['POST', '/sync/issues/variant/BASE', at, 400, 'invalid_variant'],
        ['DELETE', '/sync/issues/variant/base', at, 400, 'invalid_variant'],
        ['POST', path, { ...at, connection_id: 'nobody' }, 400, 'unknown_connection'],
        ['DELETE', path, { ...at, connection_id: 'nobody' }, 400, 'unknown_connection'],
        ['POST', '/sync/nope/variant/eu', at, 400, 'unknown_sync'],
        ['POST', path, { provider_config_key: 'none', connection_id: 'n1' }, 500, 'failed_sync_variant_creation'],
        ['DELETE', path, at, 404, 'not_found'],
        ['POST', '/sync/a%2Fb/variant/eu', at, 400, 'invalid_uri_params'],
        ['POST', '/sync/a%2Fb/variant/eu?x=1', {}, 400, 'invalid_body'],
        ['POST', `${path}?x=1`, at, 400, 'invalid_query_params'],
    ])('%s %s %j → %d %s', async (method, path, body, status, code) => {
        const answer = await call(method, path, { body });
        expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    });

    test('exist once, and at most as often as the plan says', async () => {
        await call('POST', path, { body: at });
        expect((await call('POST', path, { body: at })).body).toEqual({ error: { code: 'sync_variant_already_exists' } });
        await emulator.control.settings({ plan: { sync_variants: 2 } });
        expect((await call('POST', '/sync/issues/variant/us', { body: at })).body.error.code).toBe('resource_capped');
    });
});

test.each([
    ['every 5 minutes', '5 minutes', 300_000],
    ['every hour', '1h', 3_600_000],
    ['every quarter hour', '15m', 900_000],
    ['45 secs', '45 secs', 45_000],
    ['1 day', '1 day', 86_400_000],
    ['2 hrs', '2 hrs', 7_200_000],
    ['every month', '30d', 2_592_000_000],
])('the frequency %s is %s, %d ms', (given, text, ms) => {
    expect(parseFrequency(given)).toEqual({ text, ms });
});

test.each(['', 'every', 'fortnight', '1.5h', '-1h', 'every every 1h', '5 w', 'h'])('%j is no frequency', (given) => {
    expect(parseFrequency(given)).toBeUndefined();
});
