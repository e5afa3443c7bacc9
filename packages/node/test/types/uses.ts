import { Nango } from '../../src/index.js';

/** What the types promise, one by one. Compiles only if they keep it; run by types.test.ts. */

declare const ours: Nango;

export async function promised() {
    await ours.listConnections({ userId: 'u1', page: 2 });
    const metadata = await ours.getMetadata<{ plan: string }>('github', 'c1');
    metadata.plan satisfies string;
    const records = await ours.listRecords<{ title: string }>({ providerConfigKey: 'a', connectionId: 'b', model: 'C' });
    records.records[0]?.title satisfies string | undefined;
    const output = await ours.triggerAction<{ a: 1 }, { b: 2 }>('github', 'c1', 'x', { a: 1 });
    output.b satisfies 2;
    const response = await ours.get<{ login: string }>({ endpoint: '/user' });
    response.data.login satisfies string;
    const token = await ours.getToken('github', 'c1');
    if (typeof token === 'string') return token.length;
    if ('oAuthToken' in token) return token.oAuthTokenSecret.length;
    if (token.type === 'API_KEY') return token.apiKey.length;
    if (token.type === 'OAUTH2_CC') return token.client_id.length;
    const connection = await ours.getConnection('github', 'c1', { forceRefresh: true, signal: new AbortController().signal });
    if (connection.credentials.type === 'BASIC') return connection.credentials.password.length;
    // @ts-expect-error a time is text on the wire
    connection.created_at satisfies Date;
    // @ts-expect-error not a proxy option
    await ours.get({ endpoint: '/user', retrys: 3 });
    return 0;
}

/** One key, at compile time; it may come from the environment. */
export const keys = (fromEnvironment: string | undefined) => [
    new Nango({ apiKey: fromEnvironment }),
    new Nango({ secretKey: fromEnvironment }),
    // @ts-expect-error no key
    new Nango({ host: 'http://localhost:3003' }),
    // @ts-expect-error two names of one key
    new Nango({ apiKey: 'a', secretKey: 'b' }),
];

/** A subclass may give a field a value of its own. */
export class GitHub extends Nango {
    override providerConfigKey = 'github';
}

/** Records are strict where only this client has the method, and open where the vendor's has it too. */
export async function records(key: { providerConfigKey: string; connectionId: string; model: string }) {
    const { records } = await ours.listRecords<{ title: string }>(key);
    for (const record of records) record.source?.url satisfies unknown;
    for await (const record of ours.iterateRecords<{ title: string }>(key)) {
        record.title satisfies string;
        record._nango_metadata.last_action satisfies 'ADDED' | 'UPDATED' | 'DELETED';
        // @ts-expect-error not a field of the record
        record.source;
    }
}

/** A list of ids may be readonly wherever one is taken. */
export const lists = (ids: readonly string[]) => [
    ours.setMetadata('github', ids, {}),
    ours.updateMetadata('github', ids, {}),
    ours.createConnectSession({ tags: {}, allowed_integrations: ids }),
    ours.listConnections({ integrationId: ids }),
    ours.listRecords({ providerConfigKey: 'a', connectionId: 'b', model: 'C', ids }),
    ours.triggerSync('github', ids),
];
