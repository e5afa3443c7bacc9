import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { redacted } from './redacted.js';
import { keptHeaders, loadRedaction, Redactor } from './redactor.js';

const key = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const redactor = new Redactor([key, undefined, 'whsec_1']);

test('before it is loaded, known values and credentials of headers go, and no JSON is shown', () => {
    expect(redactor.text(`a ${key} b Bearer abcdefg1`)).toBe(`a ${redacted} b ${redacted}`);
    expect(redactor.of({ path: '/', headers: {}, source: undefined, secrets: ['sess-1'] }).text('sess-1')).toBe(redacted);
    expect(redactor.json({ a: 1 })).toBe(redacted);
});

test('once it is loaded, the same redactor knows the rest', async () => {
    await loadRedaction();
    expect(redactor.json({ a: 1, password: 'hunter2', text: `x${key}` })).toEqual({ a: 1, password: redacted, text: `x${redacted}` });
});
