import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { excerpt, rowsOf } from './picture.js';
import { type Line, Printer } from './print.js';
import { runTour } from './run-tour.js';
import { startWorld, type World } from './world.js';

let world: World;
let lines: readonly Line[];
let printed = '';

beforeAll(async () => {
    process.noDeprecation = true;
    world = await startWorld();
    lines = await runTour(world, new Printer({ write: (text: string) => (printed += text) }, {}));
});
afterAll(() => world?.close());

/** Call, request, status: what each line says, in the order of the tour. `*` stands for what differs from run to run. */
const expected = `
listProviders() | GET /providers | 200 | 4 providers: github, hubspot, private-api-bearer, …
listProviders({ search }) | GET /providers | 200 | “git” finds github
getProvider({ provider }) | GET /providers/{provider} | 200 | HubSpot, OAUTH2
createIntegration({ … hubspot }) | POST /integrations | 200 | hubspot, made of hubspot
createIntegration({ … github }) | POST /integrations | 200 | github, made of github
createIntegration(provider, id) | POST /integrations | 200 | billing (older form, still works)
listIntegrations() | GET /integrations | 200 | 3 integrations: github, hubspot, billing
getIntegration({ uniqueKey }) | GET /integrations/{uniqueKey} | 200 | HubSpot, since *
getIntegration(id) | GET /integrations/{uniqueKey} | 200 | hubspot (older form, still works)
updateIntegration({ uniqueKey }, …) | PATCH /integrations/{uniqueKey} | 200 | now called “HubSpot CRM”
updateIntegration(provider, id) | GET /integrations/{uniqueKey} ×2 | 200 | billing (older form, still works)
deleteIntegration(id) | DELETE /integrations/{uniqueKey} | 200 | success: true
getEnvironmentVariables() | GET /environment-variables | 200 | 2 variables: CRM_REGION, FEATURE_FLAGS
getScriptsConfig() | GET /scripts/config | 200 | 2 integrations: hubspot (1), github (1)
createConnectSession({ end_user }) | POST /connect/sessions | 201 | a link for the browser, good until * UTC
waitForConnection(id, userId) | GET /connections | 200 | connected, tags.end_user_id is “ada”
createReconnectSession({ … }) | GET /connections ×2 | 200→201 | a link for new credentials, until * UTC
listConnections() | GET /connections | 200 | 3 connections: hubspot of grace, github of ada, hubspot of ada
listConnections({ userId }) | GET /connections | 200 | 1 connection: hubspot of ada
getConnection(id, connectionId) | GET /connections/{connectionId} | 200 | OAUTH2, config { region: eu }
getConnection(…, forceRefresh) | GET /connections/{connectionId} | 200 | new token, until * UTC
getToken(id, connectionId) | GET /connections/{connectionId} | 200 | *… (* characters)
getRawTokenResponse(…) | GET /connections/{connectionId} | 200 | the provider's answer: access_token, *
setMetadata(id, connectionId, …) | POST /connections/metadata | 201 | { team: blue, tier: free }
updateMetadata(id, connectionId, …) | PATCH /connections/metadata | 200 | changes { tier: gold }
getMetadata<T>(id, connectionId) | GET /connections/{connectionId} | 200 | { team: blue, tier: gold }
setMetadata(id, [two ids], …) | POST /connections/metadata | 201 | 2 connections
updateMetadata(id, [two ids], …) | PATCH /connections/metadata | 200 | 2 connections
syncStatus(id, '*', …) | GET /sync/status | 200 | contacts: SUCCESS, runs every hour
syncStatus(id, [names], …) | GET /sync/status | 200 | 8 contacts
triggerSync(id, [names], …) | POST /sync/trigger | 200 | done
createSyncVariant({ … }) | POST /sync/{name}/variant/{variant} | 200 | contacts::vip
triggerSync(id, [variants], …) | POST /sync/trigger | 200 | done
pauseSync(id, [names], …) | POST /sync/pause | 200 | done
pauseSync(id, [variants], …) | POST /sync/pause | 200 | done
syncStatus(id, [variants], …) | GET /sync/status | 200 | base: PAUSED, vip: PAUSED
startSync(id, [names], …) | POST /sync/start | 200 | done
startSync(id, [variants], …) | POST /sync/start | 200 | done
updateSyncConnectionFrequency(…) | PUT /sync/update-connection-frequency | 200 | “every half hour” is 30m
updateSyncConnectionFrequency(variant) | PUT /sync/update-connection-frequency | 200 | the variant: 1d
updateSyncConnectionFrequency(null) | PUT /sync/update-connection-frequency | 200 | null: back to “every hour”
deleteSyncVariant({ … }) | DELETE /sync/{name}/variant/{variant} | 200 | success: true
listRecords({ …, limit: 3 }) | GET /records/ | 200 | 3 contacts: Grace Hopper, Alan Turing, Katherine Johnson
listRecords({ …, cursor }) | GET /records/ | 200 | the other 5
iterateRecords({ …, pageSize: 3 }) | GET /records/ ×3 | 200 | 8 contacts in 3 pages, one loop, no cursor
triggerAction(…, 'create-issue', …) | POST /action/trigger | 200 | issue #1, github.com/analytical/engine/issues/1
triggerActionAsync(…) | POST /action/trigger | 202 | queued, /action/*…
waitForActionResult(queued) | GET /action/{id}* | *200 | issue #2
getAsyncActionResult({ id }) | GET /action/{id} | 200 | issue #2, asked again
get({ endpoint, params }) | GET /proxy/crm/v3/objects/contacts | 200 | 3 contacts: Hopper, Turing, Johnson
post({ endpoint, data }) | POST /proxy/crm/v3/objects/contacts | 200 | contact 109: Hedy Lamarr
patch({ endpoint, data }) | PATCH /proxy/crm/…/contacts/109 | 200 | now Hedy Kiesler
put({ endpoint }) | PUT /proxy/crm/…/contacts/109/… | 200 | linked to a company: COMPLETE
delete({ endpoint }) | DELETE /proxy/crm/…/contacts/109 | 204 | gone, answered with nothing
post({ endpoint, data: FormData }) | POST /proxy/files/v3/files | 200 | note-g.txt arrived, 54 bytes
createWebhookHandler({ … }) | POST /webhooks/nango | 200 | verified, confirmed, answered with 200
verifyIncomingWebhookRequest(…) | (checked in process) |  | true
verifyWebhookSignature(…) | (checked in process) |  | true (older form, still works)
verifyIncomingWebhookRequest(forged) | (checked in process) |  | false: one changed letter is enough
parseWebhook(body, headers, …) | (checked in process) |  | a typed event: auth creation
listIntegrations(), limit used up | GET /integrations ×2 | 429→200 | waited * s, then 2 integrations
6 calls at once, limit of 4 | GET /integrations ×6 | 200 | held back until the window turned: no 429
listConnections(), server down twice | GET /connections ×3 | 503→200 | 2 connections at the third try
getConnection(), connection broken | GET /connections/{connectionId} ×2 | lost→200 | OAUTH2, at the second try
triggerAction(…, { timeout: 200 }) | POST /action/trigger | timeout | NangoTimeoutError after 200 ms, not sent twice
getConnection(unknown) | GET /connections/{connectionId} | 404 | NangoNotFoundError, code “not_found”
deleteConnection(id, '../…/github') | DELETE /connections/{connectionId} | 400 | an id like any other: no such connection
getToken(), access revoked | GET /connections/{connectionId} | 400 | isReconnectRequired(error): true
deleteConnection(id, connectionId) | DELETE /connections/{connectionId} | 200 | success: true
`
    .trim()
    .split('\n')
    .map((line) => line.split(' | '));

