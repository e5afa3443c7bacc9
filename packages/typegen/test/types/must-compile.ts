import { Actions, Connections, ConnectSessions, Nango, ProxyCalls, Records, Syncs, Webhooks } from '@x/node';
import type { RecordsConsumer, TransactionalConsumer } from '@x/syncs';
import type { NangoTypes } from '../compiled-folder/nango.gen.js';

/** What a typed client takes and gives; compiled by typed-client.test.ts with each way of making `NangoTypes`. */

const nango = new Nango<NangoTypes>({ apiKey: 'key' });

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
/** Of exactly this type. */
const is = <Expected>() => ({
    of: <Actual>(_value: Actual, ..._equal: Equal<Expected, Actual> extends true ? [] : [never]) => {},
});

const consumer = { load: () => undefined, save: () => undefined };
const issues = { providerConfigKey: 'github', connectionId: 'c1', model: 'Issue' } as const;

declare const plain: RecordsConsumer<{ title: string }>;
declare const transactional: TransactionalConsumer<{ title: string }, { query(): void }>;

export async function actions(either: 'github' | 'google-drive'): Promise<void> {
    const created = await nango.triggerAction('github', 'c1', 'createIssue', { title: 'Fire', parent: null, labels: ['hot'] });
    is<{ id: string; url: string }>().of(created);
    is<string>().of(await nango.triggerAction('google-drive', 'c1', 'whoami'));
    is<string>().of(await nango.triggerAction('google-drive', 'c1', 'whoami', undefined, { timeout: 1_000 }));
    const queued = await nango.triggerActionAsync(
        'github',
        'c1',
        'createIssue',
        { title: 'Fire', parent: { id: 1 } },
        { retries: 3 },
    );
    is<string>().of(queued.id);
    is<string>().of((await nango.waitForActionResult(queued, { timeout: 1_000 })).url);
    is<string>().of((await nango.getAsyncActionResult(queued)).url);
    is<unknown>().of(await nango.waitForActionResult({ id: 'from a database' }));
    is<unknown>().of(await nango.waitForActionResult({ type: 'async_action', payload: { id: '1' } }));
    await nango.getToken(either, 'c1');
}

export async function records(): Promise<void> {
    const page = await nango.listRecords({ ...issues, limit: 10, modifiedAfter: '2026-01-01T00:00:00Z' });
    is<string | null>().of(page.next_cursor);
    for (const record of page.records) {
        is<'open' | 'closed'>().of(record.state);
        is<'ADDED' | 'UPDATED' | 'DELETED'>().of(record._nango_metadata.last_action);
    }
    for await (const tree of nango.iterateRecords({ providerConfigKey: 'github', connectionId: 'c1', model: 'Tree' }))
        is<NangoTypes['github']['models']['Tree']['root']>().of(tree.root);
    for await (const { records } of nango.iterateRecords(issues, { timeout: 1_000 }).pages())
        is<string>().of((records[0] as (typeof records)[number]).title);
    await nango.consumeRecords(issues, {
        ...consumer,
        handle({ added }) {
            for (const { title } of added) is<string>().of(title);
        },
    });
    await nango.consumeRecords(issues, {
        transaction: async (work) => work({}),
        load: () => undefined,
        handle: ({ updated }, _tx) => updated.map(({ state }) => is<'open' | 'closed'>().of(state)),
        save: () => true,
    });
    // Without the transaction, which only `save` has to use.
    await nango.consumeRecords(issues, {
        transaction: async (work) => work({}),
        load: (key) => key.model,
        handle: ({ added }) => added.map(({ state }) => is<'open' | 'closed'>().of(state)),
        save: (cursor, _key, _tx, { from }) => cursor !== from,
    });
    await nango.untyped().consumeRecords<{ title: string }>(issues, {
        transaction: (work) => work({}),
        load: (key) => key.model,
        handle: ({ added }) => added.map(({ title }) => is<string>().of(title)),
        save: (cursor, _key, _tx, { from }) => cursor !== from,
    });
    await nango.consumeRecords(issues, plain);
    await nango.consumeRecords(issues, transactional);
    await nango.consumeRecords(issues, Math.random() < 0.5 ? plain : transactional);
    await nango.recordsFromWebhook(
        { type: 'sync', providerConfigKey: 'github', connectionId: 'c1', model: 'Issue,Tree' },
        { ...consumer, handle: ({ added }) => added.map((record) => ('root' in record ? record.root : record.title)) },
    );
    await nango.recordsFromWebhook(
        { type: 'sync', ...issues },
        { ...consumer, handle: ({ added }) => added.map(({ title }) => title.length) },
    );
    is<number>().of((await nango.pruneRecords({ ...issues, untilCursor: 'cursor' })).count);
}

export async function syncs(): Promise<void> {
    await nango.triggerSync('github');
    await nango.triggerSync('github', ['fetchIssues', 'fetchIssues::docs', { name: 'fetchIssues', variant: 'docs' }], 'c1', {
        reset: true,
    });
    await nango.startSync('github', ['fetchIssues']);
    await nango.pauseSync('github', []);
    const { syncs } = await nango.syncStatus('github', '*');
    for (const { name, recordCount } of syncs) {
        is<'fetchIssues'>().of(name);
        is<number | undefined>().of(recordCount.Issue);
    }
    await nango.updateSyncConnectionFrequency('github', 'fetchIssues', 'c1', 'every 2h');
    await nango.updateSyncConnectionFrequency('github', { name: 'fetchIssues', variant: 'docs' }, 'c1', null);
    const variant = { provider_config_key: 'github', connection_id: 'c1', name: 'fetchIssues', variant: 'docs' } as const;
    is<'fetchIssues'>().of((await nango.createSyncVariant(variant)).name);
    await nango.deleteSyncVariant(variant);
}

