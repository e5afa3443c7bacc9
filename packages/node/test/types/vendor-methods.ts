import type { Nango as Vendor, NangoProps as VendorProps } from '@nangohq/node';
import { Nango } from '../../src/index.js';

/**
 * Compiles only if this client's type fits wherever the vendor's does, but for the rows of docs/migration.md. Run by types.test.ts.
 */

declare const ours: Nango;

/** Row `no-config`: `nango.http` is an axios instance there. */
type Methods = Exclude<keyof Vendor, 'http'>;

/** Rows `no-config` and `types-void`: these resolve to a whole response. */
type WholeResponse =
    | 'deleteConnection'
    | 'deleteIntegration'
    | 'setMetadata'
    | 'updateMetadata'
    | 'proxy'
    | 'get'
    | 'post'
    | 'put'
    | 'patch'
    | 'delete';

/** Row `types-sync-status`. */
type Nullable = 'syncStatus';

/** Row `default-ids`. */
type Ids = 'connectionId' | 'providerConfigKey';

// Everything else is assignable as it is: names, parameters, generics, overloads, results.
export const same: Pick<Vendor, Exclude<Methods, WholeResponse | Nullable | Ids>> = ours;

type Fn = (...args: never[]) => unknown;
/** Row `types-document`: no runtime of this client has a DOM to parse a document with. */
type NoDocument<A> = A extends [infer C extends { responseType?: unknown }]
    ? [Omit<C, 'responseType'> & { responseType?: Exclude<C['responseType'], 'document' | undefined> }]
    : A;
type Arguments<F> = F extends (...args: infer A) => unknown ? NoDocument<A> : never;
type Result<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

// The vendor's methods are compared loosely above, as TypeScript does for methods. Parameters again, and strictly:
// each of this client's methods takes all that the vendor's takes.
type Refused = {
    [M in Methods]: Vendor[M] extends Fn ? (Nango[M] extends (...args: Arguments<Vendor[M]>) => unknown ? never : M) : never;
}[Methods];
export const noneRefused: { [M in Refused]: M } = {};

// The type above sees the vendor's last overload only; these are the others.
type Queries = NonNullable<Parameters<(typeof Nango)['prototype']['listConnections']>[2]>;
export const overloads: {
    listConnections: (connectionId?: string, search?: string, queries?: Queries) => unknown;
    triggerSync: (providerConfigKey: string, syncs?: string[], connectionId?: string, mode?: boolean) => unknown;
} = ours;

/** A vendor's response without what row `no-config` takes away; its `void` data has a type here (row `types-void`). */
type Response<R> = R extends { data: infer D; status: number; statusText: string }
    ? { data: [D] extends [void] ? unknown : D; status: number; statusText: string; headers: Record<string, unknown> }
    : never;
export const responses: {
    [M in WholeResponse]: (...args: Arguments<Vendor[M]>) => Promise<Response<Result<Vendor[M]>>>;
} = ours;

/** Row `types-sync-status`: the same members, some of which may be null or absent. */
type VendorSync = Result<Vendor['syncStatus']>['syncs'][number];
type OurSync = Result<Nango['syncStatus']>['syncs'][number];
export const members: { [K in Exclude<keyof VendorSync, keyof OurSync>]: K } = {};

// Its options are taken.
declare const props: VendorProps;
export const made: Nango = new Nango(props, { userAgent: 'app/1.0' });

// Promised by name.
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
    // @ts-expect-error OAuth 2 was a string
    if (token.type === 'OAUTH2') return 0;
    const connection = await ours.getConnection('github', 'c1', { forceRefresh: true, signal: new AbortController().signal });
    if (connection.credentials.type === 'BASIC') return connection.credentials.password.length;
    // @ts-expect-error a time is text on the wire
    connection.created_at satisfies Date;
    // @ts-expect-error not a proxy option
    await ours.get({ endpoint: '/user', retrys: 3 });
    return 0;
}
