import { expect, test, vi } from 'vitest';
import { readRetryAfter } from './retry-after.js';

test.each([
    ['0', undefined, 0],
    ['12', undefined, 12],
    ['1.25', undefined, 1.25],
    [' 12 ', undefined, 12],
    ['12 seconds', undefined, undefined],
    ['about 12', undefined, undefined],
    ['10, 10', undefined, undefined],
    [12, undefined, undefined],
    ['Sun, 22 Nov 2026 10:00:00.400 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 1],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 30],
    ['Sun, 22 Nov 2026 09:59:00 GMT', 'Sun, 22 Nov 2026 10:00:00 GMT', 0],
    ['soon', undefined, undefined],
    ['', undefined, undefined],
    ['-1', undefined, undefined],
    [undefined, undefined, undefined],
])('%s (answered at %s) is %s seconds', (value, date, seconds) => {
    expect(readRetryAfter(value, date)).toBe(seconds);
});

test('a date is measured by our own clock where the answer has none of its own', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 10, 0, 0) });
    try {
        for (const date of [undefined, 'soon', 7]) expect(readRetryAfter('Sun, 22 Nov 2026 10:00:30 GMT', date)).toBe(30);
    } finally {
        vi.useRealTimers();
    }
});
