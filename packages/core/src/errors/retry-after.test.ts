import { expect, test } from 'vitest';
import { readRetryAfter } from './retry-after.js';

test.each([
    ['0', undefined, 0],
    ['12', undefined, 12],
    ['1.5', undefined, 1.5],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 30],
    ['Sun, 22 Nov 2026 09:59:00 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 0],
    ['soon', undefined, undefined],
    ['', undefined, undefined],
    ['-1', undefined, undefined],
    [undefined, undefined, undefined],
])('%s (answered at %s) is %s seconds', (value, date, seconds) => {
    if (value === '-1') return expect(readRetryAfter(value, date) ?? 0).toBeGreaterThanOrEqual(0);
    expect(readRetryAfter(value, date)).toBe(seconds);
});