export async function connections(): Promise<void> {
    is<{ owner: string; repos?: string[] } | null>().of(await nango.getMetadata('github', 'c1'));
    await nango.setMetadata('github', ['c1', 'c2'], { owner: 'ada' });
    await nango.updateMetadata('github', 'c1', { repos: [] });
    await nango.setMetadata('google-drive', 'c1', { anything: 'where nothing is known' });
    is<string | undefined>().of((await nango.getConnection('github', 'c1')).metadata?.owner);
    is<'github'>().of((await nango.getConnection('github', 'c1', true, true)).provider_config_key);
    is<string | undefined>().of((await nango.getConnection('github', 'c1', { forceRefresh: true })).metadata?.owner);
    const listed = await nango.listConnections({ integrationId: ['github', 'google-drive'], userId: 'user-1' });
    for (const connection of listed.connections)
        if (connection.provider_config_key === 'github') is<string | undefined>().of(connection.metadata?.owner);
    is<'github' | undefined>().of((await nango.listConnections({ integrationId: 'github' })).connections[0]?.provider_config_key);
    is<'github' | 'google-drive' | undefined>().of((await nango.listConnections()).connections[0]?.provider_config_key);
    for await (const connection of nango.iterateConnections({ integrationId: 'github' }))
        is<string | undefined>().of(connection.metadata?.owner);
    for await (const connection of nango.iterateConnections()) is<'github' | 'google-drive'>().of(connection.provider_config_key);
    is<string | undefined>().of((await nango.waitForConnection('github', 'user-1')).metadata?.owner);
    await nango.getToken('github', 'c1', { forceRefresh: true });
    is<string>().of((await nango.getRawTokenResponse<{ scope: string }>('github', 'c1')).scope);
    await nango.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, { tags: {} });
    const credentials = { type: 'API_KEY', apiKey: 'key' } as const;
    const imported = await nango.importConnection({ provider_config_key: 'github', credentials, metadata: { owner: 'ada' } });
    is<string | undefined>().of(imported.metadata?.owner);
    await nango.deleteConnection('github', 'c1');
}

export async function sessions(): Promise<void> {
    await nango.createConnectSession({
        tags: {},
        allowed_integrations: ['github', 'google-drive'],
        integrations_config_defaults: { github: { connection_config: { oauth_scopes_override: 'repo' } } },
        overrides: { 'google-drive': { docs_connect: 'https://example.com' } },
    });
    await nango.createReconnectSession({ connection_id: 'c1', integration_id: 'github', keepTags: true });
}

export async function provider(): Promise<void> {
    is<{ login: string }>().of(
        (await nango.get<{ login: string }>({ endpoint: '/user', providerConfigKey: 'github', connectionId: 'c1' })).data,
    );
    await nango.proxy({ endpoint: '/user', method: 'HEAD', providerConfigKey: 'google-drive', connectionId: 'c1' });
}

/** Alone, and sharing another client. */
export async function alone(): Promise<void> {
    const options = { apiKey: 'key' };
    is<string>().of(await new Actions<NangoTypes>(nango).triggerAction('google-drive', 'c1', 'whoami'));
    is<string | undefined>().of((await new Records<NangoTypes>(options).listRecords(issues)).records[0]?.title);
    is<string | undefined>().of((await new Connections<NangoTypes>(options).getMetadata('github', 'c1'))?.owner);
    await new Syncs<NangoTypes>(options).pauseSync('github', ['fetchIssues']);
    await new ConnectSessions<NangoTypes>(options).createConnectSession({ tags: {}, allowed_integrations: ['github'] });
    await new ProxyCalls<NangoTypes>(options).post({ endpoint: '/', providerConfigKey: 'github' });
    new Webhooks<NangoTypes>(nango).verifyIncomingWebhookRequest('', {});
    is<Actions>().of(new Actions<NangoTypes>(options).untyped());
}

/** Ids from a database, and types named at the call. */
export async function untyped(id: string): Promise<void> {
    const plain: Nango = nango.untyped();
    const key = { providerConfigKey: id, connectionId: 'c1', model: id };
    is<string | undefined>().of((await plain.listRecords<{ title: string }>(key)).records[0]?.title);
    is<{ id: string }>().of(await nango.untyped().triggerAction<{ a: 1 }, { id: string }>(id, 'c1', id, { a: 1 }));
}

/** A typed client goes wherever a client does. */
export const clients: Nango[] = [nango, new (class extends Nango<NangoTypes> {})({ apiKey: 'key' })];

export class Typed extends Nango<NangoTypes> {
    async titles(): Promise<string[]> {
        return (await this.listRecords(issues)).records.map(({ title }) => title);
    }
}

export class Generic<T> extends Nango<T> {}
export const generic = new Generic<NangoTypes>({ apiKey: 'key' }).triggerAction('google-drive', 'c1', 'whoami');

export class Plain extends Nango {
    override async triggerAction<In, Out>(id: string, connectionId: string, name: string, input?: In): Promise<Out> {
        return super.triggerAction<In, Out>(id, connectionId, name, input);
    }
}

/** Of one that may be either, what both have. */
export async function either(id: 'github' | 'google-drive'): Promise<void> {
    await nango.setMetadata(id, 'c1', { owner: 'ada' });
    is<'github' | 'google-drive'>().of((await nango.getConnection(id, 'c1')).provider_config_key);
}
