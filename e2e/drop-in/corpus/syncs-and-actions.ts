import type { NangoSyncConfig, StandardNangoConfig, SyncStatusResponse } from '@nangohq/node';
import { Nango, SyncConfigType } from '@nangohq/node';
import type { Sites, World } from './world.js';

const client = ({ apiKey, host }: World) => new Nango({ apiKey, host });

const namesOf = (configs: StandardNangoConfig[]): string[] =>
    configs.flatMap(({ syncs, actions }) => [...syncs, ...actions]).map(({ name, type }: NangoSyncConfig) => `${type} ${name}`);

export const sites: Sites = {
    'an action with its types': async (world) => {
        const { greeting } = await client(world).triggerAction<{ name: string }, { greeting: string }>('key-api', 'k1', 'greet', {
            name: 'Ada',
        });
        return greeting;
    },
    'an action that nobody waits for': async (world) => {
        const queued = await client(world).triggerActionAsync('key-api', 'k1', 'greet', { name: 'Ada' });
        return [typeof queued.id, queued.statusUrl.startsWith('/action/')];
    },
    'syncs are started, paused and asked': async (world) => {
        const nango = client(world);
        await nango.startSync('key-api', ['contacts'], 'k1');
        await nango.pauseSync('key-api', [{ name: 'contacts', variant: 'base' }], 'k1');
        const { syncs }: SyncStatusResponse = await nango.syncStatus('key-api', '*', 'k1');
        return syncs.map((sync) => [sync.name, sync.status]);
    },
    'a sync is triggered in every form': async (world) => {
        const nango = client(world);
        await nango.triggerSync('key-api', ['contacts'], 'k1', { reset: true });
        await nango.triggerSync('key-api', ['contacts'], 'k1', 'full_refresh');
        await nango.triggerSync('key-api', ['contacts'], 'k1', true);
        await nango.triggerSync('key-api', undefined, 'k1');
        return 'done';
    },
    'a frequency is changed': async (world) =>
        (await client(world).updateSyncConnectionFrequency('key-api', 'contacts', 'k1', 'every 2h')).frequency,
    'what is deployed': async (world) => {
        const configs = await client(world).getScriptsConfig();
        return [namesOf(configs as StandardNangoConfig[]), SyncConfigType.SYNC, SyncConfigType.ACTION as SyncConfigType];
    },
    'environment variables': async (world) => client(world).getEnvironmentVariables(),
};