describe('the tour', () => {
    test('goes through every call, and none fails', () => {
        expect(lines.filter(({ ok }) => !ok)).toEqual([]);
        expect(lines.map(({ call }) => call)).toEqual(expected.map(([call]) => call));
    });

    test.each(expected)('%s: %s', (call, ...parts) => {
        const { request, status, result, ms } = lines.find((line) => line.call === call) as Line;
        expect([request, status, result]).toEqual(parts.map((part) => expect.stringMatching(pattern(part))));
        expect(ms).toBeGreaterThanOrEqual(0);
    });

    test('prints a line for each call, its columns under each other', () => {
        const rows = printed.split('\n').filter((row) => row.startsWith('  ✓ '));
        expect(rows).toHaveLength(lines.length);
        expect(new Set(rows.map((row) => row.indexOf(' ms  ')))).toHaveProperty('size', 1);
        expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(170);
    });

    test('prints what the picture in the README shows (`pnpm demo --picture` makes a new one)', () => {
        const rows = rowsOf(readFileSync(new URL('../../../../docs/pictures/demo.svg', import.meta.url), 'utf8'));
        const shown = excerpt(printed).filter((row) => row !== '');
        // Title and sum are printed around the tour.
        const pictured = rows.slice(2, -1).map((row, at) => {
            // A terminal is narrower than what is printed into a file: long rows are cut.
            const whole = withoutNumbers(shown[at] ?? '');
            const start = withoutNumbers(row.replace(/…$/, ''));
            return whole.startsWith(start) ? whole : start;
        });
        expect(pictured).toEqual(shown.map(withoutNumbers));
        expect(rows.at(-1)).toMatch(/^\d+ calls, 0 failed/);
        expect(rows.at(-1)).toContain(`${lines.length} calls`);
    });

    test('prints neither a key nor a token', async () => {
        const { access_token: token } = (await world.nango.getRawTokenResponse('hubspot', await hubspot())) as Record<
            string,
            string
        >;
        for (const secret of [world.emulator.apiKey, world.emulator.webhookSigningKey, token])
            expect(printed).not.toContain(secret);
    });
});

/** Methods that the documentation page of the vendor's client shows. */
test.each(
    `listProviders getProvider listIntegrations getIntegration createIntegration updateIntegration deleteIntegration listConnections
    getConnection getMetadata setMetadata updateMetadata deleteConnection getScriptsConfig listRecords triggerSync startSync pauseSync
    syncStatus updateSyncConnectionFrequency createSyncVariant deleteSyncVariant getEnvironmentVariables triggerAction get post put
    patch delete createConnectSession createReconnectSession verifyWebhookSignature`.split(/\s+/),
)('%s is on the tour', (method) => {
    expect(lines.some(({ call }) => call.startsWith(`${method}(`) || call.startsWith(`${method}<`))).toBe(true);
});

async function hubspot(): Promise<string> {
    const { connections } = await world.nango.listConnections({ integrationId: 'hubspot' });
    return connections[0]?.connection_id as string;
}

/** Times, dates and token letters differ from run to run. */
function withoutNumbers(row: string): string {
    return row
        .replaceAll('\u00a0', ' ')
        .replace(/\d+|emulat…|…$/g, '#')
        .replace(/ +/g, ' ')
        .slice(0, 120);
}

function pattern(part: string): RegExp {
    return new RegExp(`^${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*')}$`);
}
