import { expect, test } from 'vitest';
import { decisionTable, type FailureKind } from './decision-table.js';

const kinds = Object.keys(decisionTable.read) as FailureKind[];
const repeatedAfter = (call: keyof typeof decisionTable) => kinds.filter((kind) => decisionTable[call][kind] !== 'fail');

test('a write is sent again only when it surely was not processed, a proxied one also when its caller asks for it', () => {
    expect(repeatedAfter('write')).toEqual(['not sent', 'rate limit']);
    const unasked = repeatedAfter('proxied write').filter((kind) => decisionTable['proxied write'][kind] !== 'if asked');
    expect(unasked).toEqual(['not sent', 'rate limit']);
});

test('an answered proxied call is sent again only when asked, or by the rate limit of Nango', () => {
    const answered: FailureKind[] = ['truncated', 'unavailable', 'uncoded 500', 'provider rate limit', 'other'];
    for (const kind of answered) {
        expect(['if asked', 'fail']).toContain(decisionTable['proxied read'][kind]);
        expect(['if asked', 'fail']).toContain(decisionTable['proxied write'][kind]);
    }
    expect(decisionTable['proxied read']['no answer']).toBe('repeat');
});

test('a 500 is repeated for reads alone', () => {
    expect(decisionTable.read['uncoded 500']).toBe('repeat');
    expect(decisionTable['repeatable write']['uncoded 500']).toBe('fail');
});

test("every kind of call waits for Nango's rate limit, and none repeats what fails for good", () => {
    for (const row of Object.values(decisionTable)) {
        expect(row['rate limit']).toBe('wait');
        expect(row['not sent']).toBe('repeat');
        expect(row.other).toBe('fail');
    }
});
