import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createOriginState, originShape } from '../src/outage/origin-state.js';
import { askStore } from '../src/rate-limit/ask-store.js';
import { gateShape } from '../src/rate-limit/gate-state.js';
import { budgetShape, createRetryBudget } from '../src/retry/retry-budget.js';
import { agentFor, agentsShape } from '../src/transport/node/agents.js';
import { fieldsOf } from './support/fields-of.js';
import { cut, GateBench, limits, useGateClock } from './support/gate-bench.js';

/**
 * What two copies of this package in one process share is found by the name of its shape. Where the fields differ the names must, or
 * the copies read fields that the other does not keep, and calls wait for ever.
 */
const committed = JSON.parse(readFileSync(new URL('./shared-shapes.json', import.meta.url), 'utf8')) as Record<string, string[]>;

const pass = useGateClock();

const shapes: [name: string, what: string, fields: () => Promise<string[]> | string[]][] = [
    [
        gateShape,
        'gates',
        async () => {
            const store = {
                name: 's',
                ask: askStore,
                lease: async () => ({ granted: 0, window: 1, endsIn: 9_000, retryIn: 9_000 }),
            };
            const bench = new GateBench({ store, logger: {} });
            const seen = new Set<string>();
            const see = () => {
                for (const field of fieldsOf(bench.account.gate)) seen.add(field);
            };
            const calls = bench.beginMany(2);
            see();
            await pass(10);
            bench.begin({ waits: false }).answer(200, limits(20, 10, 30));
            see();
            cut(calls);
            await pass(60_000);
            const free = new GateBench();
            free.begin().answer(200);
            for (const field of fieldsOf(free.account.gate)) seen.add(field);
            return [...seen].sort();
        },
    ],
    [originShape, 'servers', () => fieldsOf(createOriginState())],
    [budgetShape, 'retry budgets', () => fieldsOf(createRetryBudget())],
    [
        agentsShape,
        'agents',
        async () => {
            const base = { protocol: 'http:', hostname: 'shapes.example', port: '', path: '', origin: 'http://shapes.example' };
            const agent = (await agentFor(base as never)) as unknown as { keepSocketAlive(socket: object): boolean };
            const socket = { setKeepAlive() {}, unref() {}, setTimeout() {} };
            agent.keepSocketAlive(socket);
            const [note] = Object.getOwnPropertySymbols(socket).filter((name) => Symbol.keyFor(name)?.startsWith('nango.'));
            const noted = {
                [Symbol.keyFor(note as symbol) as string]: (socket as never as Record<symbol, object>)[note as symbol],
            };
            return fieldsOf({ socket: noted });
        },
    ],
];

describe.each(shapes)('%s: %s', (name, _what, fields) => {
    test('have the fields that are committed for this name', async () => {
        const found = await fields();
        const list = committed[name];
        if (!list) throw new Error(`add ${name} to shared-shapes.json:\n${JSON.stringify(found, undefined, 4)}`);
        expect(
            found,
            `The fields of ${name} have changed. Give it the next number where it is defined, and add a list of that name to shared-shapes.json. Never edit a list that was released`,
        ).toEqual(list);
    });
});
