import { expect, test } from 'vitest';
import { createRetryBudget, rewardSuccess, spendRepeat } from './retry-budget.js';

const now = 1_800_000_000_000;
/** Repeats that a budget lets through at one moment. */
function drain(budget = createRetryBudget(), at = now): number {
    for (let through = 0; ; through++) if (!spendRepeat(budget, at) || through > 200) return through;
}

test('a server that fails gets 50 repeats, then one every five seconds', () => {
    const budget = createRetryBudget();
    // One more than the reserve: it finds out whether the server is back.
    expect(drain(budget)).toBe(51);
    expect(spendRepeat(budget, now + 4_999)).toBe(false);
    expect(spendRepeat(budget, now + 5_000)).toBe(true);
    expect(spendRepeat(budget, now + 9_999)).toBe(false);
    expect(drain(budget, now + 10_000)).toBe(1);
});

test('a clock that was set back stops no call for good', () => {
    const budget = createRetryBudget();
    drain(budget);
    expect(spendRepeat(budget, now - 3_600_000)).toBe(true);
    expect(spendRepeat(budget, now - 3_600_000 + 4_999)).toBe(false);
});

test('each success gives one repeat back, that of a repeated call two', () => {
    const budget = createRetryBudget();
    drain(budget);
    for (let i = 0; i < 3; i++) rewardSuccess(budget, false);
    expect(drain(budget)).toBe(3);
    for (let i = 0; i < 3; i++) rewardSuccess(budget, true);
    expect(drain(budget)).toBe(6);
});

test('no success saves up more than the reserve', () => {
    const budget = createRetryBudget();
    for (let i = 0; i < 10; i++) rewardSuccess(budget, true);
    expect(drain(budget)).toBe(51);
    for (let i = 0; i < 49; i++) rewardSuccess(budget, false);
    rewardSuccess(budget, true);
    rewardSuccess(budget, true);
    expect(drain(budget)).toBe(50);
});
