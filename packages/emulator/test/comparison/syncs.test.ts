import { beforeEach, describe, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '../../src/index.js';
import { type Call, caller, noon } from '../support/scene.js';

/* What a wider comparison with a running server showed about syncs, records and actions. */

const hour = 3_600_000;
const at = { provider_config_key: 'none', connection_id: 'c1' };
let emulator: Emulator;
let call: Call;
let broken: Set<string>;

beforeEach(async () => {
    broken = new Set();
    emulator = createEmulator({
        frozenAt: noon,
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'none' }],
            connections: [{ ...at, credentials: { type: 'NONE' } }],
        },
    });
    call = caller(emulator);
    for (const [name, syncType] of [
        ['full', 'full'],
        ['partial', 'incremental'],
    ] as const) {
        emulator.defineSync('none', name, {
            model: 'Thing',
            frequency: 'every 1h',
            syncType,
            run: ({ save }) => {
                if (broken.has(name)) throw new Error('broken');
                save([{ id: 1 }, { id: 2 }, { id: 3 }]);
            },
        });
    }
    await emulator.control.settle();
});

const status = async (name: string) =>
    (await call('GET', `/sync/status?syncs=${name}&provider_config_key=none&connection_id=c1`)).body.syncs[0];
const errors = async () => (await call('GET', '/connections?connectionId=c1')).body.connections[0].errors;
const command = (name: string, sync: string) => call('POST', `/sync/${name}`, { body: { ...at, syncs: [sync] } });

test('an error of a sync stays until that sync succeeds (contract 8.1)', async () => {
    broken = new Set(['full', 'partial']);
    await emulator.control.advance(hour);
    expect(await errors()).toEqual([
        { type: 'sync', log_id: expect.any(String) },
        { type: 'sync', log_id: expect.any(String) },
    ]);
    broken = new Set(['full']);
    await command('trigger', 'partial');
    await emulator.control.settle();
    expect(await errors()).toHaveLength(1);
    broken.clear();
    await command('trigger', 'partial');
    await emulator.control.settle();
    expect(await errors()).toHaveLength(1);
    await command('trigger', 'full');
    await emulator.control.settle();
    expect(await errors()).toEqual([]);
});

describe('start after pause (contract 11.2)', () => {
    test('takes the schedule up where it stood', async () => {
        const before = await status('full');
        await command('pause', 'full');
        expect(await status('full')).toMatchObject({ status: 'PAUSED', nextScheduledSyncAt: null });
        await emulator.control.advance(hour / 2);
        await command('start', 'full');
        await emulator.control.settle();
        expect(await status('full')).toEqual(before);
        await emulator.control.advance(hour / 2);
        expect((await status('full')).finishedAt).toBe('2026-03-01T13:00:00.000Z');
    });

    test('runs at once when it fell due meanwhile, and when it never ran', async () => {
        await command('pause', 'full');
        await emulator.control.advance(1.5 * hour);
        expect((await status('full')).finishedAt).toBe('2026-03-01T12:00:00.000Z');
        await command('start', 'full');
        await emulator.control.settle();
        expect(await status('full')).toMatchObject({
            finishedAt: '2026-03-01T13:30:00.000Z',
            nextScheduledSyncAt: '2026-03-01T14:00:00.000Z',
        });
        emulator.defineSync('none', 'late', { model: 'Late', autoStart: false, run: () => [] });
        await command('start', 'late');
        await emulator.control.settle();
        expect((await status('late')).finishedAt).toBe('2026-03-01T13:30:00.000Z');
    });
});

describe('the status (contract 11.3)', () => {
    test('has the deployed frequency as it was written, until it is overridden', async () => {
        expect((await status('full')).frequency).toBe('every 1h');
        await call('PUT', '/sync/update-connection-frequency', { body: { ...at, sync_name: 'full', frequency: 'every 2h' } });
        expect((await status('full')).frequency).toBe('2h');
    });

    test('stays INITIAL for a sync that is not declared incremental', async () => {
        await emulator.control.advance(hour);
        expect([(await status('full')).type, (await status('partial')).type]).toEqual(['INITIAL', 'INCREMENTAL']);
    });

    test('of a failed run is STOPPED, with an empty result', async () => {
        broken.add('full');
        await emulator.control.advance(hour);
        expect(await status('full')).toMatchObject({ status: 'ERROR', latestExecutionStatus: 'STOPPED', latestResult: {} });
    });
});

test.each(['hour', 'half hour', 'day', 'week', 'month'])('the frequency %j without "every" is refused', async (frequency) => {
    const set = (text: string) =>
        call('PUT', '/sync/update-connection-frequency', { body: { ...at, sync_name: 'full', frequency: text } });
    expect((await set(frequency)).body.error.code).toBe('invalid_body');
    expect((await set(`every ${frequency}`)).status).toBe(200);
});

test.each([undefined, null, 0, '', false])('an action’s input of %j is undefined (contract 13.1)', async (input) => {
    const inputs: unknown[] = [];
    emulator.defineAction('none', 'hear', (heard: unknown) => {
        inputs.push(heard);
    });
    const headers = { 'connection-id': 'c1', 'provider-config-key': 'none' };
    await call('POST', '/action/trigger', { headers, body: { action_name: 'hear', input } });
    await call('POST', '/action/trigger', { headers: { ...headers, 'x-async': 'true' }, body: { action_name: 'hear', input } });
    await emulator.control.settle();
    expect(inputs).toEqual([undefined, undefined]);
});

test('limit=1.5 is two records and the end (contract 10.1)', async () => {
    const headers = { 'connection-id': 'c1', 'provider-config-key': 'none' };
    const { body } = await call('GET', '/records?model=Thing&limit=1.5', { headers });
    expect([body.records.length, body.next_cursor]).toEqual([2, null]);
});
