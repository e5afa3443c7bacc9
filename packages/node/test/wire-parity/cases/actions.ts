import type { ParityCase } from '../parity-case.js';

const id = '6f1c1c0e-1111-4222-8333-444455556666';
const accepted = { status: 202, headers: { location: `/action/${id}` }, body: { id, statusUrl: `/action/${id}` } };

export const actionCases: readonly ParityCase[] = [
    ...[[], [{ a: 1 }], ['text'], [0], [null], [[1, 2]]].map((input) => ({
        name: `triggerAction(${JSON.stringify(input)})`,
        run: (n: any) => n.triggerAction('github', 'c 1', 'create-issue', ...input),
        answer: { body: { done: true } },
    })),
    ...['null', '5', '"text"', '[]', 'false'].map((body) => ({
        name: `triggerAction → ${body}`,
        run: (n: any) => n.triggerAction('github', 'c1', 'create-issue'),
        answer: { body, headers: { 'content-type': 'application/json' } },
    })),
    { name: 'triggerActionAsync', run: (n) => n.triggerActionAsync('github', 'c1', 'create-issue', { a: 1 }), answer: accepted },
    { name: 'getAsyncActionResult, id', run: (n) => n.getAsyncActionResult({ id }), answer: { body: { done: true } } },
    {
        name: 'getAsyncActionResult, statusUrl',
        run: (n) => n.getAsyncActionResult({ statusUrl: `/action/${id}` }),
        answer: { body: { done: true } },
    },
    {
        name: 'getAsyncActionResult, both',
        run: (n) => n.getAsyncActionResult({ id, statusUrl: `/action/${id}` }),
        answer: { body: 'null', headers: { 'content-type': 'application/json' } },
    },
    { name: 'getAsyncActionResult, nothing', run: (n) => n.getAsyncActionResult({}) },
    {
        name: 'getAsyncActionResult, statusUrl that leaves',
        run: (n) => n.getAsyncActionResult({ statusUrl: '/../integrations' }),
        differs: { 'status-url': true },
    },
];
