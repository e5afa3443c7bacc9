import type { ListRecordsRequestConfig, NangoRecord, RecordMetadata } from '@nangohq/node';
import { Nango } from '@nangohq/node';
import type { Sites, World } from './world.js';

interface Contact {
    id: string;
    name: string;
}

const client = ({ apiKey, host }: World) => new Nango({ apiKey, host });

async function everything<T extends Record<string, any>>(
    nango: Nango,
    config: ListRecordsRequestConfig,
): Promise<NangoRecord<T>[]> {
    const all: NangoRecord<T>[] = [];
    do {
        const page = await nango.listRecords<T>(config);
        all.push(...page.records);
        config.cursor = page.next_cursor;
    } while (config.cursor);
    return all;
}

const byAction = ({ last_action }: RecordMetadata): string => {
    switch (last_action) {
        case 'ADDED':
        case 'added':
            return 'new';
        case 'UPDATED':
        case 'updated':
            return 'changed';
        default:
            return 'gone';
    }
};

export const sites: Sites = {
    'a config is changed from page to page': async (world) => {
        const config: ListRecordsRequestConfig = {
            providerConfigKey: 'key-api',
            connectionId: 'k1',
            model: 'Contact',
            limit: 10,
        };
        const contacts = await everything<Contact>(client(world), config);
        return [contacts.length, contacts[0]?.name, contacts.map(({ _nango_metadata }) => byAction(_nango_metadata))[0]];
    },
    'members that the model does not name can be read': async (world) => {
        const { records } = await client(world).listRecords<{ name: string }>({
            providerConfigKey: 'key-api',
            connectionId: 'k1',
            model: 'Contact',
            limit: 1,
        });
        return records.map((record) => [record['raw_source']?.webUrl, record['name'], record.id]);
    },
    'records without a type are open': async (world) => {
        const { records, next_cursor } = await client(world).listRecords({
            providerConfigKey: 'key-api',
            connectionId: 'k1',
            model: 'Contact',
            limit: 2,
        });
        return [records.map((record) => record.name?.toUpperCase()), typeof next_cursor];
    },
    'ids are collected in the config': async (world) => {
        const config: ListRecordsRequestConfig = { providerConfigKey: 'key-api', connectionId: 'k1', model: 'Contact', ids: [] };
        for (const id of ['c1', 'c3']) config.ids?.push(id);
        config.filter = 'added';
        return (await client(world).listRecords<Contact>(config)).records.map(({ id }) => id);
    },
    'a page is read by what Parameters says': async (world) => {
        const config: Parameters<Nango['listRecords']>[0] = {
            providerConfigKey: 'key-api',
            connectionId: 'k1',
            model: 'Contact',
        };
        config.limit = 3;
        config.cursor = null;
        return (await client(world).listRecords(config)).records.length;
    },
    'records are pruned up to one that was read': async (world) => {
        const nango = client(world);
        const key = { providerConfigKey: 'key-api', connectionId: 'k1', model: 'Contact' };
        const { records } = await nango.listRecords<Contact>({ ...key, limit: 2 });
        const last = records[records.length - 1] as NangoRecord<Contact>;
        return nango.pruneRecords({ ...key, untilCursor: last._nango_metadata.cursor, limit: 10 });
    },
};
