import { callForResponse, type Operation, operation } from '@x/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOfCall } from '../src/retry/classify.js';
import { decisionTable } from '../src/retry/decision-table.js';
import { type Adapter, adapters, plainClient } from './support/adapters.js';
import { allOperations, strayOperations } from './support/all-operations.js';
import { eventually, settle } from './support/eventually.js';
import { fakeClock } from './support/fake-clock.js';
import { type Fault, type FaultServer, faults, startFaultServer } from './support/fault-server.js';

const declared = await allOperations();
/** What the declarations leave open: proxied calls of both kinds, and a read that must not be repeated (`forceRefresh`). */
const variants: Operation[] = [
    operation({ name: 'proxied GET', method: 'GET', path: '/proxy/x', idempotent: false, proxied: true }),
    operation({ name: 'proxied POST', method: 'POST', path: '/proxy/x', idempotent: false, proxied: true }),
    operation({ name: 'forced GET', method: 'GET', path: '/connections/c', idempotent: false }),
];
const operations = [...declared.map((one) => one.operation), ...variants];
const repeats = 2;

let server: FaultServer;
beforeAll(async () => {
    server = await startFaultServer();
});
afterAll(() => server.close());

let cases = 0;
/** What an attempt may take where it waits in vain; by a clock that stands until all wait. */
const limit = 60_000;

/** Makes one call into a fault that lasts for some attempts. */
async function meet(adapter: Adapter, operation: Operation, fault: Fault, times: number, asked = false) {
    const id = `case-${++cases}`;
    server.set(id, fault, times);
    const retry = { limit: repeats, baseDelay: 1 };
    const hooks = { onResponse: () => server.headersRead(id) };
    const client = plainClient(adapter, server.url, { retry, rateLimit: { isolated: true }, hooks });
    const path = Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'p']));
    const outcome = await callForResponse(client, operation, {
        path,
        ...(operation.method !== 'GET' && { body: { a: 1 } }),
        options: { headers: { 'x-case': id }, timeout: limit, ...(asked && { retry }) },
    }).then(
        () => 'resolves',
        () => 'rejects',
    );
    return { outcome, received: server.received(id) };
}

/** Makes calls side by side. Where their fault is silence, time passes as soon as all have met it. */
async function meetAll(adapter: Adapter, met: readonly Operation[], fault: Fault, times: number, asked = false) {
    const clock = fault.kind === 'timeout' ? fakeClock() : undefined;
    const first = cases + 1;
    let done = false;
    const all = Promise.all(met.map((operation) => meet(adapter, operation, fault, times, asked))).finally(() => {
        done = true;
    });
    if (clock) {
        await eventually(() => expect(met.map((_, index) => server.received(`case-${first + index}`))).toEqual(met.map(() => 1)));
        await settle();
        await clock.pass(limit);
        // The waits before repeats.
        for (; !done; await settle()) await clock.pass(1);
    }
    const results = await all;
    clock?.stop();
    return results;
}

function expected(operation: Operation, fault: Fault, times: number, asked = false) {
    const kind = (operation.proxied && fault.proxied) || fault.kind;
    if (kind === 'success') return { outcome: 'resolves', received: 1 };
    const decision = decisionTable[kindOfCall(operation)][kind];
    const repeated = decision === 'repeat' || decision === 'wait' || (decision === 'if asked' && asked);
    if (!repeated) return { outcome: 'rejects', received: 1 };
    return times <= repeats ? { outcome: 'resolves', received: times + 1 } : { outcome: 'rejects', received: repeats + 1 };
}

test('every operation is declared in its package’s operations.ts', () => {
    expect(declared.length).toBeGreaterThan(45);
    expect(strayOperations()).toEqual([]);
    for (const { operation } of declared) expect(operation.idempotent, operation.name).toBeTypeOf('boolean');
});

describe.each(adapters)('over $name', (adapter) => {
    test.each(faults)('$name: requests and outcome of every operation are those of the decision table', async (fault) => {
        const results = await meetAll(adapter, operations, fault, 1);
        const named = (outcomes: typeof results) => operations.map(({ name, method }, index) => [name, method, outcomes[index]]);
        expect(named(results)).toEqual(named(operations.map((operation) => expected(operation, fault, 1))));
    });

    test('a fault that stays: the limit of repeats is kept', async () => {
        const lasting = faults.filter(
            (fault) => fault.kind === 'no answer' || fault.kind === 'unavailable' || fault.kind === 'truncated',
        );
        for (const fault of lasting) {
            const results = await meetAll(adapter, operations, fault, 99);
            expect(results, fault.name).toEqual(operations.map((operation) => expected(operation, fault, 99)));
        }
    });

    test('answered proxied calls are repeated when the call itself asks for it', async () => {
        for (const fault of faults) {
            const results = await meetAll(adapter, variants, fault, 1, true);
            expect(results, fault.name).toEqual(variants.map((operation) => expected(operation, fault, 1, true)));
        }
    });
});
