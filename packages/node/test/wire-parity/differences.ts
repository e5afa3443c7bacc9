import * as zlib from 'node:zlib';
import type { Seen } from './observe.js';
import { eachRequest } from './parity-case.js';

/**
 * One deliberate difference from `@nangohq/node`: a row of docs/migration.md, and all that the differential test knows of it.
 */
export interface Difference {
    readonly id: string;
    /** The call, option or situation. */
    readonly where: string;
    readonly vendor: string;
    readonly ours: string;
    readonly reason: string;
    /** Makes of what the vendor's client did what this one must do. */
    readonly expect?: (vendor: Seen) => Seen;
    /** Holds for every call, not just for the cases that name it. */
    readonly everywhere?: true;
    /** The test that proves it, where it can't be seen on the wire: a path in the repository. */
    readonly provedBy?: string;
}

const nothingSent = (): Seen => ({ requests: [], outcome: { refused: true } });

/** In the order of the page. */
export const differences: readonly Difference[] = [
    {
        id: 'user-agent',
        where: 'every call',
        vendor: '`User-Agent: nango-node-client/<version> (<os>/<release>; node.js/<version>)`',
        ours: '`User-Agent: @x/node/<version> (node.js/<version>)`; `getUserAgent()` adds the operating system',
        reason: 'It is another client. Reading the operating system needs a permission on Deno and is not possible on Workers.',
        everywhere: true,
        expect: eachRequest(({ headers }) => {
            headers['user-agent'] = `@x/node/0.0.0 (node.js/${process.versions.node})`;
        }),
    },
    {
        id: 'accept-encoding',
        where: 'every call',
        vendor: '`Accept-Encoding: gzip, compress, deflate, br`',
        ours: '`Accept-Encoding: gzip, deflate, br`, and `zstd` from Node 22.15',
        reason: 'Nothing sends `compress` any more, and only what the runtime can decode is asked for.',
        everywhere: true,
        expect: eachRequest(({ headers }) => {
            headers['accept-encoding'] = 'zstdDecompress' in zlib ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';
        }),
    },
    {
        id: 'content-type-without-body',
        where: 'calls without a body',
        vendor: 'some send `Content-Type`',
        ours: 'none does',
        reason: 'It would describe nothing. The server accepts both.',
        everywhere: true,
        expect: eachRequest((request) => {
            if (request.body === '') delete request.headers['content-type'];
        }),
    },
    {
        id: 'no-config',
        where: 'results and errors that hold the whole response',
        vendor: '`config` and `request` hold the request with its key; `headers` is an `AxiosHeaders`',
        ours: '`data`, `status`, `statusText` and `headers`, a plain object with names in lower case; errors also have `operation`, `method`, `path`',
        reason: 'A logged result or error must not publish the API key.',
        everywhere: true,
        expect(seen) {
            if ('resolved' in seen.outcome && typeof seen.outcome.resolved === 'object' && seen.outcome.resolved !== null) {
                const { config, request, ...rest } = seen.outcome.resolved as Record<string, unknown>;
                if (config !== undefined && request !== undefined) seen.outcome.resolved = rest;
            }
            return seen;
        },
    },
    {
        id: 'error-headers',
        where: '`err.response.headers`',
        vendor: 'all headers',
        ours: 'those that can hold no secret: content and cache headers, `date`, `retry-after`, rate limits, request ids and the like',
        reason: 'Errors are logged; cookies and tokens are not to be.',
        expect(seen) {
            if ('response' in seen.outcome) {
                delete seen.outcome.response.headers['set-cookie'];
                delete seen.outcome.response.headers['x-internal-token'];
            }
            return seen;
        },
    },
    {
        id: 'error-secrets',
        where: '`err.response.data`',
        vendor: 'as it came',
        ours: 'values of fields that are named like credentials, tokens and keys read `[redacted]`; all else is as it came',
        reason: 'Errors are logged.',
        expect(seen) {
            if ('response' in seen.outcome) {
                const data = seen.outcome.response.data as { error: { payload: Record<string, unknown> } };
                data.error.payload.access_token = '[redacted]';
            }
            return seen;
        },
    },
    {
        id: 'error-classes',
        where: 'errors',
        vendor: '`AxiosError`, and plain `Error` for wrong arguments',
        ours: '`NangoError` and its classes; HTTP, network and timeout errors still have `isAxiosError`, `response` and `code` (`ECONNABORTED` for timeouts). Messages differ',
        reason: 'They can be distinguished without reading messages.',
        provedBy: 'packages/node/test/sdk-reference.test.ts',
    },
    {
        id: 'not-json',
        where: 'a success of the API that is not JSON (a login page, a gateway), or a bare `null` or number where an object belongs',
        vendor: 'resolves to it',
        ours: '`NangoResponseError`',
        reason: 'Code that treats it as data fails later, somewhere else.',
        expect: (seen) => ({ ...seen, outcome: { refused: true } }),
    },
    {
        id: 'redirects',
        where: 'a redirect to another origin',
        vendor: 'followed; a 307 takes the body and the `Nango-Proxy-*` headers along',
        ours: '`NangoResponseError`; on the proxy the redirect itself is the answer',
        reason: 'Neither a key nor a body leaves the host that was configured.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'resilience',
        where: 'rate limit, failing server, silence',
        vendor: 'a 429 or a reset rejects at once; a silent server is waited for forever',
        ours: "waits for the rate limit, repeats what may be repeated, and gives up after 30 s (proxy 300 s, actions 960 s) for an attempt. `{ retry: false, rateLimit: false, timeout: false }` is the vendor's way",
        reason: 'The documentation asks clients to; few do.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'outage',
        where: 'a server that has answered before and can’t be reached (refused, no route, no DNS)',
        vendor: 'each call rejects at once',
        ours: 'calls wait for it, up to 20 s from its first failure, while one at a time tries; `{ retry: { outage: 0 } }` or `retry: false` turns that off. Where a runtime can’t prove that nothing was sent (Workers), they don’t',
        reason: 'A restart or a deployment takes seconds, and nothing was sent.',
        provedBy: 'packages/core/test/outage.test.ts',
    },
    {
        id: 'options-checked',
        where: '`new Nango(…)`',
        vendor: 'writes `host` into the options; takes any key, and hosts such as `file:///x`',
        ours: "never changes the options, which may be frozen; `NangoConfigError` for keys with spaces or line breaks, hosts that are not http(s) or hold a password, `interceptors` (use `hooks`), and in a browser's page",
        reason: 'A mistake shows where it was made.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'misspelled-members',
        where: 'an unknown member: in the options of a client or a call, in `retry` and `rateLimit`, in the options of `getConnection` and its like, and in what selects (`listConnections`, `iterateConnections`, `listRecords`, `iterateRecords`, `consumeRecords` and its consumer, `pruneRecords`, `listFunctions`, `getFunction`, `getFunctionCode`, `getIntegration`, `listProviders`, `opts` of `triggerSync`); a `Map`, a `URLSearchParams` or an array in their place',
        vendor: 'ignored',
        ours: 'an error that names the nearest known member (`NangoConfigError`, or `NangoInputError` and nothing is sent). Of class instances, consumers and hooks only near misses are refused. Bodies and proxy configs may hold anything, but for near misses of `keepTags`',
        reason: 'A misspelled limit or filter has no effect, and nothing shows it.',
        provedBy: 'packages/node/test/misspelled-selection.test.ts',
    },
    {
        id: 'http-field',
        where: '`nango.http`',
        vendor: 'an axios instance',
        ours: 'throws a `NangoConfigError` that names `hooks`, `fetch` and `headers`. A route that has no method is `rawRequest({ method, path, params })`, the status and headers of any call are `withResponse((nango) => …)`',
        reason: 'There is no axios.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'default-ids',
        where: '`nango.connectionId`, `nango.providerConfigKey` when they were not given',
        vendor: "`''`",
        ours: '`undefined`',
        reason: 'An empty id is no id.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'secret-key-warns',
        where: '`listConnections(id, search, queries)`, modes of `triggerSync`, `delta`, `verifyWebhookSignature`',
        vendor: '`verifyWebhookSignature` warns',
        ours: 'all of them work; each warns once a process (`DeprecationWarning`)',
        reason: 'They are the older forms.',
        provedBy: 'packages/node/test/legacy-integrations.test.ts',
    },
    {
        id: 'ids-stay-in-place',
        where: 'ids in paths and queries: `a/b`, `a?b`, `a&b`, `%`, `../x`, …',
        vendor: 'put into the URL as they are: `../integrations/github` as a connection id deletes an integration',
        ours: 'encoded: the server gets exactly that id',
        reason: "A user's input must not choose another route.",
    },
    {
        id: 'ids-refused',
        where: 'an id that is missing, empty, `.`, `..` or half a surrogate pair',
        vendor: 'sent: `GET /connections/undefined`, `GET /connections/`',
        ours: '`NangoInputError`, nothing is sent',
        reason: 'No URL can carry them as one segment; the call would reach another route.',
        expect: nothingSent,
    },
    {
        id: 'numbers-as-ids',
        where: 'ids that are numbers (JavaScript; the types require strings); `variant: null`',
        vendor: 'sent as they are: a body holds a JSON number, which the server refuses; `NaN` and `1.5` are ids too; `variant=null`',
        ours: 'a whole number below 2^53 is sent as its text, in every place; any other is a `NangoInputError`, nothing is sent. A null variant counts as absent',
        reason: "A database's `42` is the id `'42'`, whichever method it is passed to.",
        provedBy: 'packages/node/test/numbers-as-ids.test.ts',
    },
    {
        id: 'empty-filters-refused',
        where: "`listConnections({ userId: '' })` and the like; a tag that is not a string; a tag key with `[` or `]`",
        vendor: 'the filter is left out, or sent as `undefined`, or read as another one: the list holds the connections of other users too',
        ours: '`NangoInputError`. Leave a member out, or `undefined`, to list without the filter. The positional form leaves empty arguments out, as before',
        reason: "One user's page must not show another user's connections because an id was missing.",
        expect: nothingSent,
    },
    {
        id: 'local-checks',
        where: 'bodies and metadata that are not objects, flags that are not booleans, numbers that are `NaN`, header values with line breaks, ids in headers that begin or end with a space, syncs without a name or variant',
        vendor: 'sent as they are, or dropped',
        ours: '`NangoInputError`, nothing is sent',
        reason: 'The message names the argument; a line break would let data write headers, and HTTP drops the space.',
        expect: nothingSent,
    },
    {
        id: 'provider-session-token',
        where: '`listProviders({ connect_session_token })`',
        vendor: 'sent in the query',
        ours: 'not sent',
        reason: 'A token in a URL ends up in logs; the client has its API key.',
        expect: eachRequest((request) => {
            request.query = request.query.filter(([name]) => name !== 'connect_session_token');
        }),
    },
    {
        id: 'include-all',
        where: "`getIntegration({ uniqueKey }, { include: ['webhook', 'credentials'] })`",
        vendor: 'asks for the last one only',
        ours: 'asks for all',
        reason: 'The query parameter is repeated, as the server reads it.',
        expect: eachRequest((request) => {
            request.query = [
                ['include', 'webhook'],
                ['include', 'credentials'],
            ];
        }),
    },
    {
        id: 'older-forms',
        where: '`getIntegration(id, includeCredentials)`, `createIntegration(provider, id, credentials)`, `updateIntegration(provider, id, credentials)`',
        vendor: 'no longer work: they call `/integrations/undefined`, or send a text as body',
        ours: 'work, warn once a process, and resolve to `{ config, data }`. `createIntegration` with credentials asks for the provider first, `updateIntegration` for the integration',
        reason: "They are the forms that the vendor's documentation prints.",
        provedBy: 'packages/node/test/legacy-integrations.test.ts',
    },
    {
        id: 'missing-credentials',
        where: '`getToken`, `getRawTokenResponse` when the key may not read credentials',
        vendor: 'resolves to `{}`, or `undefined`',
        ours: 'asks for the provider; unless its auth mode is `NONE`, rejects with a `NangoPermissionError` that names the scope',
        reason: 'The server says 200 and leaves the credentials out; the caller would go on without a token.',
        provedBy: 'packages/connections/test/token.test.ts',
    },
    {
        id: 'wait-for-connection',
        where: '`waitForConnection`',
        vendor: 'looks 30 times by end user; rejects with an `Error`',
        ours: "looks for 68 s (`timeout`, `interval`), each time also by the tag `end_user_id`; rejects with a `NangoTimeoutError`, or with the signal's reason",
        reason: 'A connect session made with tags alone has no end user, and its connection was never found.',
        provedBy: 'packages/connections/test/wait-for-connection.test.ts',
    },
    {
        id: 'records-checks',
        where: '`listRecords`: a `modifiedAfter` that is not UTC or older than 365 days, more than 100 `ids`',
        vendor: 'sent; the server refuses them',
        ours: '`NangoInputError`, nothing is sent. A cursor that the server can’t read is a `NangoCursorError`',
        reason: 'The message says what to change; the server answers a bad cursor with a 500.',
        expect: nothingSent,
    },
    {
        id: 'status-url',
        where: '`getAsyncActionResult({ statusUrl })`',
        vendor: 'any text: it is put after the host, and takes the key to wherever that is',
        ours: '`NangoInputError` unless it is a path `/action/<id>`',
        reason: 'A status URL that comes from outside must not choose the route.',
        expect: nothingSent,
    },
    {
        id: 'proxy-empty-headers',
        where: 'proxy: `Base-Url-Override`, `Nango-Activity-Log-Id`, `Retry-On` without a value',
        vendor: 'sent empty',
        ours: 'not sent',
        reason: 'An empty header says nothing, and some gateways refuse it.',
        everywhere: true,
        expect: eachRequest(({ headers }) => {
            for (const name of ['base-url-override', 'nango-activity-log-id', 'retry-on']) {
                if (headers[name] === '') delete headers[name];
            }
        }),
    },
    {
        id: 'proxy-methods',
        where: 'proxy: `HEAD`, `OPTIONS` and unknown methods',
        vendor: 'sent as `GET`',
        ours: '`HEAD` is sent as such; `OPTIONS` and unknown ones are refused with a `NangoInputError`',
        reason: 'A method that changes on its way does something else than asked for. The server answers every `OPTIONS` request itself: the provider never sees one.',
    },
    {
        id: 'proxy-no-data',
        where: 'proxy: POST, PUT or PATCH without `data`',
        vendor: 'an empty form, of which the server makes the JSON `{}`',
        ours: '`{}` as JSON; with a `Content-Type` of another kind, an empty body of that type',
        reason: 'The provider gets the same, and the request says what it gets.',
        expect: eachRequest((request) => {
            request.body = {};
            request.headers['content-type'] = 'application/json';
        }),
    },
    {
        id: 'proxy-body-type',
        where: 'proxy: the type of a body that is not JSON',
        vendor: 'sent as `Content-Type`, or as `Nango-Proxy-Content-Type`, or as both, depending on how the header is written',
        ours: 'always sent as both',
        reason: 'The server reads the body by the one and labels it for the provider by the other; the files of a form are lost without both.',
    },
    {
        id: 'proxy-params',
        where: 'proxy: lists, `null`, `undefined`, dates and objects in `params`; spaces',
        vendor: '`a=1,2`, `a=null`, `a=undefined`, a date in the words of its time zone, `a=[object Object]`; a space is `+`',
        ours: '`a=1&a=2`; `null` and `undefined` are left out; a date is its ISO text, an object `a[b]=1`; a space is `%20`',
        reason: 'No value is lost or invented.',
    },
    {
        id: 'proxy-failed-stream',
        where: "proxy: `err.response.data` of a call with `responseType: 'stream'` or `'blob'`",
        vendor: 'an unread stream; for `blob` a text, since axios has no blobs on Node',
        ours: 'for `stream` the body, read: JSON where it parses, else text; for `blob` a `Blob`. A successful `blob` is a `Blob` too',
        reason: 'The reason of a failure is in its body, and a stream that nobody reads holds its connection.',
        provedBy: 'packages/proxy/test/answers.test.ts',
    },
    {
        id: 'proxy-climbing',
        where: 'proxy: an endpoint with `.` or `..` segments, also encoded, or with a backslash, a `#` or a control character',
        vendor: 'leaves `/proxy`: `/../integrations` lists the integrations; `#` cuts off what follows',
        ours: '`NangoInputError`, nothing is sent',
        reason: 'An endpoint that comes from a user must not reach the API itself, and no part of it is to be lost.',
        expect: nothingSent,
    },
    {
        id: 'proxy-config',
        where: 'proxy: the config object',
        vendor: 'gets `connectionId` and `providerConfigKey` written into it',
        ours: 'is never changed, and may be frozen',
        reason: 'The next call with the same object would use the first call’s connection.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'webhook-bodies',
        where: '`verifyIncomingWebhookRequest`, `verifyWebhookSignature`',
        vendor: 'take text and a plain object of headers; throw on others',
        ours: 'also take `Buffer`, `Uint8Array`, `Headers`, and a parsed body (written again with sorted keys, one warning); never throw',
        reason: 'Frameworks hand over bodies in all of these forms.',
        provedBy: 'packages/node/test/traps.test.ts',
    },
    {
        id: 'max-response-size',
        where: 'an answer of more than 256 MiB, decompressed, that is not streamed',
        vendor: 'read to its end, or to the end of the memory: 500 bytes may stand for 700 MB',
        ours: '`NangoResponseError`; `maxResponseSize` of the client or the call sets another limit, `Infinity` none',
        reason: 'One answer must not end the process.',
        provedBy: 'packages/core/test/transport-edges.test.ts',
    },
    {
        id: 'upload-streams',
        where: 'proxy: `data` that is a stream',
        vendor: 'its failure before it is read ends the process; it stays open when the call ends without reading it',
        ours: "its failure is the call's; a call that ends without having read it destroys it; a stream of objects is a `NangoInputError`",
        reason: 'A missing file is no reason to die, and a file that stays open is a leak.',
        provedBy: 'packages/core/test/transport-edges.test.ts',
    },
    {
        id: 'types-void',
        where: 'types: `deleteConnection`, `deleteIntegration`, the proxy and the metadata methods',
        vendor: '`Promise<AxiosResponse<…>>`, of `void` where something is deleted',
        ours: '`Promise<NangoResponse<…>>`, without `config` and `request`; deletions have the type of their answer, `{ success: boolean }`',
        reason: 'They are the members that exist.',
        provedBy: 'packages/node/test/types.test.ts',
    },
    {
        id: 'types-sync-status',
        where: 'types: `SyncStatus`',
        vendor: 'all members always there',
        ours: '`finishedAt` and `latestResult` may be absent, `frequency` and `nextScheduledSyncAt` null',
        reason: 'So the server answers, for a sync that has not run.',
        provedBy: 'packages/node/test/types.test.ts',
    },
    {
        id: 'types-dates',
        where: 'types: `expires_at` of the credentials types',
        vendor: '`Date`',
        ours: '`string`',
        reason: 'Times are text on the wire.',
        provedBy: 'packages/node/test/types/comparer/compare-types.ts',
    },
    {
        id: 'types-admin-props',
        where: 'types: `AdminAxiosProps`',
        vendor: '`httpsAgent` is an `https.Agent`; has `interceptors`',
        ours: '`httpsAgent` is any agent; no `interceptors` (use `hooks`)',
        reason: 'The declarations of this package need no types of Node or axios.',
        provedBy: 'packages/node/test/types.test.ts',
    },
];
