import { count } from '../describe.js';
import type { Tour } from '../tour.js';
import type { World } from '../world.js';
import type { Connected } from './connect.js';

interface Contact {
    id: string;
    name: string;
    email: string;
}

/** Schedules, runs, variants, and the records that they bring. */
export async function syncsSection(tour: Tour, { nango, emulator, delivery }: World, { hubspot }: Connected): Promise<void> {
    const variant = { name: 'contacts', variant: 'vip' };
    const of = { provider_config_key: 'hubspot', connection_id: hubspot, ...variant };
    const done = () => 'done';

    tour.section('Syncs');
    await delivery('sync');
    await tour.step(
        "syncStatus(id, '*', …)",
        () => nango.syncStatus('hubspot', '*', hubspot),
        ({ syncs }) => syncs.map(({ name, status, frequency }) => `${name}: ${status}, runs ${frequency}`).join('; '),
    );
    await tour.step(
        'syncStatus(id, [names], …)',
        () => nango.syncStatus('hubspot', ['contacts'], hubspot),
        ({ syncs }) => `${syncs[0]?.recordCount.Contact} contacts`,
    );
    await tour.step('triggerSync(id, [names], …)', () => nango.triggerSync('hubspot', ['contacts'], hubspot), done);
    await tour.step(
        'createSyncVariant({ … })',
        () => nango.createSyncVariant(of),
        ({ name, variant }) => `${name}::${variant}`,
    );
    await tour.step('triggerSync(id, [variants], …)', () => nango.triggerSync('hubspot', [variant, 'contacts'], hubspot), done);
    // A run that is under way goes on when its sync is paused.
    await emulator.control.settle();
    await tour.step('pauseSync(id, [names], …)', () => nango.pauseSync('hubspot', ['contacts'], hubspot), done);
    await tour.step('pauseSync(id, [variants], …)', () => nango.pauseSync('hubspot', [variant, 'contacts'], hubspot), done);
    await tour.step(
        'syncStatus(id, [variants], …)',
        () => nango.syncStatus('hubspot', [variant, 'contacts'], hubspot),
        ({ syncs }) => syncs.map(({ variant, status }) => `${variant}: ${status}`).join(', '),
    );
    await tour.step('startSync(id, [names], …)', () => nango.startSync('hubspot', ['contacts'], hubspot), done);
    await tour.step('startSync(id, [variants], …)', () => nango.startSync('hubspot', [variant, 'contacts'], hubspot), done);
    await tour.step(
        'updateSyncConnectionFrequency(…)',
        () => nango.updateSyncConnectionFrequency('hubspot', 'contacts', hubspot, 'every half hour'),
        ({ frequency }) => `“every half hour” is ${frequency}`,
    );
    await tour.step(
        'updateSyncConnectionFrequency(variant)',
        () => nango.updateSyncConnectionFrequency('hubspot', variant, hubspot, '1d'),
        ({ frequency }) => `the variant: ${frequency}`,
    );
    await tour.step(
        'updateSyncConnectionFrequency(null)',
        () => nango.updateSyncConnectionFrequency('hubspot', 'contacts', hubspot, null),
        ({ frequency }) => `null: back to “${frequency}”`,
    );
    await tour.step(
        'deleteSyncVariant({ … })',
        () => nango.deleteSyncVariant(of),
        ({ success }) => `success: ${success}`,
    );

    const contacts = { providerConfigKey: 'hubspot', connectionId: hubspot, model: 'Contact' };
    tour.section('Records');
    const page = await tour.step(
        'listRecords({ …, limit: 3 })',
        () => nango.listRecords<Contact>({ ...contacts, limit: 3 }),
        ({ records }) =>
            count(
                'contact',
                records.map(({ name }) => name),
            ),
    );
    await tour.step(
        'listRecords({ …, cursor })',
        () => nango.listRecords<Contact>({ ...contacts, cursor: page.next_cursor }),
        ({ records }) => `the other ${records.length}`,
    );
    await tour.step(
        'iterateRecords({ …, pageSize: 3 })',
        async () => {
            const names: string[] = [];
            for await (const { name } of nango.iterateRecords<Contact>({ ...contacts, pageSize: 3 })) names.push(name);
            return names;
        },
        (names, { requests }) => `${names.length} contacts in ${requests} pages, one loop, no cursor`,
    );
}
