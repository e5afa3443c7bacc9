// Runs in a project in which @x/connections has a newer copy of @x/core than the rest: `node two-copies.mjs <world>`.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Connections } from '@x/connections';
import * as one from '@x/core';
import { Nango } from '@x/node';

const { url: host, apiKey } = JSON.parse(process.argv[2]);
const other = createRequire(createRequire(import.meta.url).resolve('@x/connections'))('@x/core');
assert.notEqual(other.NangoError, one.NangoError, 'there are no two copies to try');

// Errors of either copy are recognised by both.
const connections = new Connections({ apiKey, host });
const failure = await connections.getConnection('key-api', 'nobody').catch((error) => error);
for (const copy of [one, other]) {
    assert.ok(copy.NangoError.isInstance(failure));
    assert.ok(failure instanceof copy.NangoNotFoundError);
    assert.ok(!(failure instanceof copy.NangoTimeoutError));
}

// A client of one copy is taken by the classes of the other.
const nango = new Nango({ apiKey, host });
assert.equal((await new Connections(nango).getConnection('key-api', 'k1')).connection_id, 'k1');
assert.equal((await nango.getConnection('key-api', 'k1')).connection_id, 'k1');

// One gate for both: what one copy has learned, the other one knows.
const requests = async () => (await (await fetch(`${host}/_emulator/requests`)).json()).requests.length;
const body = JSON.stringify({ type: 'rate-limit', retryAfter: 30, operation: 'listConnections', times: 1 });
await fetch(`${host}/_emulator/faults`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
const failFast = { rateLimit: { maxWait: 0 } };
const told = await connections.listConnections({}, failFast).catch((error) => error);
assert.equal(told.name, 'NangoRateLimitError');
const before = await requests();
const knew = await new Nango({ apiKey, host }).listIntegrations(failFast).catch((error) => error);
assert.equal(knew.name, 'NangoRateLimitError');
assert.equal(await requests(), before, 'the other copy asked the server');
console.log('two copies get on');
