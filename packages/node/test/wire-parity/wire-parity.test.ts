import { Nango as Vendor } from '@nangohq/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Nango, type NangoProps } from '../../src/index.js';
import { type RecordingServer, startRecordingServer } from '../recording-server.js';
import { actionCases } from './cases/actions.js';
import { connectCases } from './cases/connect.js';
import { connectionCases } from './cases/connections.js';
import { failureCases } from './cases/failures.js';
import { integrationCases } from './cases/integrations.js';
import { proxyCases } from './cases/proxy.js';
import { syncCases } from './cases/syncs.js';
import { differences } from './differences.js';
import { type AnyClient, observe, type Seen } from './observe.js';
import type { ParityCase } from './parity-case.js';

/**
 * The same calls with the vendor's client and with this one, against one server: what is sent and what comes back is equal, but for the
 * rows of docs/migration.md.
 */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';

let server: RecordingServer;
beforeAll(async () => {
    server = await startRecordingServer();
});
afterAll(() => server.close());

/** Options that both clients take. */
const clients: Record<string, [object, object?]> = {
    'apiKey alone': [{ apiKey }],
    'secretKey, and a slash at the end of the host': [{ secretKey: apiKey, host: '/' }],
    isSync: [{ apiKey, isSync: true }],
    isScript: [{ apiKey, isScript: true }],
    dryRun: [{ apiKey, dryRun: true }],
    activityLogId: [{ apiKey, activityLogId: 'log-1' }],
    'default connection': [{ apiKey, connectionId: 'default-c', providerConfigKey: 'default-i' }],
    'all flags': [{ apiKey, isSync: true, isScript: true, dryRun: true, activityLogId: 'log-1', webhookSigningKey: 'w' }],
};

const groups: Record<string, readonly ParityCase[]> = {
    integrations: integrationCases,
    connections: connectionCases,
    syncs: syncCases,
    actions: actionCases,
    connect: connectCases,
    proxy: proxyCases,
    failures: failureCases,
};

const used = new Set<string>();

for (const [client, [options, legacy]] of Object.entries(clients)) {
    describe(client, () => {
        for (const [group, cases] of Object.entries(groups)) {
            // What comes back from a failure does not depend on the client's options.
            if (group === 'failures' && client !== 'apiKey alone') continue;
            test(`${group}: ${cases.length} calls`, async () => {
                const { host = '', ...rest } = options as NangoProps;
                const ours = new Nango({ ...rest, host: server.url + host, retry: false, rateLimit: false }, legacy);
                const vendor = new Vendor({ ...rest, host: server.url + host } as never, legacy);
                for (const one of cases) {
                    server.answer(answerOf(one));
                    const expected = expectedOf(one, await observe(server, vendor, one.run));
                    const seen = await observe(server, ours as AnyClient, one.run);
                    expect(seen, `${one.name} (${client})`).toEqual(expected);
                }
            });
        }
    });
}

test('each row that the wire can show is shown by a case, and the others name a test that proves them', () => {
    for (const { id, expect: rule, everywhere, provedBy } of differences) {
        expect(everywhere || used.has(id) || provedBy !== undefined, `${id}: no case shows it`).toBe(true);
        expect(rule === undefined && everywhere === true, `${id}: holds everywhere but says not what`).toBe(false);
    }
    expect(new Set(differences.map(({ id }) => id)).size).toBe(differences.length);
});

test('every method of the vendor’s client is called', () => {
    const methods = Object.getOwnPropertyNames(Vendor.prototype).filter(
        (name) =>
            !['constructor', '_triggerAction', '_verifyWebhookSignatureImpl', 'getConnectionDetails', 'enrichHeaders'].includes(
                name,
            ),
    );
    const called = Object.values(groups)
        .flat()
        .map(({ run }) => String(run))
        .join('\n');
    // Webhook signatures go over no wire; @x/webhooks compares them.
    const local = ['verifyWebhookSignature', 'verifyIncomingWebhookRequest'];
    for (const method of methods) {
        if (!local.includes(method)) expect(called, method).toMatch(new RegExp(`\\.${method}\\(|\\b${method}\\b`));
        expect(typeof (Nango.prototype as AnyClient)[method], method).toBe('function');
    }
});

function answerOf({ answer }: ParityCase) {
    if (typeof answer === 'function') return answer;
    return () => answer ?? { body: { data: {} } };
}

/** What the rows make of what the vendor's client did. A row that a case names must change something. */
function expectedOf(one: ParityCase, vendor: Seen): Seen {
    let expected = vendor;
    for (const difference of differences) {
        if (difference.everywhere) expected = (difference.expect as (seen: Seen) => Seen)(expected);
    }
    for (const [id, means] of Object.entries(one.differs ?? {})) {
        const rule = means === true ? differences.find((difference) => difference.id === id)?.expect : means;
        if (!rule || !differences.some((difference) => difference.id === id))
            throw new Error(`${one.name}: no row ${id} says what to expect`);
        const before = JSON.stringify(expected);
        expected = rule(expected);
        expect(JSON.stringify(expected), `${one.name}: row ${id} changes nothing`).not.toBe(before);
        used.add(id);
    }
    return expected;
}
